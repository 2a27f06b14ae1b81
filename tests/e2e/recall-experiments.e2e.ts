/**
 * The experiments in the window: their numbers are the command line's; what is stopped stays; what was made is opened and
 * done once more from the list of runs.
 */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import type { LaunchedApp } from '../../scripts/tour/launch-app.ts'
import type { ExperimentRequest, KeptExperiment, RunRow } from '../../src/shared'
import { askCommandLine } from './support/command-line'
import { expect, test } from './support/lab-test'
import { goTo } from './support/rooms'

type Kept<Kind extends ExperimentRequest['kind']> = KeptExperiment & {
  readonly settings: Extract<ExperimentRequest, { kind: Kind }>
}

async function openExperiment(lab: LaunchedApp, title: string): Promise<void> {
  const { page } = lab
  await goTo(lab, 'Recall')
  const view = page.getByRole('radio', { name: 'Experiments' })
  await view.click()
  await expect(view).toBeChecked()
  await page.getByRole('group', { name: 'Experiments' }).getByRole('button', { name: title }).click()
}

const fill = async ({ page }: LaunchedApp, fields: Readonly<Record<string, string>>): Promise<void> => {
  for (const [label, value] of Object.entries(fields)) await page.getByLabel(label, { exact: true }).fill(value)
}
const startButton = ({ page }: LaunchedApp) =>
  page.getByRole('main').getByRole('button', { name: 'Start', exact: true })
const outcome = ({ page }: LaunchedApp) => page.getByRole('region', { name: 'Experiment', exact: true })

const runsOf = ({ page }: LaunchedApp, kind: string): Promise<readonly RunRow[]> =>
  page.evaluate(async (wanted) => {
    const answer = await window.lab.runs.list({})
    return answer.ok ? answer.value.filter((row) => row.kind === wanted) : []
  }, kind)

const shown = async <Kind extends ExperimentRequest['kind']>(lab: LaunchedApp, kind: Kind): Promise<Kept<Kind>> => {
  const [row] = await runsOf(lab, kind)
  const answer = await lab.page.evaluate((run) => window.lab.experiments.show({ run }), row.run)
  if (!answer.ok) throw new Error(answer.error.message)
  return answer.value as Kept<Kind>
}

/** Saves the table that is shown, and answers its rows, the header first. */
async function savedTable({ page, app }: LaunchedApp, folder: string): Promise<readonly (readonly string[])[]> {
  const filePath = join(folder, 'table.csv')
  await app.evaluate(({ dialog }, path) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath: path })
  }, filePath)
  await page.getByRole('main').getByRole('button', { name: 'Save as table (CSV)' }).first().click()
  await expect(page.getByText('Saved as table.csv').last()).toBeVisible()
  await page.getByRole('button', { name: 'Dismiss' }).last().click()
  const text = await readFile(filePath, 'utf8')
  return text
    .replace('\ufeff', '')
    .trim()
    .split('\r\n')
    .map((line) => line.split(','))
}

