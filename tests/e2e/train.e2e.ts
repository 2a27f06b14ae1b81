/** A text of one's own is learnt, watched, paused and found again; and a run that is cut off keeps what it had. */
import { mkdtemp, rm } from 'node:fs/promises'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright'
import type { RunRow } from '../../src/shared'
import { trainByCommandLine } from './support/command-line'
import { expect, test } from './support/lab-test'
import { goTo, startTraining, writeText } from './support/rooms'

let folder = ''
test.beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'engram-train-'))
})
test.afterEach(() => rm(folder, { recursive: true, force: true }))

const SMALL = { 'Hidden units': '24', Sequence: '24', Batch: '4' }

async function newestRun(page: Page): Promise<RunRow> {
  const row = await findNewest(page)
  if (!row) throw new Error('there is no run')
  return row
}

async function findNewest(page: Page): Promise<RunRow | undefined> {
  const answer = await page.evaluate(() => window.lab.runs.list({}))
  if (!answer.ok) throw new Error(answer.error.message)
  return answer.value[0]
}

/** Waits until it is so, looking again whenever the page has drawn. */
async function waitForRun(page: Page, isSo: (row: RunRow) => boolean): Promise<RunRow> {
  await expect
    .poll(async () => {
      const row = await findNewest(page)
      return row !== undefined && isSo(row)
    })
    .toBe(true)
  return newestRun(page)
}

test('a run is trained, watched, paused, gone on with and found again', async ({ open }) => {
  const dataDirectory = join(folder, 'data')
  const lab = await open({ dataDirectory })
  const { page } = lab
  await startTraining(lab, await writeText(folder), { ...SMALL, Epochs: '100' })
  await expect(page.getByText('running')).toBeVisible()
  await waitForRun(page, ({ steps }) => steps > 50)
  await expect(page.getByRole('img', { name: /^Hidden states of 24 units/ })).toBeVisible()

  await page.getByRole('button', { name: 'Pause' }).click()
  const paused = await waitForRun(page, ({ status }) => status === 'paused')
  await page.getByRole('button', { name: 'Resume', exact: true }).click()
  await waitForRun(page, ({ steps }) => steps > paused.steps)
  const finished = await waitForRun(page, ({ status }) => status === 'finished')
  expect(finished.steps).toBe(finished.totalSteps)
  expect(finished.trainLoss).toBeLessThan(1.5)
  expect(finished.validationLoss).not.toBeNull()

  const curve = await page.evaluate(async (run) => {
    const answer = await window.lab.runs.curve({ run })
    return answer.ok ? { steps: [...answer.value.step], loss: [...answer.value.trainLoss] } : null
  }, finished.run)
  expect(curve?.steps).toEqual([...new Set(curve?.steps)])
  expect(curve?.loss[0]).toBeGreaterThan(2.5)
  await expect(page.getByRole('region', { name: 'What it writes now' })).toContainText(/tide|lamp|and|the/)
  await lab.app.close()

  const again = await open({ dataDirectory })
  await goTo(again, 'Runs')
  await expect(again.page.getByRole('row', { name: /refrain\.txt/ })).toContainText('finished')
  await expect(again.page.getByRole('img', { name: /^Loss of .*refrain\.txt/ })).toBeVisible()
  const found = await newestRun(again.page)
  expect(found).toMatchObject({ run: finished.run, digest: finished.digest, trainLoss: finished.trainLoss })
})

test('stopping and closing keep what was trained, and one click goes on', async ({ open }) => {
  const dataDirectory = join(folder, 'data')
  const lab = await open({ dataDirectory })
  await startTraining(lab, await writeText(folder), { ...SMALL, Epochs: '5000' })
  await waitForRun(lab.page, ({ steps }) => steps > 50)
  await lab.app.close()

  const again = await open({ dataDirectory })
  const saved = await newestRun(again.page)
  expect(saved).toMatchObject({ status: 'paused', here: false, pid: null })
  await goTo(again, 'Train')
  await again.page.getByRole('button', { name: 'Resume', exact: true }).click()
  await waitForRun(again.page, ({ status, steps }) => status === 'running' && steps > saved.steps)
  await again.page.getByRole('button', { name: 'Stop' }).click()
  await waitForRun(again.page, ({ status }) => status === 'stopped')
})

