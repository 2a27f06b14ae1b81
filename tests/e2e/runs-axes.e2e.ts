/** Which settings stand as axes of parallel coordinates: chosen and put in order without a mouse, and kept. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { trainByCommandLine } from './support/command-line'
import { expect, test } from './support/lab-test'
import { goTo, tabTo, writeText } from './support/rooms'

let folder = ''
test.beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'engram-axes-'))
})
test.afterEach(() => rm(folder, { recursive: true, force: true }))

test('axes are chosen and ordered by keyboard, in the list and in a comparison, and stay so', async ({
  openShared,
}) => {
  const data = join(folder, 'data')
  const text = await writeText(folder, 'refrain.txt', 60)
  // By one kernel: which one is the fastest may differ between two runs of a busy machine.
  const small = ['--batch', '4', '--sequence', '12', '--steps', '30', '--validate-every', '10', '--kernel', 'scalar']
  await trainByCommandLine(data, text, [...small, '--hidden', '8', '--name', 'one'])
  await trainByCommandLine(data, text, [
    ...small,
    ...['--hidden', '8', '--name', 'two', '--seed', '2', '--cell', 'gru', '--clip', '1'],
  ])
  const lab = await openShared(data)
  const { page } = lab
  const linesOver = (axes: string) =>
    page.getByRole('img', { name: `2 runs, a line each, over ${axes}, best validation loss`, exact: true })
  await goTo(lab, 'Runs')
  await page.getByRole('button', { name: 'Show as lines over settings' }).click()
  await expect(linesOver('cell, clip, seed')).toBeVisible()

  const choice = page.getByRole('button', { name: /^Axes: / })
  const dialog = page.getByRole('dialog', { name: 'Axes' })
  await tabTo(lab, choice)
  await page.keyboard.press('Enter')
  await tabTo(lab, dialog.getByRole('checkbox', { name: 'clip' }))
  await page.keyboard.press('Space')
  // What was pressed keeps the focus among those that are left out, where it now is.
  await expect(dialog.getByRole('checkbox', { name: 'clip' })).toBeFocused()
  await expect(dialog.getByRole('checkbox', { name: 'clip' })).not.toBeChecked()
  await tabTo(lab, dialog.getByRole('button', { name: 'seed: earlier' }))
  await page.keyboard.press('Enter')
  await expect(dialog.getByRole('button', { name: 'seed: later' })).toBeFocused()
  await tabTo(lab, dialog.getByRole('button', { name: 'Done' }))
  await page.keyboard.press('Enter')
  await expect(choice).toHaveText('Axes: 2 of 3')
  await expect(choice).toBeFocused()
  await expect(linesOver('seed, cell')).toBeVisible()

  await page.getByRole('button', { name: 'Show as lines over settings' }).click()
  await page.getByRole('checkbox', { name: 'Select all' }).check()
  await page.getByRole('button', { name: 'Compare', exact: true }).click()
  const card = page.getByRole('region', { name: 'Settings against loss' })
  await expect(card.getByRole('img', { name: /over cell, .*seed.*, best validation loss$/ })).toBeVisible()
  await card.getByRole('button', { name: /^Axes: / }).click()
  await dialog.getByRole('checkbox', { name: 'cell' }).uncheck()
  await dialog.getByRole('button', { name: 'Done' }).click()
  await expect(card.getByRole('img', { name: /over cell/ })).toHaveCount(0)
  const settings = await page.evaluate(() => window.lab.settings.read({}))
  expect(settings.ok && settings.value.runsView?.axes).toEqual(['seed', 'cell'])
  expect(settings.ok && settings.value.comparedAxes).not.toContain('cell')

  await page.getByRole('button', { name: 'All runs' }).click()
  await page.getByRole('button', { name: 'Show as lines over settings' }).click()
  await expect(linesOver('seed, cell')).toBeVisible()
  await choice.click()
  await dialog.getByRole('button', { name: 'As they come' }).click()
  await page.keyboard.press('Escape')
  await expect(linesOver('cell, clip, seed')).toBeVisible()
})
