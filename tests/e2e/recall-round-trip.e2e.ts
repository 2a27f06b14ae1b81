/**
 * The whole way in the window, by the mouse and by the keyboard alone: draw, store, spoil, recall, scrub, undo, export; and
 * the command line gives the same verdict, energy and sweeps for the files that were exported.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { LaunchedApp } from '../../scripts/tour/launch-app.ts'
import { askCommandLine } from './support/command-line'
import { expect, test } from './support/lab-test'
import { answerSaveDialog, goTo } from './support/rooms'

interface RecallDocument {
  readonly cue: readonly number[]
  readonly energy: readonly number[]
  readonly sweeps: number
  readonly converged: boolean
  readonly match: { readonly kind: string; readonly pattern: string | null; readonly overlap: number }
}

const primary = ({ page }: LaunchedApp, name: string) =>
  page.getByRole('main').getByRole('button', { name, exact: true })
const verdict = ({ page }: LaunchedApp) =>
  page.getByRole('status').filter({ hasText: 'fed back to the input until the two were equal' })
const place = ({ page }: LaunchedApp) => page.getByRole('slider', { name: 'Place in the recall' })

/** Figures with real minus signs and grouped digits, as numbers. */
const figure = (text: string | null | undefined): number => Number(text?.replace('−', '-').replaceAll(',', ''))

async function shown(lab: LaunchedApp): Promise<{ overlap: number; energy: number; sweeps: number }> {
  const overlap = /[Oo]verlap (−?[\d.]+)/.exec((await verdict(lab).textContent()) ?? '')?.[1]
  const label = await lab.page.getByRole('img', { name: /^Energy/ }).getAttribute('aria-label')
  const sweeps = /sweep ([\d,]+)/.exec((await place(lab).getAttribute('aria-valuetext')) ?? '')?.[1]
  return {
    overlap: figure(overlap),
    energy: figure(/Energy (−?[\d.,]+) at/.exec(label ?? '')?.[1]),
    sweeps: figure(sweeps),
  }
}

/** What the command line says of the exported files, beside what the room shows: it rounds to two digits. */
async function compareWithCommandLine(
  lab: LaunchedApp,
  patterns: string,
  cue: string,
  options: readonly string[] = [],
): Promise<RecallDocument> {
  const words = ['recall', '--patterns', patterns, '--cue', cue, ...options]
  const found = await askCommandLine<RecallDocument>(lab.dataDirectory, words)
  const room = await shown(lab)
  expect(room.overlap).toBeCloseTo(found.match.overlap, 2)
  expect(room.energy).toBeCloseTo(found.energy.at(-1) ?? NaN, 2)
  expect(room.sweeps).toBe(found.sweeps)
  expect(found.converged).toBe(true)
  const kind = { stored: 'Closest to', inverse: 'The inverse of', mixture: 'A mixture of', spurious: 'None of the' }
  await expect(verdict(lab)).toContainText(kind[found.match.kind as keyof typeof kind])
  if (found.match.pattern !== null) await expect(verdict(lab)).toContainText(`“${found.match.pattern}”`)
  return found
}