test('a run cut off by a kill is interrupted, with its points', async ({ open }) => {
  const dataDirectory = join(folder, 'data')
  const lab = await open({ dataDirectory })
  await startTraining(lab, await writeText(folder), { ...SMALL, Epochs: '5000' })
  const running = await waitForRun(lab.page, ({ steps }) => steps > 100)
  const ended = new Promise<void>((done) => lab.app.once('close', () => done()))
  lab.app.process().kill('SIGKILL')
  await ended

  const again = await open({ dataDirectory })
  const cut = await newestRun(again.page)
  expect(cut).toMatchObject({ run: running.run, status: 'interrupted' })
  expect(cut.steps).toBeGreaterThanOrEqual(running.steps)
  await goTo(again, 'Runs')
  await expect(again.page.getByRole('row', { name: /refrain\.txt/ })).toContainText('interrupted')
  const points = await again.page.evaluate(async (run) => {
    const answer = await window.lab.runs.curve({ run })
    return answer.ok ? [...answer.value.step] : []
  }, cut.run)
  expect(points.slice(0, 100)).toEqual(Array.from({ length: 100 }, (_, i) => i + 1))
})

test('a run of the command line appears in the window while it is open', async ({ open }) => {
  const lab = await open()
  await goTo(lab, 'Runs')
  const file = await writeText(folder, 'from-terminal.txt')
  const options = ['--hidden', '16', '--batch', '4', '--sequence', '16', '--steps', '40']
  const { run, steps } = await trainByCommandLine(lab.dataDirectory, file, options)
  expect(steps).toBe(40)
  await expect(lab.page.getByRole('row', { name: /from-terminal\.txt/ })).toContainText('finished')
  expect(await newestRun(lab.page)).toMatchObject({ run, status: 'finished' })
})

test('a text that cannot be read is refused with a sentence', async ({ open }) => {
  const lab = await open()
  await startTrainingOf(lab, join(folder, 'missing.txt'))
  await expect(lab.page.getByRole('alert')).toContainText('missing.txt')
})

async function startTrainingOf(lab: Parameters<typeof startTraining>[0], file: string): Promise<void> {
  const { page } = lab
  await goTo(lab, 'Train')
  await lab.app.evaluate(({ dialog }, path) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [path] })
  }, file)
  await page.getByRole('button', { name: 'Choose a text' }).click()
}

test('the window and the command line give the same bits', async ({ open }) => {
  const lab = await open()
  const file = await writeText(folder)
  const fields = { 'Hidden units': '20', Sequence: '16', Batch: '4', Epochs: '1' }
  await startTraining(lab, file, fields)
  const { steps, digest, kernel } = await waitForRun(lab.page, ({ status }) => status === 'finished')
  const options = [
    '--hidden',
    '20',
    '--sequence',
    '16',
    '--batch',
    '4',
    '--steps',
    String(steps),
    '--validate-every',
    '100',
  ]
  const other = await trainByCommandLine(join(folder, 'other'), file, options)
  expect({ digest: other.digest, rounding: isFused(other.kernel) }).toEqual({ digest, rounding: isFused(kernel ?? '') })
})

test('a run that several workers share is closed, gone on with, and has the bits of the command line', async ({
  open,
}) => {
  const dataDirectory = join(folder, 'data')
  const lab = await open({ dataDirectory })
  const file = await writeText(folder)
  await startTraining(lab, file, { 'Hidden units': '128', Sequence: '64', Batch: '16', Epochs: '60' })
  const { workers } = await waitForRun(lab.page, ({ steps }) => steps > 20)
  if (availableParallelism() > 1) expect(workers).toBeGreaterThan(1)
  await lab.app.close()

  const again = await open({ dataDirectory })
  expect(await newestRun(again.page)).toMatchObject({ status: 'paused', workers })
  await goTo(again, 'Train')
  await again.page.getByRole('button', { name: 'Resume', exact: true }).click()
  const { steps, digest } = await waitForRun(again.page, ({ status }) => status === 'finished')
  const options = ['--hidden', '128', '--sequence', '64', '--batch', '16', '--epochs', '60', '--validate-every', '100']
  const other = await trainByCommandLine(join(folder, 'other'), file, options)
  expect({ steps: other.steps, workers: other.workers, digest: other.digest }).toEqual({ steps, workers, digest })
})

function isFused(kernel: string): boolean {
  return kernel.startsWith('relaxed-simd')
}