test.describe('the numbers are the command line’s', () => {
  let folder = ''
  test.beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'engram-experiments-'))
  })
  test.afterEach(() => rm(folder, { recursive: true, force: true }))

  /** The patterns that the window sent, as a file. */
  async function patternFile(set: unknown): Promise<string> {
    const file = join(folder, 'patterns.json')
    await writeFile(file, JSON.stringify(set))
    return file
  }
  const terminal = <Document>(words: readonly string[]): Promise<Document> =>
    askCommandLine<Document>(join(folder, 'terminal'), [...words, '--no-save'])

  test('of capacity, by two rules', async ({ openShared }) => {
    const lab = await openShared()
    const { page } = lab
    await openExperiment(lab, 'Capacity')
    await page.getByRole('button', { name: 'Pseudo-inverse' }).click()
    const fields = {
      'Neurons N': '100',
      'Loads α = P/N': '0.1, 0.5',
      'Networks a load': '3',
      'Cues a network': '7',
      Seed: '5',
    }
    await fill(lab, fields)
    await page.getByRole('slider', { name: 'Cue: cells flipped' }).focus()
    for (let step = 0; step < 10; step++) await page.keyboard.press('ArrowRight')
    await startButton(lab).click()
    await expect(outcome(lab)).toContainText('12 trials, seed 5.')
    const table = await savedTable(lab, folder)
    for (const rule of ['hebbian', 'pseudo-inverse']) {
      const sizes = ['--neurons', '100', '--loads', '0.1,0.5', '--trials', '3', '--cues', '7', '--seed', '5']
      const { points } = await terminal<{ points: Record<string, number>[] }>([
        'capacity',
        ...sizes,
        '--rule',
        rule,
        '--corrupt',
        '0.1',
      ])
      const rows = table.slice(1).filter((row) => row[1] === rule)
      expect(rows.map((row) => row.slice(5).map(Number))).toEqual(
        points.map(({ load, patterns, overlap, deviation, stable, recalled }) => [
          load,
          patterns,
          overlap,
          deviation,
          stable,
          recalled,
        ]),
      )
    }
    const chart = page.getByRole('img', { name: /^Shares against load/ })
    await expect(chart).toHaveAccessibleName(/Pseudo-inverse: 1\.00 fixed/)
  })

  test('of a basin', async ({ openShared }) => {
    const lab = await openShared()
    await openExperiment(lab, 'Basin of attraction')
    await fill(lab, { 'Shares flipped': '0.1, 0.4, 0.45', 'Cues a share': '40' })
    await startButton(lab).click()
    await expect(outcome(lab)).toContainText('120 trials, seed 1.A, N, V · Hebbian')
    const { settings } = await shown(lab, 'basin')
    const words = ['basin', '--patterns', await patternFile(settings.set), '--flips', '0.1,0.4,0.45', '--trials', '40']
    const { points } = await terminal<{ points: Record<string, number>[] }>(words)
    const table = await savedTable(lab, folder)
    expect(table.slice(1).map((row) => row.map(Number))).toEqual(
      points.map(({ flipped, recalled, low, high }) => [flipped, recalled, low, high]),
    )
    const last = `45 %: ${Math.round(points[2].recalled * 100)} %`
    await expect(lab.page.getByRole('img', { name: /^Recall probability/ })).toHaveAccessibleName(new RegExp(last))
  })

  test('of a landscape, read off by the arrow keys', async ({ openShared }) => {
    const lab = await openShared()
    const { page } = lab
    await openExperiment(lab, 'Energy landscape')
    await fill(lab, { 'Points a side': '9' })
    await startButton(lab).click()
    await expect(outcome(lab)).toContainText('10 trials, seed 1.')
    const { settings } = await shown(lab, 'landscape')
    if (!('rows' in settings.cue)) throw new Error('the cue is that of the table')
    const cue = join(folder, 'cue.txt')
    await writeFile(cue, settings.cue.rows.join('\n'))
    const patterns = await patternFile(settings.set)
    const found = await terminal<{ energy: number[][]; bipolar: number[][]; path: { energy: number }[] }>([
      'landscape',
      '--patterns',
      patterns,
      '--plane',
      'A,N,V',
      '--resolution',
      '9',
      '--cue',
      cue,
    ])
    const table = await savedTable(lab, folder)
    const column = (what: string, at: number) => table.filter((row) => row[0] === what).map((row) => Number(row[at]))
    expect(column('grid', 5)).toEqual(found.energy.flat())
    expect(column('grid', 6)).toEqual(found.bipolar.flat())
    expect(column('path', 5)).toEqual(found.path.map(({ energy }) => energy))
    const map = page.getByRole('img', { name: /^Energy on the plane through A, N, V/ })
    await map.focus()
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('ArrowRight')
    const height = found.energy[5][5].toFixed(1).replace('-', '−')
    await expect(page.getByText(`x 0.31, y 0.31: E = ${height}`)).toBeVisible()
  })

  test('of the spurious states, one of which becomes the cue', async ({ openShared }) => {
    const lab = await openShared()
    const { page } = lab
    await openExperiment(lab, 'Spurious states')
    await fill(lab, { 'Random starts': '60' })
    await startButton(lab).click()
    await expect(outcome(lab)).toContainText('60 trials, seed 1.')
    const { settings } = await shown(lab, 'attractors')
    const words = ['attractors', '--patterns', await patternFile(settings.set), '--starts', '60']
    const { attractors } = await terminal<{ attractors: { share: number; kind: string; state: number[] }[] }>(words)
    const kept = await shown(lab, 'attractors')
    if (kept.result?.kind !== 'attractors') throw new Error('no attractors')
    const cells = (rows: readonly string[] | null) =>
      Array.from(rows?.join('') ?? '', (cell) => (cell === '#' ? 1 : -1))
    expect(
      kept.result.summary.attractors.map(({ share, kind, rows }) => ({ share, kind, state: cells(rows) })),
    ).toEqual(attractors.map(({ share, kind, state }) => ({ share, kind, state })))
    const ends = page.getByRole('button', { name: /^Use as the cue: / })
    await expect(ends).toHaveCount(attractors.length)
    await page
      .getByRole('button', { name: /^Use as the cue: .* mixture/ })
      .first()
      .click()
    await page.getByRole('radio', { name: 'Recall', exact: true }).click()
    await page.getByRole('region', { name: 'Recall, step by step' }).getByRole('button', { name: 'Recall' }).click()
    await page.getByRole('slider', { name: 'Place in the recall' }).focus()
    await page.keyboard.press('End')
    await expect(page.getByText(/^A mixture of /)).toBeVisible()
  })
})

