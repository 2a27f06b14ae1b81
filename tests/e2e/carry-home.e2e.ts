/** The data as a whole: a backup put in their place from the menu, and another folder for them from the settings. */
import { existsSync } from 'node:fs'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { LaunchedApp } from '../../scripts/tour/launch-app.ts'
import { askCommandLine, trainByCommandLine } from './support/command-line'
import { expect, test } from './support/lab-test'
import { answerDialogs, goTo, writeText } from './support/rooms'

let folder = ''
test.beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'engram-home-'))
})
test.afterEach(() => rm(folder, { recursive: true, force: true }))

const SMALL = ['--hidden', '8', '--batch', '4', '--sequence', '12', '--steps', '30']
const namesOf = ({ page }: LaunchedApp) => page.getByRole('grid', { name: 'All runs' }).locator('tr[data-run] td.name')

async function chooseInMenu({ app }: LaunchedApp, label: string): Promise<void> {
  await app.evaluate(({ Menu }, wanted) => {
    const items = (Menu.getApplicationMenu()?.items ?? []).flatMap((item) => item.submenu?.items ?? [])
    items.find((item) => item.label === wanted)?.click()
  }, label)
}

test('a backup is restored from the menu, and what was there stays beside it', async ({ open }) => {
  const data = join(folder, 'data')
  const text = await writeText(folder, 'refrain.txt', 60)
  await trainByCommandLine(data, text, [...SMALL, '--name', 'before'])
  const file = join(folder, 'lab.zip')
  await askCommandLine(data, ['backup', file])
  await trainByCommandLine(data, text, [...SMALL, '--name', 'after'])
  const lab = await open({ dataDirectory: data })
  const { page } = lab
  await goTo(lab, 'Runs')
  await expect(namesOf(lab)).toHaveText(['after', 'before'])

  const broken = join(folder, 'broken.zip')
  await writeFile(broken, 'no backup')
  await answerDialogs(lab, [broken])
  await chooseInMenu(lab, 'Restore a backup…')
  await expect(page.getByRole('alert')).toContainText('broken.zip: this is not a bundle or a backup')
  await page.getByRole('button', { name: 'Dismiss' }).click()

  await answerDialogs(lab, [file])
  await chooseInMenu(lab, 'Restore a backup…')
  const dialog = page.getByRole('dialog', { name: 'Restore this backup?' })
  await expect(dialog).toContainText('lab.zip')
  await expect(dialog).toContainText('Runs in it1')
  await expect(dialog).toContainText('Runs here now2')
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await expect(dialog).toHaveCount(0)
  await expect(namesOf(lab)).toHaveText(['after', 'before'])

  await chooseInMenu(lab, 'Restore a backup…')
  await dialog.getByRole('button', { name: 'Restore' }).click()
  await expect(page.getByRole('status').filter({ hasText: 'The backup is restored: 1 run' })).toBeVisible()
  await goTo(lab, 'Runs')
  await expect(namesOf(lab)).toHaveText(['before'])
  const [kept] = (await readdir(data)).filter((name) => name.startsWith('replaced-'))
  await expect(page.getByRole('status').filter({ hasText: kept })).toBeVisible()
  const old = await askCommandLine<readonly { readonly name: string }[]>(join(data, kept), ['runs', 'list'])
  expect(old.map(({ name }) => name).sort()).toEqual(['after', 'before'])

  await goTo(lab, 'Settings')
  await page.getByRole('button', { name: 'Set aside: Free…' }).click()
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Free / })
    .click()
  await expect(page.getByRole('button', { name: 'Set aside: Free…' })).toBeDisabled()
  // The button is disabled while it is done already.
  await expect.poll(async () => (await readdir(data)).filter((name) => name.startsWith('replaced-'))).toEqual([])
})

test('the data move to another folder, where app and command line find them', async ({ open }) => {
  const usual = join(folder, 'Engram Lab')
  const target = join(folder, 'disk')
  const environment = { XDG_CONFIG_HOME: folder, ENGRAM_DATA_DIR: '' }
  const text = await writeText(folder, 'refrain.txt', 60)
  await trainByCommandLine(usual, text, [...SMALL, '--name', 'carried'])
  const lab = await open({ dataDirectory: null, environment })
  const { page, app } = lab
  await goTo(lab, 'Settings')
  const card = page.getByRole('region', { name: 'Your data' })
  await expect(card).toContainText(usual)
  await answerDialogs(lab, [join(usual, 'models')])
  await card.getByRole('button', { name: 'Move…' }).click()
  await expect(page.getByRole('alert')).toContainText('one inside the other')
  await page.getByRole('button', { name: 'Dismiss' }).click()

  await answerDialogs(lab, [target])
  await card.getByRole('button', { name: 'Move…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Move the data?' })
  await expect(dialog).toContainText(target)
  // The test opens the app again itself.
  await app.evaluate(({ app: electron }) => {
    electron.relaunch = () => undefined
  })
  const closed = app.waitForEvent('close')
  await dialog.getByRole('button', { name: 'Move', exact: true }).click()
  await closed

  expect(existsSync(join(usual, 'lab.sqlite'))).toBe(true)
  const again = await open({ dataDirectory: null, environment })
  const moved = again.page.getByRole('region', { name: 'Your data' })
  await expect(moved.locator('.folder').first()).toHaveText(target)
  await goTo(again, 'Runs')
  await expect(namesOf(again)).toHaveText(['carried'])
  await goTo(again, 'Settings')
  await expect(moved).toContainText('The data lay here before')
  await moved.getByRole('button', { name: 'Remove what is left…' }).click()
  await again.page.getByRole('dialog').getByRole('button', { name: 'Remove the old copy' }).click()
  await expect(moved).not.toContainText('The data lay here before')
  expect(await readdir(usual)).toEqual(['data-directory.json'])
})
