/** A set of one's own from its making to its deletion and back; the weights behind a recall, read off their map. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { LaunchedApp } from '../../scripts/tour/launch-app.ts'
import { expect, test } from './support/lab-test'
import { goTo } from './support/rooms'

const TITLE = '“내 모음” 100 % 🧠'

async function chooseOfSets({ page }: LaunchedApp, deed: string): Promise<void> {
  await page.getByRole('button', { name: 'What to do with pattern sets' }).click()
  await page.getByRole('menuitem', { name: deed }).click()
}

async function makeSet(lab: LaunchedApp, title: string, width: number, height: number): Promise<void> {
  const { page } = lab
  await chooseOfSets(lab, 'New set…')
  await page.getByLabel('Name of the set').fill(title)
  await page.getByLabel('Width', { exact: true }).fill(String(width))
  await page.getByLabel('Height', { exact: true }).fill(String(height))
  await page.getByRole('button', { name: 'Create' }).click()
  await expect(page.getByRole('dialog')).toHaveCount(0)
}

/** Draws one cell of the first row more by the keyboard, and stores what is drawn. */
async function storeCell({ page }: LaunchedApp, column: number, name: string): Promise<void> {
  await page.getByRole('grid').first().focus()
  await page.keyboard.press('Control+Home')
  for (let step = 0; step < column; step++) await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Space')
  await page.getByPlaceholder('Name').fill(name)
  await page.getByRole('button', { name: 'Store', exact: true }).click()
}

const names = ({ page }: LaunchedApp) =>
  page.getByRole('list', { name: 'Stored patterns' }).getByRole('button', { name: /^Use / })

const keptNames = ({ page }: LaunchedApp, title: string) =>
  page.evaluate(async (wanted) => {
    const sets = await window.lab.patterns.sets({})
    const found = sets.ok ? sets.value.find((set) => set.title.en === wanted) : undefined
    const opened = found ? await window.lab.patterns.open({ id: found.id }) : null
    return opened?.ok ? opened.value.patterns.map((pattern) => pattern.name) : null
  }, title)

test('a set of 20 × 12 is made, filled, ordered by keys and by dragging, found again, deleted and put back', async ({
  open,
}) => {
  const dataDirectory = await mkdtemp(join(tmpdir(), 'engram-sets-'))
  try {
    const lab = await open({ dataDirectory })
    const { page } = lab
    await goTo(lab, 'Recall')
    await makeSet(lab, TITLE, 20, 12)
    await expect(page.getByText('20 × 12 · 240 neurons')).toBeVisible()
    await expect(page.getByText('Nothing is here yet')).toBeVisible()
    await storeCell(lab, 0, 'first')
    await storeCell(lab, 3, 'second')
    await storeCell(lab, 5, 'third')
    await expect(names(lab)).toHaveCount(3)

    await names(lab).nth(2).focus()
    await page.keyboard.press('Alt+ArrowUp')
    await page.keyboard.press('Alt+ArrowUp')
    await expect(names(lab).nth(0)).toHaveAccessibleName('Use third as the cue')
    await expect(names(lab).nth(0)).toBeFocused()
    await page.keyboard.press('F2')
    await page.getByLabel('New name').fill('한글 "x" 😀')
    await page.keyboard.press('Enter')
    await names(lab)
      .nth(2)
      .dragTo(names(lab).nth(1), { targetPosition: { x: 10, y: 4 } })
    const ordered = ['한글 "x" 😀', 'second', 'first']
    await expect.poll(() => keptNames(lab, TITLE)).toEqual(ordered)
    await lab.app.close()

    const again = await open({ dataDirectory })
    await goTo(again, 'Recall')
    await expect(names(again)).toHaveCount(3)
    await expect(names(again).nth(0)).toHaveAccessibleName(`Use ${ordered[0]} as the cue`)
    await chooseOfSets(again, 'Delete')
    await expect(again.page.getByText(`The set “${TITLE}” was deleted.`)).toBeVisible()
    await expect.poll(() => keptNames(again, TITLE)).toBeNull()
    await again.page.getByRole('button', { name: 'Undo', exact: true }).last().click()
    await expect(again.page.getByText('20 × 12 · 240 neurons')).toBeVisible()
    await expect(names(again)).toHaveCount(3)
    expect(await keptNames(again, TITLE)).toEqual(ordered)
  } finally {
    await rm(dataDirectory, { recursive: true, force: true })
  }
})

test('the Memory view shows W of a small set, a neuron’s weights and the overlaps, and is found again', async ({
  open,
}) => {
  const dataDirectory = await mkdtemp(join(tmpdir(), 'engram-memory-'))
  try {
    const lab = await open({ dataDirectory })
    const { page } = lab
    await goTo(lab, 'Recall')
    await makeSet(lab, 'small', 3, 3)
    await storeCell(lab, 0, 'one')
    await storeCell(lab, 1, 'two')
    await page.getByRole('radio', { name: 'Recall', exact: true }).focus()
    await page.keyboard.press('ArrowRight')
    await expect(page.getByRole('radio', { name: 'Memory' })).toBeFocused()
    await page.keyboard.press('Space')
    const map = page.getByRole('img', { name: /^Weights W: 9 × 9/ })
    await map.focus()
    await page.keyboard.press('ArrowRight')
    // (+1 · −1 + +1 · +1)/9: the second neuron is off in one pattern and on in the other, the first on in both.
    const readout = page.getByRole('region', { name: 'Weights W' }).getByRole('status')
    await expect(readout).toContainText('w = 0.000')
    await page.keyboard.press('ArrowRight')
    // (+1 · −1 + +1 · −1)/9
    await expect(readout).toContainText('w = −0.222')
    await expect(readout).toContainText('row 1, column 1 and row 1, column 3')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('heading', { name: 'Neuron in row 1, column 2' })).toBeVisible()
    await expect(page.getByRole('button', { name: 'one and two: overlap 0.78' })).toBeVisible()
    await page.getByRole('combobox', { name: 'Rule' }).selectOption('dense')
    await expect(page.getByText('The dense rule has no weight matrix')).toBeVisible()
    await expect(page.getByRole('radiogroup', { name: 'Bias' }).getByRole('radio', { name: 'None' })).toBeDisabled()
    await expect
      .poll(() => page.evaluate(() => window.lab.drafts.read({ key: 'recall' })))
      .toMatchObject({ value: expect.stringContaining('"rule":"dense"') })
    await lab.app.close()

    const again = await open({ dataDirectory })
    await goTo(again, 'Recall')
    await expect(again.page.getByRole('radio', { name: 'Memory' })).toBeChecked()
    await expect(again.page.getByText('The dense rule has no weight matrix')).toBeVisible()
  } finally {
    await rm(dataDirectory, { recursive: true, force: true })
  }
})
