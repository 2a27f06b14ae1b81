/** Closing the window while an experiment runs asks first; it goes on after Cancel, and what it found is kept after leaving. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { LaunchedApp } from '../../scripts/tour/launch-app.ts'
import type { ExperimentRequest, RunRow } from '../../src/shared'
import { expect, test } from './support/lab-test'

/** Far more than a test waits for. */
const ENDLESS: ExperimentRequest = {
  kind: 'capacity',
  neurons: 400,
  loads: [0.05, 0.2],
  rule: 'hebbian',
  bias: 'none',
  degree: 3,
  beta: 1,
  update: 'asynchronous',
  maxSweeps: 100,
  corrupt: 0.1,
  trials: 100_000,
  cues: 5,
  seed: 1,
}

interface Asked {
  readonly message: string
  readonly buttons: readonly string[]
}

/** Answers the next questions of the app, and keeps what they were. */
async function answer({ app }: LaunchedApp, response: number): Promise<void> {
  await app.evaluate(({ dialog }, given) => {
    const kept = globalThis as unknown as { asked?: unknown[] }
    dialog.showMessageBox = async (...asked: unknown[]) => {
      kept.asked = [...(kept.asked ?? []), asked.at(-1)]
      return { response: given, checkboxChecked: false }
    }
  }, response)
}
const askedBy = ({ app }: LaunchedApp): Promise<readonly Asked[]> =>
  app.evaluate(() => (globalThis as unknown as { asked?: Asked[] }).asked ?? [])

const closeWindow = ({ app }: LaunchedApp): Promise<void> =>
  app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0].close())

async function rowOf({ page }: LaunchedApp): Promise<RunRow> {
  const listed = await page.evaluate(() => window.lab.runs.list({}))
  if (!listed.ok) throw new Error(listed.error.message)
  return listed.value[0]
}

let dataDirectory = ''
test.beforeEach(async () => {
  dataDirectory = await mkdtemp(join(tmpdir(), 'engram-leaving-'))
})
test.afterEach(() => rm(dataDirectory, { recursive: true, force: true }))

test('an experiment is asked about before the window closes', async ({ open }) => {
  const lab = await open({ dataDirectory, environment: { ENGRAM_ANSWER_DIALOGS: '' } })
  const { page, app } = lab
  await page.evaluate((request) => window.lab.experiments.start({ request, name: 'endless' }), ENDLESS)
  const status = page.getByRole('contentinfo', { name: 'Status' })
  await expect(status).toContainText('Experiment · endless')
  await expect.poll(async () => (await rowOf(lab)).steps).toBeGreaterThan(0)

  await answer(lab, 1)
  await closeWindow(lab)
  await expect
    .poll(() => askedBy(lab))
    .toMatchObject([{ message: 'An experiment is running', buttons: ['Save and quit', 'Cancel'] }])
  expect((await rowOf(lab)).status).toBe('running')
  await expect(status).toContainText('Experiment · endless')

  await answer(lab, 0)
  const closed = app.waitForEvent('close')
  await closeWindow(lab)
  await closed
  const again = await open({ dataDirectory })
  const row = await rowOf(again)
  expect(row).toMatchObject({ name: 'endless', status: 'stopped' })
  expect(row.steps).toBeGreaterThan(0)
})