async function withFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'engram-round-trip-'))
  try {
    await work(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

test('by the mouse: what the window recalls, the command line recalls from the exported files', async ({
  openShared,
}) => {
  await withFolder(async (folder) => {
    const lab = await openShared()
    const { page } = lab
    await goTo(lab, 'Recall')
    const more = page.getByRole('toolbar', { name: 'Drawing tools' }).getByRole('button', { name: 'More' })
    await more.click()
    await page.getByRole('menuitem', { name: 'Clear' }).click()
    const box = await page.getByRole('grid').boundingBox()
    if (!box) throw new Error('no grid')
    const at = (column: number, row: number) =>
      [box.x + ((column + 0.5) * box.width) / 16, box.y + ((row + 0.5) * box.height) / 16] as const
    for (const row of [2, 6, 10]) {
      await page.mouse.move(...at(1, row))
      await page.mouse.down()
      await page.mouse.move(...at(14, row), { steps: 6 })
      await page.mouse.up()
    }
    await page.getByPlaceholder('Name').fill('bars')
    await page.getByRole('button', { name: 'Store', exact: true }).click()
    await expect(page.getByRole('list', { name: 'Stored patterns' })).toContainText('bars')
    await page.getByLabel('Rule', { exact: true }).selectOption('pseudo-inverse')
    await primary(lab, 'Flip').click()
    const spoilt = page.getByText('20 % differs from “bars”')
    await expect(spoilt).toBeVisible()

    await primary(lab, 'Recall').click()
    await primary(lab, 'To the end').click()
    await expect(verdict(lab)).toBeVisible()
    const patterns = join(folder, 'patterns.txt')
    const cue = join(folder, 'cue.txt')
    for (const [item, file] of [
      ['Stored patterns as text…', patterns],
      ['Cue as text…', cue],
    ]) {
      await answerSaveDialog(lab, file)
      await page.getByRole('button', { name: 'Export' }).click()
      await page.getByRole('menuitem', { name: item }).click()
      await expect(page.getByText(file.split('/').at(-1) ?? '').first()).toBeVisible()
    }
    const found = await compareWithCommandLine(lab, patterns, cue, ['--rule', 'pseudo-inverse'])
    expect(found.match).toMatchObject({ kind: 'stored', pattern: 'bars' })
    expect((await readFile(patterns, 'utf8')).match(/^# /gm)).toHaveLength(4)
    expect(found.cue.filter((value) => value === 1)).not.toHaveLength(3 * 14)

    await place(lab).focus()
    await page.keyboard.press('Home')
    await expect(verdict(lab)).toHaveCount(0)
    await page.keyboard.press('End')
    await expect(verdict(lab)).toBeVisible()
    await primary(lab, 'Why?').click()
    await expect(page.getByRole('dialog', { name: 'Why this verdict' })).toContainText('Overlap m with the stored')
    await page.keyboard.press('Escape')
    await primary(lab, 'Keep as a run').click()
    await page.getByRole('button', { name: 'See it in Runs' }).click()
    await expect(page.getByRole('main')).toContainText('recall pseudo-inverse')

    await goTo(lab, 'Recall')
    await page.getByRole('toolbar', { name: 'Drawing tools' }).getByRole('button', { name: 'Undo' }).click()
    await expect(page.getByText('equals “bars”')).toBeVisible()
  })
})

test('by the keyboard alone', async ({ openShared }) => {
  await withFolder(async (folder) => {
    const lab = await openShared()
    const { page } = lab
    await goTo(lab, 'Recall')
    const press = async (...keys: readonly string[]): Promise<void> => {
      for (const key of keys) await page.keyboard.press(key)
    }
    /** Focus that Tab gave, on a control of this name. */
    const use = async (name: string, key = 'Enter'): Promise<void> => {
      await primary(lab, name).focus()
      await press(key)
    }
    await page.getByRole('grid').focus()
    await press('Control+Home', 'Space', ...new Array<string>(9).fill('Shift+ArrowRight'))
    await press(...new Array<string>(9).fill('Shift+ArrowDown'))
    await page.getByPlaceholder('Name').focus()
    await page.keyboard.type('corner')
    await press('Enter')
    await expect(page.getByRole('list', { name: 'Stored patterns' })).toContainText('corner')
    await use('Blank the left half')
    await expect(page.getByText(/differs from “corner”/)).toBeVisible()

    await use('One sweep on')
    await expect(place(lab)).toHaveAttribute('aria-valuenow', '256')
    await place(lab).focus()
    await press('ArrowLeft', 'ArrowLeft')
    await expect(place(lab)).toHaveAttribute('aria-valuenow', '254')
    await use('One neuron on')
    await expect(place(lab)).toHaveAttribute('aria-valuenow', '255')
    await use('To the end')
    await expect(verdict(lab)).toBeVisible()
    const patterns = join(folder, 'patterns.json')
    const cue = join(folder, 'cue.json')
    for (const [item, file] of [
      ['Stored patterns as JSON…', patterns],
      ['Cue as numbers (JSON)…', cue],
    ]) {
      await answerSaveDialog(lab, file)
      await page.getByRole('button', { name: 'Export' }).focus()
      await press('Enter')
      await page.getByRole('menuitem', { name: item }).focus()
      await press('Enter')
      await expect(page.getByText(file.split('/').at(-1) ?? '').first()).toBeVisible()
    }
    await compareWithCommandLine(lab, patterns, cue)

    await page.getByRole('grid').focus()
    await press('Control+z')
    await expect(page.getByText('equals “corner”')).toBeVisible()
    await expect(verdict(lab)).toHaveCount(0)
  })
})
