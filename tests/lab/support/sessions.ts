/** Runs in the test's own thread, with a clock and a listener of the test's own. */
import { join } from 'node:path'
import type { CheckpointRow, RunProgress } from '../../../src/lab/database/database-api'
import type { EndStatus, TrainingJob, TrainingListener } from '../../../src/lab/training/training-api'
import { planTraining } from '../../../src/lab/training/training-plan'
import { TrainingSession } from '../../../src/lab/training/training-session'
import { DEFAULT_CONFIGURATION, LabError } from '../../../src/shared'
import type { RateChange, RunConfiguration, RunPoint } from '../../../src/shared'
import { temporaryDirectory } from './temporary'
import { startShard } from './test-lab'

const VOCABULARY = ['\n', ' ', 'a', 'b', 'c', 'd', 'e']
export const IDS = Uint8Array.from({ length: 600 }, (_, i) => (i * i + 3 * i) % VOCABULARY.length)

const SMALL: RunConfiguration = {
  ...DEFAULT_CONFIGURATION,
  hidden: 4,
  batch: 2,
  sequence: 5,
  steps: 40,
  validateEvery: 1000,
  learningRate: 0.01,
}

interface Told {
  readonly points: RunPoint[]
  readonly checkpoints: CheckpointRow[]
  readonly disk: string[]
  readonly rateChanges: RateChange[]
  progress: RunProgress | null
  end: { status: EndStatus; reason: string | null } | null
}

export interface Harness {
  readonly session: TrainingSession
  readonly told: Told
  readonly folder: string
  /** The next so many writes fail. */
  fail: { writes: number; code: 'E_DISK_FULL' | 'E_DATABASE_LOCKED' }
  /** Called at every turn, with the steps that are known of. */
  onTurn: () => void
  readonly ended: Promise<void>
}

/** What a session of this configuration is given, on the text of this file unless `changes` has another. */
export function jobOf(
  configuration: RunConfiguration,
  folder: string,
  changes: Partial<TrainingJob> = {},
): TrainingJob {
  const plan = planTraining(configuration, IDS.length, VOCABULARY.length, 'text', Infinity)
  return {
    run: 'r',
    configuration,
    totalSteps: plan.totalSteps,
    scheduleSteps: plan.totalSteps,
    ids: IDS,
    trainTokens: plan.trainTokens,
    vocabulary: VOCABULARY,
    charactersPerToken: 1,
    probe: 'abc',
    folder,
    resumeFrom: null,
    bestStep: null,
    isExtended: false,
    kernel: { name: 'scalar' },
    beginWith: null,
    workers: plan.workers,
    shardFile: '',
    isWatched: false,
    ...changes,
  }
}

/** Notes what it is told; a write fails as often as the test asked for. */
function listenerOf(told: Told, harness: Harness, end: () => void): TrainingListener {
  const written = (): void => {
    if (harness.fail.writes === 0) return
    harness.fail.writes -= 1
    throw new LabError(harness.fail.code)
  }
  return {
    savePoints: async (points, progress) => {
      written()
      told.points.push(...points)
      told.progress = progress
    },
    saveCheckpoint: async (checkpoint, progress) => {
      written()
      told.checkpoints.push(checkpoint)
      told.progress = progress
    },
    saveRateChange: async (change) => {
      written()
      told.rateChanges.push(change)
    },
    snapshot: () => undefined,
    diskFull: async () => void told.disk.push('full'),
    diskFree: async () => void told.disk.push('free'),
    ended: async (status, reason) => {
      told.end = { status, reason }
      end()
    },
  }
}

/** Each look at the clock takes five milliseconds, so that a slice has a few steps. */
export function start(changes: Partial<RunConfiguration> = {}, job: Partial<TrainingJob> = {}): Harness {
  const folder = job.folder ?? temporaryDirectory()
  const told: Told = { points: [], checkpoints: [], disk: [], rateChanges: [], progress: null, end: null }
  let time = 0
  let end: () => void = () => undefined
  const ended = new Promise<void>((resolve) => (end = resolve))
  const harness = { fail: { writes: 0, code: 'E_DISK_FULL' }, onTurn: () => undefined } as unknown as Harness
  const session = new TrainingSession(jobOf({ ...SMALL, ...changes }, folder, job), listenerOf(told, harness, end), {
    now: () => (time += 5),
    turn: async () => {
      harness.onTurn()
      await new Promise((resolve) => setImmediate(resolve))
    },
    wait: async (milliseconds) => void (time += milliseconds),
    startShard,
    barrierMs: 1000,
  })
  return Object.assign(harness, { session, told, folder, ended })
}

export async function runToEnd(
  changes: Partial<RunConfiguration> = {},
  job: Partial<TrainingJob> = {},
): Promise<Harness> {
  const harness = start(changes, job)
  await harness.session.prepare()
  harness.session.go()
  await harness.ended
  return harness
}

/** Steps of the points, the later of two of the same step staying, as the database keeps them. */
export const kept = (points: readonly RunPoint[]): Map<number, RunPoint> =>
  new Map(points.map((point) => [point.step, point]))
export const lastDigest = ({ told }: Harness): string | undefined => told.checkpoints.at(-1)?.digest
export const lossesOf = ({ told }: Harness): Map<number, unknown> =>
  new Map([...kept(told.points)].map(([step, { trainLoss, validationLoss }]) => [step, [trainLoss, validationLoss]]))

export function filesOf({ folder }: Harness, step: number) {
  return { step, model: join(folder, `${step}.safetensors`), state: join(folder, `${step}.state`) }
}
