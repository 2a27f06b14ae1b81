/** No accessibility faults in any view of any room, with what people have in them: runs, a network and its text. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { LaunchedApp } from '../../scripts/tour/launch-app.ts'
import { trainByCommandLine } from './support/command-line'
import { expect, test } from './support/lab-test'
import { expectNoFaults } from './support/no-faults'
import { writeText } from './support/rooms'

let folder = ''
test.beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'engram-accessible-'))
  const text = await writeText(folder, 'refrain.txt', 60)
  const small = ['--hidden', '8', '--batch', '4', '--sequence', '12', '--steps', '30', '--validate-every', '10']
  for (const cell of ['lstm', 'window', 'gru']) {
    await trainByCommandLine(join(folder, 'data'), text, [...small, '--cell', cell, '--name', cell])
  }
})
test.afterAll(() => rm(folder, { recursive: true, force: true }))

/** Opens one after the other what the room's first choice offers. */
async function expectNoFaultsInViews(lab: LaunchedApp, room: string, count: number): Promise<void> {
  const views = lab.page.getByRole('radiogroup', { name: /^(View|보기)$/ }).getByRole('radio')
  await expect(views).toHaveCount(count)
  for (let at = 0; at < count; at++) {
    await views.nth(at).click()
    await expect(views.nth(at)).toBeChecked()
    await expectNoFaults(lab, `${room}, view ${at + 1}`)
  }
}

for (const theme of ['light', 'dark'] as const) {
  for (const language of ['en', 'ko'] as const) {
    test(`no accessibility faults in ${theme}, ${language}`, async ({ openShared }) => {
      const lab = await openShared(join(folder, 'data'))
      const { page } = lab
      const show = async (room: 'recall' | 'train' | 'inspect' | 'runs' | 'settings'): Promise<void> => {
        await page.evaluate((patch) => window.lab.settings.change(patch), { theme, language, room })
        await expect(page.locator('html')).toHaveAttribute('data-theme', theme)
        await expect(page.locator(`nav [aria-current="page"]`)).toHaveCount(1)
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
      }
      await show('recall')
      await expectNoFaultsInViews(lab, 'recall', 3)
      await show('train')
      await expectNoFaults(lab, 'train')
      await show('inspect')
      await page.getByRole('combobox').first().selectOption({ label: 'lstm' })
      await expectNoFaultsInViews(lab, 'inspect', 6)
      await show('runs')
      const runs = page.locator('tr[data-run]')
      await expect(runs).toHaveCount(3)
      await expectNoFaults(lab, 'runs')
      await runs.first().focus()
      await page.keyboard.press('Control+a')
      await page.getByRole('button', { name: language === 'en' ? 'Compare' : '비교', exact: true }).click()
      await expect(page.getByRole('table')).not.toHaveCount(0)
      await expectNoFaults(lab, 'compare')
      await show('settings')
      await expectNoFaults(lab, 'settings')
    })
  }
}
