/** Runs made of other runs, bundles dropped on the room, a filter typed through an input method, lines over settings. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { LaunchedApp } from '../../scripts/tour/launch-app.ts'
import type { RunRow } from '../../src/shared'
import { askCommandLine, trainByCommandLine } from './support/command-line'
import { expect, test } from './support/lab-test'
import { goTo, openFolds, writeText } from './support/rooms'

/** By one kernel: which one is the fastest may differ between two runs of a busy machine. */
const SMALL = ['--batch', '4', '--sequence', '12', '--steps', '30', '--validate-every', '10', '--kernel', 'scalar']

let folder = ''
let data = ''
test.beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'engram-more-'))
  data = join(folder, 'data')
})
test.afterEach(() => rm(folder, { recursive: true, force: true }))

async function train(name: string, hidden = 8, cell = 'vanilla'): Promise<string> {
  const text = await writeText(folder, 'refrain.txt', 60)
  const options = [...SMALL, '--name', name, '--hidden', String(hidden), '--cell', cell]
  return (await trainByCommandLine(data, text, options)).run
}
const rowsOf = ({ page }: LaunchedApp) => page.getByRole('grid', { name: 'All runs' }).locator('tr[data-run]')

async function newest({ page }: LaunchedApp): Promise<RunRow> {
  const answer = await page.evaluate(() => window.lab.runs.list({}))
  if (!answer.ok) throw new Error(answer.error.message)
  return answer.value[0]
}
async function choose({ page }: LaunchedApp, deed: string): Promise<void> {
  await page.getByRole('button', { name: 'More' }).click()
  await page.getByRole('menuitem', { name: deed }).click()
}

test('a run is changed and run again, and another goes on for more steps', async ({ openShared }) => {
  const first = await train('first')
  const lab = await openShared(data)
  data = lab.dataDirectory
  const { page } = lab
  await goTo(lab, 'Runs')
  await rowsOf(lab).first().click()
  await choose(lab, 'Change and run again…')
  await openFolds(lab)
  await page.getByLabel('Hidden units', { exact: true }).fill('12')
  await page.getByRole('main').getByRole('button', { name: 'Train', exact: true }).click()
  const forked = { parent: first, hidden: 12, verdict: null, status: 'finished' }
  await expect.poll(() => newest(lab)).toMatchObject({ ...forked, steps: 30 })

  await goTo(lab, 'Runs')
  await rowsOf(lab).filter({ hasText: '12 ×' }).first().click()
  await choose(lab, 'Train further…')
  await page.getByRole('spinbutton', { name: 'Until step' }).fill('50')
  await page.getByRole('dialog').getByRole('button', { name: 'Train further' }).click()
  await expect.poll(() => newest(lab)).toMatchObject({ ...forked, steps: 50 })
})

test('a repetition that ended while the app was closed shows its verdict', async ({ openShared }) => {
  const first = await train('first')
  await askCommandLine(data, ['runs', 'repeat', first, '--name', 'again'])
  const lab = await openShared(data)
  data = lab.dataDirectory
  await goTo(lab, 'Runs')
  const setting = lab.page.getByRole('region', { name: 'Setting' })
  await rowsOf(lab).filter({ hasText: 'again' }).click()
  await expect(setting).toContainText(first)
  await expect(setting).toContainText('exactly: same digest')
  await rowsOf(lab).filter({ hasText: 'first' }).click()
  await expect(setting).not.toContainText('exactly: same digest')
})

test('a note that is being written outlasts what others write, and another run, and the window', async ({ open }) => {
  const [first, second] = [await train('first'), await train('second')]
  const noteOf = async (run: string): Promise<string> =>
    (await askCommandLine<{ note: string }>(data, ['runs', 'show', run])).note
  const lab = await open({ dataDirectory: data })
  const { page } = lab
  await goTo(lab, 'Runs')
  const note = page.getByRole('textbox', { name: 'Note' })
  await rowsOf(lab).filter({ hasText: 'first' }).click()
  await page.getByRole('button', { name: 'Write the note' }).click()
  await note.fill('half a thought')
  await train('meanwhile')
  await expect(rowsOf(lab)).toHaveCount(3)
  await expect(note).toHaveValue('half a thought')

  await rowsOf(lab).filter({ hasText: 'second' }).click()
  await expect(note).toHaveCount(0)
  await expect.poll(() => noteOf(first)).toBe('half a thought')
  await page.getByRole('button', { name: 'Write the note' }).click()
  await note.fill('the other half')
  await lab.close()
  expect(await noteOf(second)).toBe('the other half')
})