test('a stopped experiment keeps what it found, is opened from its run, and done once more', async ({ open }) => {
  const dataDirectory = await mkdtemp(join(tmpdir(), 'engram-stopped-'))
  try {
    const lab = await open({ dataDirectory })
    const { page } = lab
    await openExperiment(lab, 'Capacity')
    await fill(lab, {
      'Neurons N': '200',
      'Loads α = P/N': '0.05, 0.3',
      'Networks a load': '50000',
      'Cues a network': '1',
    })
    await startButton(lab).click()
    await expect(outcome(lab).getByRole('progressbar')).toBeVisible()
    const status = page.getByRole('contentinfo', { name: 'Status' })
    await expect(status).toContainText('Experiment · capacity hebbian · 200')
    await expect(page.getByRole('img', { name: /^Overlap against load\. Hebbian/ })).toBeVisible()
    await page.getByRole('button', { name: 'Stop', exact: true }).click()
    await expect(outcome(lab)).toContainText(/^StartStopped: what is shown is of [\d,]+ of 100,000 trials\.$/)
    await expect(status).toContainText('Nothing is running')
    const [row] = await runsOf(lab, 'capacity')
    expect(row).toMatchObject({ status: 'stopped', totalSteps: 100_000 })
    expect(row.steps).toBeGreaterThan(0)

    await fill(lab, { 'Neurons N': '100', 'Networks a load': '2', Seed: '9' })
    await startButton(lab).click()
    await expect(outcome(lab)).toContainText('4 trials, seed 9.')
    await lab.app.close()

    const again = await open({ dataDirectory })
    await goTo(again, 'Recall')
    await expect(outcome(again)).toContainText('4 trials, seed 9.')
    await goTo(again, 'Runs')
    await again.page.getByRole('row', { name: /stopped/ }).click()
    await again.page.getByRole('button', { name: 'Open in Recall' }).click()
    await expect(outcome(again)).toContainText(/Stopped: what is shown is of [\d,]+ of 100,000 trials\./)
    await expect(again.page.getByLabel('Neurons N', { exact: true })).toHaveValue('200')
    await goTo(again, 'Runs')
    await again.page.getByRole('row', { name: /capacity hebbian · 100 .*finished/ }).click()
    await again.page.getByRole('button', { name: 'Repeat', exact: true }).click()
    await expect(outcome(again)).toContainText('4 trials, seed 9.')
    // The run it came from is shown first, with the same words.
    const allFinished = async () => (await runsOf(again, 'capacity')).filter(({ status }) => status === 'finished')
    await expect.poll(async () => (await allFinished()).length).toBe(2)
    const finished = await allFinished()
    const results = await again.page.evaluate(
      (runs) => Promise.all(runs.map((run) => window.lab.experiments.show({ run }))),
      finished.map(({ run }) => run),
    )
    const [first, second] = results.map((answer) => (answer.ok ? answer.value : null))
    expect(second?.settings).toEqual(first?.settings)
    expect(second?.result).toEqual(first?.result)
  } finally {
    await rm(dataDirectory, { recursive: true, force: true })
  }
})

test('three rules recall the same cue on one clock, stepped through with reduced motion', async ({ openShared }) => {
  const lab = await openShared()
  const { page } = lab
  await page.evaluate(() => window.lab.settings.change({ motion: 'reduced' }))
  await openExperiment(lab, 'Rules side by side')
  await page.getByRole('combobox', { name: 'Grid 3' }).selectOption('modern')
  const controls = page.getByRole('region', { name: 'Experiment', exact: true })
  await controls.getByRole('button', { name: 'One sweep on' }).click()
  const place = page.getByRole('slider', { name: 'Place in the three recalls' })
  await expect(place).toHaveAttribute('aria-valuenow', '256')
  await place.focus()
  await page.keyboard.press('End')
  for (const rule of ['Hebbian', 'Pseudo-inverse', 'Modern']) {
    await expect(page.getByRole('region', { name: rule, exact: true }).getByRole('status')).toContainText(
      '“A”, overlap 1.00',
    )
  }
  await page.keyboard.press('Home')
  await expect(page.getByRole('region', { name: 'Hebbian', exact: true }).getByRole('status')).toContainText('the cue')
})

for (const theme of ['light', 'dark'] as const) {
  test(`no accessibility faults in ${theme}, before and after`, async ({ openShared }) => {
    const lab = await openShared()
    const { page } = lab
    await page.evaluate((patch) => window.lab.settings.change({ theme: patch }), theme)
    for (const title of [
      'Capacity',
      'Basin of attraction',
      'Energy landscape',
      'Spurious states',
      'Rules side by side',
    ]) {
      await openExperiment(lab, title)
      if (title !== 'Rules side by side' && title !== 'Capacity') {
        await startButton(lab).click()
        await expect(outcome(lab)).toContainText('seed 1.')
      }
      const { violations } = await new AxeBuilder({ page })
        .setLegacyMode(true)
        .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
        .analyze()
      expect(violations.map(({ id, nodes }) => `${title}: ${id} at ${nodes[0].target.join(' ')}`)).toEqual([])
    }
  })
}
