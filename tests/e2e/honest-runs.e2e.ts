/** What the window says of runs is so: after a quit, after a deletion, of models that came as files, of runs that overfit. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { LaunchedApp } from '../../scripts/tour/launch-app.ts'
import { trainByCommandLine } from './support/command-line'
import { dropFiles } from './support/drop-files'
import { expect, test } from './support/lab-test'
import { expectNoFaults } from './support/no-faults'
import { answerDialogs, goTo, startTraining, writeText } from './support/rooms'

const SMALL = ['--batch', '4', '--sequence', '12', '--hidden', '8', '--kernel', 'scalar']

let folder = ''
let data = ''
test.beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'engram-truth-'))
  data = join(folder, 'data')
})
test.afterEach(() => rm(folder, { recursive: true, force: true }))

const rowsOf = ({ page }: LaunchedApp) => page.getByRole('grid', { name: 'All runs' }).locator('tr[data-run]')
const statusLine = ({ page }: LaunchedApp) => page.getByRole('contentinfo', { name: 'Status' })
const statusOf = (lab: LaunchedApp) =>
  lab.page.evaluate(async () => {
    const listed = await window.lab.runs.list({})
    return listed.ok ? listed.value[0].status : null
  })

test('a run that was running when the app was closed is paused, and is resumed by one click', async ({ open }) => {
  const lab = await open({ dataDirectory: data })
  await startTraining(lab, await writeText(folder), { 'Hidden units': '8', Epochs: '50000' })
  await expect.poll(() => statusOf(lab)).toBe('running')
  await lab.app.close()

  const again = await open({ dataDirectory: data })
  const { page } = again
  await expect(statusLine(again)).toContainText(/1 run is waiting: .*refrain\.txt, step [\d,]+ of [\d,]+/)
  await goTo(again, 'Runs')
  await expect(rowsOf(again).first()).toContainText('paused')
  await expect(page.getByText('in another process')).toHaveCount(0)
  await expect(page.getByRole('main').getByRole('button', { name: 'Resume', exact: true })).toBeVisible()
  await page.getByRole('button', { name: 'More' }).click()
  await expect(page.getByRole('menuitem').first()).toHaveText('Resume')
  await page.keyboard.press('Escape')
  await expectNoFaults(again, 'a run that waits')
  await statusLine(again)
    .getByRole('button', { name: /^Resume / })
    .click()
  await expect.poll(() => statusOf(again)).toBe('running')
  await expect(page).toHaveURL(/#\/train/)
  await page.getByRole('button', { name: 'Stop' }).click()
  await expect.poll(() => statusOf(again)).toBe('stopped')
  await expect(statusLine(again)).toContainText('Nothing is running')
})

test('Ctrl+Z after Delete brings the run back, and not what was typed in the filter', async ({ open }) => {
  const text = await writeText(folder, 'refrain.txt', 60)
  for (const name of ['one', 'two']) {
    await trainByCommandLine(data, text, [...SMALL, '--steps', '20', '--name', name])
  }
  const lab = await open({ dataDirectory: data })
  const { page } = lab
  await goTo(lab, 'Runs')
  const filter = page.getByRole('combobox', { name: 'Filter' })
  await filter.click()
  await page.keyboard.type('name:on')
  await expect(rowsOf(lab)).toHaveCount(1)
  await page.keyboard.type('e')
  await page.keyboard.press('Escape')
  await rowsOf(lab).first().click()
  await page.keyboard.press('Delete')
  await expect(rowsOf(lab)).toHaveCount(0)
  await page.keyboard.press('Control+z')
  await expect(rowsOf(lab)).toHaveCount(1)
  await expect(filter).toHaveValue('name:one')
  await expect(filter).not.toBeFocused()

  // In a field that was typed in, its typing is taken back, and no run.
  await rowsOf(lab).first().click()
  await page.keyboard.press('Delete')
  await expect(rowsOf(lab)).toHaveCount(0)
  await filter.click()
  await page.keyboard.press('End')
  await page.keyboard.type('x')
  await page.keyboard.press('Control+z')
  await expect(filter).not.toHaveValue('name:onex')
  await expect(rowsOf(lab)).toHaveCount(0)
})

test('a model, a pattern file and a text are taken from Runs, each by its own room', async ({ open }) => {
  const text = await writeText(folder, 'refrain.txt', 60)
  const { model } = await trainByCommandLine(data, text, [...SMALL, '--steps', '20', '--name', 'trained'])
  const carried = join(folder, 'carried.safetensors')
  await writeFile(carried, await readFile(model))
  const patterns = join(folder, 'letters.txt')
  await writeFile(patterns, '# A\n.#.\n###\n#.#\n\n# B\n##.\n###\n##.\n')
  const lab = await open({ dataDirectory: data })
  const { page } = lab
  await goTo(lab, 'Runs')
  await answerDialogs(lab, [carried])
  await page.getByRole('button', { name: 'Import' }).click()
  await expect(page.getByText('carried.safetensors · from a file')).toBeVisible()
  await expect(page).toHaveURL(/#\/inspect/)

  // It has no curve: Train does not open on it, and its beginning is drawn nowhere.
  await page.getByRole('radio', { name: 'Gradient' }).click()
  await expect(page.getByText('carried.safetensors, as it is now').first()).toBeVisible()
  await expect(page.getByText(/carried\.safetensors, as initialised/)).toHaveCount(0)
  await goTo(lab, 'Train')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Train')
  await expect(page.getByText('The curve begins with the first steps.')).toHaveCount(0)

  await goTo(lab, 'Runs')
  await dropFiles(lab, 'main', [text])
  await expect(page.getByRole('button', { name: 'Remove refrain.txt' })).toBeVisible()
  await dropFiles(lab, 'main', [patterns])
  await expect(page).toHaveURL(/#\/recall/)
  await expect(page.getByRole('dialog')).toContainText('letters.txt')
})

test('a run that overfits says so, marks its best step, and is inspected at its best', async ({ open }) => {
  // Random letters teach nothing that helps on others: only by heart.
  let state = 7
  const letters = Array.from({ length: 3000 }, () => 'abcdefgh'[(state = (state * 1103515245 + 12345) % 2 ** 31) >> 28])
  const noise = join(folder, 'noise.txt')
  await writeFile(noise, letters.join(''))
  const options = ['--batch', '8', '--sequence', '24', '--hidden', '96', '--steps', '700', '--validate-every', '50']
  const { run, steps } = await trainByCommandLine(data, noise, [...options, '--learning-rate', '0.005'])
  const lab = await open({ dataDirectory: data })
  const { page } = lab
  const row = await page.evaluate(async (of) => {
    const shown = await window.lab.runs.show({ run: of })
    return shown.ok ? shown.value : null
  }, run)
  const best = row?.bestStep ?? 0
  expect(best).toBeGreaterThan(0)
  expect(best).toBeLessThan(steps)
  await page.evaluate((of) => window.lab.settings.change({ run: of }), run)
  await goTo(lab, 'Train')
  await expect(page.getByText(`Overfitting since step ${best}`)).toBeVisible()
  await expect(page.getByText('never better than a uniform guess').or(page.getByText('At its best'))).toBeVisible()
  await expect(page.getByRole('button', { name: 'Train further…' })).toBeVisible()
  await expectNoFaults(lab, 'a run that overfits')
  await page.getByRole('main').getByRole('button', { name: 'Inspect' }).click()
  await expect(page.getByText(`best parameters, step ${best}`)).toBeVisible()
  const checkpoint = page.getByRole('combobox', { name: 'Checkpoint' })
  await expect(checkpoint.locator('option:checked')).toContainText(`Best: step ${best}`)
  await checkpoint.selectOption('newest')
  await expect(page.getByText(`last parameters, step ${steps}`)).toBeVisible()
})