test('a bundle that is dropped is brought in', async ({ openShared }) => {
  const run = await train('carried')
  const bundle = join(folder, 'carried.engram')
  await askCommandLine(data, ['runs', 'export', run, '--out', bundle])
  data = join(folder, 'elsewhere')
  await train('other')
  const lab = await openShared(data)
  data = lab.dataDirectory
  const { page } = lab
  await goTo(lab, 'Runs')
  await expect(rowsOf(lab)).toHaveCount(1)
  await page.evaluate(() => {
    const input = document.createElement('input')
    input.type = 'file'
    input.id = 'dropped'
    document.body.append(input)
  })
  await page.locator('#dropped').setInputFiles(bundle)
  await page.getByRole('main').evaluate((target) => {
    const input = document.querySelector<HTMLInputElement>('#dropped')
    const dataTransfer = new DataTransfer()
    for (const file of input?.files ?? []) dataTransfer.items.add(file)
    const begin = { dataTransfer, bubbles: true, cancelable: true }
    // Nobody may drop where dragging over isn't taken.
    if (!target.dispatchEvent(new DragEvent('dragover', begin))) target.dispatchEvent(new DragEvent('drop', begin))
    input?.remove()
  })
  await expect(page.getByRole('status').filter({ hasText: 'Runs brought in: 1' })).toBeVisible()
  await expect(rowsOf(lab)).toHaveCount(2)
})

test('a filter is composed syllable by syllable, and Enter ends the syllable alone', async ({ openShared }) => {
  const tagged = await train('밤')
  await askCommandLine(data, ['runs', 'tag', tagged, '한글'])
  await train('other')
  const lab = await openShared(data)
  data = lab.dataDirectory
  const { page } = lab
  await goTo(lab, 'Runs')
  await expect(rowsOf(lab)).toHaveCount(2)
  const filter = page.getByRole('combobox', { name: 'Filter' })
  await filter.focus()
  await page.keyboard.type('tag:')
  const input = await page.context().newCDPSession(page)
  for (const syllable of ['ㅎ', '하', '한']) {
    await input.send('Input.imeSetComposition', { text: syllable, selectionStart: 1, selectionEnd: 1 })
    await expect(filter).toHaveValue(`tag:${syllable}`)
  }
  // Both keys are the input method's while a syllable is composed: neither walks through what is offered nor takes it.
  await page.keyboard.press('ArrowDown')
  const offered = page.getByRole('listbox', { name: 'What can follow' }).getByRole('option')
  await expect(offered).toHaveText(/한글/)
  await expect(offered).toHaveAttribute('aria-selected', 'false')
  const during = { key: 'Enter', code: 'Enter', isComposing: true, bubbles: true, cancelable: true }
  const isTaken = await filter.evaluate(
    (field, event) => !field.dispatchEvent(new KeyboardEvent('keydown', event)),
    during,
  )
  expect(isTaken).toBe(false)
  await expect(filter).toHaveValue('tag:한')
  await input.send('Input.insertText', { text: '한글' })
  await expect(filter).toHaveValue('tag:한글')
  await page.keyboard.press('Enter')
  await expect(filter).toHaveValue('tag:한글')
  await expect(rowsOf(lab)).toHaveCount(1)
  await expect(rowsOf(lab)).toContainText('밤')
})

test('runs are selected by brushes over their settings, and read the same text side by side', async ({
  openShared,
}) => {
  await train('small')
  await train('large', 16)
  await train('gated', 8, 'gru')
  await train('window', 16, 'window')
  const lab = await openShared(data)
  data = lab.dataDirectory
  const { page } = lab
  await goTo(lab, 'Runs')
  await page.getByRole('button', { name: 'Show as lines over settings' }).click()
  await expect(
    page.getByRole('img', { name: /^4 runs, a line each, over cell, hidden, best validation loss$/ }),
  ).toBeVisible()
  const low = page.getByRole('slider', { name: 'hidden: lower end' })
  await low.focus()
  await expect(low).toHaveAttribute('aria-valuetext', '8')
  await page.keyboard.press('ArrowUp')
  await expect(page.getByText('2 runs pass through all brushes')).toBeVisible()
  await expect(page.getByText('2 selected')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByText('2 selected')).toHaveCount(0)
  const cells = await page.getByRole('group', { name: 'cell', exact: true }).boundingBox()
  if (!cells) throw new Error('there is no axis')
  await page.mouse.move(cells.x + cells.width / 2, cells.y + cells.height - 2)
  await page.mouse.down()
  await page.mouse.move(cells.x + cells.width / 2, cells.y + cells.height * 0.3, { steps: 4 })
  await page.mouse.up()
  await expect(page.getByText('3 selected')).toBeVisible()

  await page.getByRole('button', { name: 'Compare', exact: true }).click()
  const states = page.getByRole('region', { name: 'Hidden states of the same text' })
  await expect(states.getByRole('img', { name: /^Hidden states of \d (small|large|gated), top layer/ })).toHaveCount(3)
  const gradients = page.getByRole('region', { name: 'How far back the last prediction reaches' })
  await expect(gradients.getByRole('img', { name: /gated.*large.*small/ })).toBeVisible()
  await states.getByRole('textbox', { name: 'Text that all of them read' }).fill('the 바다')
  await expect(states.getByText('Not in its alphabet: "바" "다"')).toHaveCount(3)
  await states.getByRole('button', { name: 'Back to the runs’ own text' }).click()
  await expect(states.getByRole('img', { name: /^Hidden states of/ })).toHaveCount(3)
})
