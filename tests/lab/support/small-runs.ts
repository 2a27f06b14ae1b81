/** Runs of a network so small that they end in a moment, and what a test waits for while they train. */
import type { Lab, TrainingRequest } from '../../../src/lab'
import { DEFAULT_CONFIGURATION } from '../../../src/shared'
import type { RunConfiguration, RunPoint, RunRow } from '../../../src/shared'
import { TEXT, when } from './test-lab'

/** Some seconds of training, so that there is time to interfere. */
export const LONG = { steps: 6000, hidden: 24, validateEvery: 1000 }
export const ENDLESS = { steps: 10_000_000 }

const CONFIGURATION: RunConfiguration = {
  ...DEFAULT_CONFIGURATION,
  hidden: 8,
  batch: 4,
  sequence: 8,
  steps: 120,
  validateEvery: 50,
}

export function request(changes: Partial<RunConfiguration> = {}, more: Partial<TrainingRequest> = {}): TrainingRequest {
  return {
    files: [TEXT],
    encoding: 'auto',
    configuration: { ...CONFIGURATION, ...changes },
    name: '',
    probe: '',
    ...more,
  }
}

export const firstPoints = (lab: Lab, run?: string): Promise<readonly RunPoint[]> =>
  when(lab, (found) => ({ points: (of, points) => (run === undefined || of === run) && found(points) }))
export const becomes = (lab: Lab, status: RunRow['status'], run?: string): Promise<RunRow> =>
  when(lab, (found) => ({
    run: (row) => row.status === status && (run === undefined || row.run === run) && found(row),
  }))

export async function runToEnd(lab: Lab, changes: Partial<RunConfiguration> = {}): Promise<RunRow> {
  const { run } = await lab.training.start(request(changes))
  return lab.training.settled(run)
}

export const losses = async (lab: Lab, run: string): Promise<unknown[]> =>
  (await lab.runs.points(run)).map(({ step, trainLoss, validationLoss }) => [step, trainLoss, validationLoss])
