/** The shell: rooms, themes, languages, and what is remembered when it is opened again. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { resizeWindow } from '../../scripts/tour/launch-app.ts'
import { expect, test } from './support/lab-test'
import { goTo } from './support/rooms'
import type { RoomName } from './support/rooms'

const ROOMS: readonly RoomName[] = ['Train', 'Inspect', 'Runs', 'Settings', 'Recall']

test('every room opens from the rail, and the title and the focus follow', async ({ openShared }) => {
  const lab = await openShared()
  for (const room of ROOMS) {
    await goTo(lab, room)
    await expect(lab.page.getByRole('heading', { level: 1 })).toBeFocused()
    await expect(lab.page).toHaveTitle(`${room} · Engram Lab`)
  }
})

test('language, theme, room and size are found again', async ({ open }) => {
  const dataDirectory = await mkdtemp(join(tmpdir(), 'engram-lab-'))
  try {
    const first = await open({ dataDirectory })
    await first.page.evaluate(() => window.lab.settings.change({ language: 'ko', theme: 'dark', room: 'settings' }))
    await expect(first.page.getByRole('heading', { level: 1 })).toHaveText('설정')
    await expect(first.page.locator('html')).toHaveAttribute('data-theme', 'dark')
    await resizeWindow(first.app, { width: 1100, height: 720 })
    await first.app.close()

    const second = await open({ dataDirectory, size: null })
    await expect(second.page.getByRole('heading', { level: 1 })).toHaveText('설정')
    await expect(second.page.locator('html')).toHaveAttribute('data-theme', 'dark')
    const menu = await second.app.evaluate(({ Menu }) => Menu.getApplicationMenu()?.items.map(({ label }) => label))
    expect(menu).toContain('파일')
    const width = await second.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0].getContentSize()[0])
    expect(width).toBe(1100)
  } finally {
    await rm(dataDirectory, { recursive: true, force: true })
  }
})

test('a second start brings the first window forward and ends', async ({ open }) => {
  const lab = await open()
  const words = [
    process.cwd(),
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    `--data-dir=${lab.dataDirectory}`,
  ]
  const second = spawn(process.env.ENGRAM_ELECTRON ?? '', words, { stdio: 'ignore' })
  const [ended] = await once(second, 'exit')
  expect(ended).toBe(0)
  expect(await lab.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)).toBe(1)
})
