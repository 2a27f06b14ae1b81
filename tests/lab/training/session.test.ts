/** A run in its worker, with a clock and a listener of the test's own: points, validations, faults, and going on. */
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { CheckpointRow, RunProgress } from '../../../src/lab/database/database-api'
import { TrainingSession } from '../../../src/lab/training/training-session'
import type { EndStatus, TrainingJob, TrainingListener } from '../../../src/lab/training/training-api'
import { planTraining } from '../../../src/lab/training/training-plan'
import { bestOf } from '../../../src/lab/models/thinning'
import { DEFAULT_CONFIGURATION, LabError } from '../../../src/shared'
import type { RateChange, RunConfiguration, RunPoint } from '../../../src/shared'
import { errorOf } from '../support/errors'
import { temporaryDirectory } from '../support/temporary'
import { startShard } from '../support/test-lab'

const VOCABULARY = ['\n', ' ', 'a', 'b', 'c', 'd', 'e']
const IDS = Uint8Array.from({ length: 600 }, (_, i) => (i * i + 3 * i) % VOCABULARY.length)

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

interface Harness {
  readonly session: TrainingSession
  readonly told: Told
  readonly folder: string
  /** The next so many writes fail. */
  fail: { writes: number; code: 'E_DISK_FULL' | 'E_DATABASE_LOCKED' }
  /** Called at every turn, with the steps that are known of. */
  onTurn: () => void
  readonly ended: Promise<void>
}

/** Each look at the clock takes five milliseconds, so that a slice has a few steps. */
function start(changes: Partial<RunConfiguration> = {}, job: Partial<TrainingJob> = {}): Harness {
  const configuration = { ...SMALL, ...changes }
  const plan = planTraining(configuration, IDS.length, VOCABULARY.length, 'text', Infinity)
  const folder = job.folder ?? temporaryDirectory()
  const told: Told = { points: [], checkpoints: [], disk: [], rateChanges: [], progress: null, end: null }
  let time = 0
  let end: () => void = () => undefined
  const ended = new Promise<void>((resolve) => (end = resolve))
  const harness = { fail: { writes: 0, code: 'E_DISK_FULL' }, onTurn: () => undefined } as unknown as Harness
  const written = (): void => {
    if (harness.fail.writes === 0) return
    harness.fail.writes -= 1
    throw new LabError(harness.fail.code)
  }
  const listener: TrainingListener = {
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
  const session = new TrainingSession(
    {
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
      kernel: { name: 'scalar' },
      beginWith: null,
      workers: plan.workers,
      shardFile: '',
      isWatched: false,
      ...job,
    },
    listener,
    {
      now: () => (time += 5),
      turn: async () => {
        harness.onTurn()
        await new Promise((resolve) => setImmediate(resolve))
      },
      wait: async (milliseconds) => void (time += milliseconds),
      startShard,
      barrierMs: 1000,
    },
  )
  return Object.assign(harness, { session, told, folder, ended })
}

async function runToEnd(changes: Partial<RunConfiguration> = {}, job: Partial<TrainingJob> = {}): Promise<Harness> {
  const harness = start(changes, job)
  await harness.session.prepare()
  harness.session.go()
  await harness.ended
  return harness
}

/** Steps of the points, the later of two of the same step staying, as the database keeps them. */
const kept = (points: readonly RunPoint[]): Map<number, RunPoint> => new Map(points.map((point) => [point.step, point]))
const lastDigest = ({ told }: Harness): string | undefined => told.checkpoints.at(-1)?.digest

describe('a run', () => {
  it('writes step 0 before it begins, a point a step, and its end', async () => {
    const harness = start()
    await harness.session.prepare()
    expect(harness.told.checkpoints.map(({ step }) => step)).toEqual([0])
    expect(readdirSync(harness.folder).sort()).toEqual(['0.safetensors', '0.state'])
    harness.session.go()
    await harness.ended
    const { told } = harness
    expect([...kept(told.points).keys()]).toEqual(Array.from({ length: 40 }, (_, i) => i + 1))
    expect(told.end).toEqual({ status: 'finished', reason: null })
    expect(told.checkpoints.at(-1)?.step).toBe(40)
    expect(told.progress).toMatchObject({ steps: 40 })
    const mean = told.points.filter(({ validationLoss }) => validationLoss === null).slice(0, 40)
    expect(mean.every(({ nonFinite, trainLoss }) => !nonFinite && trainLoss !== null)).toBe(true)
    expect(kept(told.points).get(40)?.validationLoss).toBe(told.progress?.validationLoss)
  })

  it('of more than a thousand steps has points of ten, the last covering what is left', async () => {
    const { told } = await runToEnd({ steps: 1025, hidden: 1, batch: 1, sequence: 1 })
    const steps = [...kept(told.points).keys()]
    expect(steps).toEqual([...Array.from({ length: 1000 }, (_, i) => i + 1), 1010, 1020, 1025])
  })

  it('validates at its interval, and each loss is kept with the next point', async () => {
    const { told } = await runToEnd({ validateEvery: 8, steps: 40 })
    const validated = [...kept(told.points).values()].filter(({ validationLoss }) => validationLoss !== null)
    expect(validated.map(({ step }) => step)).toEqual([9, 17, 25, 33, 40])
    expect(bestOf(told.checkpoints)?.validationLoss).toBe(told.progress?.bestValidationLoss)
  })

  it('judges which parameters are best by the same part of the held-out text from its beginning to its end', async () => {
    // Trained on one symbol, tried on all of them first and then, at the end alone, on much of that one.
    const trainTokens = 10_000
    const ids = Uint8Array.from({ length: 100_000 }, (_, i) =>
      i >= trainTokens && i < trainTokens + 20_001 ? IDS[(i * 7) % IDS.length] : 2,
    )
    const { told } = await runToEnd({ steps: 40, validateEvery: 10, learningRate: 0.05 }, { ids, trainTokens })
    const judged = told.checkpoints.filter(({ validationLoss }) => validationLoss !== null)
    expect(bestOf(told.checkpoints)?.step).toBe(10)
    expect(judged.at(-1)?.step).toBe(40)
    expect(told.progress?.validationLoss).toBeLessThan(told.progress?.bestValidationLoss ?? 0)
    expect(kept(told.points).get(40)?.validationLoss).toBe(told.progress?.validationLoss)
  })

  it('without a held-out text has no validation', async () => {
    const { told } = await runToEnd({ validation: 0, validateEvery: 8 })
    expect(told.points.every(({ validationLoss }) => validationLoss === null)).toBe(true)
    expect(told.progress).toMatchObject({ validationLoss: null, bestValidationLoss: null })
  })

  it('stops when its patience is at an end', async () => {
    const { told } = await runToEnd({ validateEvery: 2, patience: 3, steps: 4000, learningRate: 0.5 })
    expect(told.end?.status).toBe('finished')
    expect(told.progress?.steps).toBeLessThan(4000)
  })

  it('that diverges says where, and keeps its last finite checkpoint', async () => {
    const changes = { learningRate: 1e38, optimizer: 'sgd', clip: 0, steps: 900 } as const
    const harness = await runToEnd(changes)
    const { told } = harness
    expect(told.end?.status).toBe('diverged')
    expect(told.end?.reason).toMatch(/^(loss|gradient) not finite at step \d+$/)
    const last = [...kept(told.points).values()].at(-1)
    expect(last).toMatchObject({ step: Number(told.end?.reason?.split(' ').at(-1)), nonFinite: true })
    expect(told.checkpoints.every(({ step }) => existsSync(join(harness.folder, `${step}.safetensors`)))).toBe(true)
    const { session } = start(changes, { resumeFrom: filesOf(harness, told.checkpoints.at(-1)?.step ?? 0) })
    await session.prepare()
  })

  it('that diverges between two points tells of it too', async () => {
    const burst = { schedule: 'step', decayEvery: 1004, decay: 1e45, learningRate: 1e-3 } as const
    const changes = { ...burst, optimizer: 'sgd', clip: 0, steps: 2000 } as const
    const { told } = await runToEnd(changes)
    expect(told.end?.status).toBe('diverged')
    const last = [...kept(told.points).values()].at(-1)
    expect(last?.nonFinite).toBe(true)
    expect(last?.step).toBe(Number(told.end?.reason?.split(' ').at(-1)))
    expect((last?.step ?? 0) % 10).not.toBe(0)
  })
})

function filesOf({ folder }: Harness, step: number) {
  return { step, model: join(folder, `${step}.safetensors`), state: join(folder, `${step}.state`) }
}

describe('pause, stop and go', () => {
  it('pauses between two steps with everything saved, and goes on to the same bits', async () => {
    const whole = await runToEnd({ dropout: 0.2, layers: 2, validateEvery: 7 })
    const harness = start({ dropout: 0.2, layers: 2, validateEvery: 7 })
    const { session, told } = harness
    await session.prepare()
    for (let i = 0; i < 3; i++) {
      session.go()
      await session.pause()
      expect(told.checkpoints.at(-1)?.step).toBe(told.progress?.steps)
    }
    expect(told.progress?.steps).toBeGreaterThan(0)
    expect(told.progress?.steps).toBeLessThan(40)
    session.go()
    await harness.ended
    expect(lastDigest(harness)).toBe(lastDigest(whole))
    expect(lossesOf(harness)).toEqual(lossesOf(whole))
  })

  it('goes on from its checkpoint in another worker to the same bits and the same points', async () => {
    const changes = { cell: 'lstm', dropout: 0.2, layers: 2, validateEvery: 7, steps: 1033, hidden: 2 } as const
    const whole = await runToEnd(changes)
    const first = start(changes)
    await first.session.prepare()
    let turns = 0
    const paused = new Promise<void>((resolve) => {
      first.onTurn = () => {
        turns += 1
        if (turns === 270) void first.session.pause().then(resolve)
      }
    })
    first.session.go()
    await paused
    const step = first.told.checkpoints.at(-1)?.step ?? 0
    expect(step).toBeGreaterThan(500)
    const second = await runToEnd(changes, { folder: first.folder, resumeFrom: filesOf(first, step) })
    expect(lastDigest(second)).toBe(lastDigest(whole))
    const joined = new Map([...lossesOf(first), ...lossesOf(second)])
    expect(joined).toEqual(lossesOf(whole))
    expect(second.told.progress).toMatchObject({
      trainLoss: whole.told.progress?.trainLoss,
      bestValidationLoss: whole.told.progress?.bestValidationLoss,
    })
  })

  it('stops for good', async () => {
    const { session, told, ended } = start({ steps: 1_000_000 })
    await session.prepare()
    session.go()
    await session.stop()
    await ended
    expect(told.end).toEqual({ status: 'stopped', reason: null })
    const { length } = told.points
    session.go()
    await session.pause()
    await session.stop()
    expect(told.points).toHaveLength(length)
    expect(told.checkpoints.at(-1)?.step).toBe(told.progress?.steps)
  })

  it('is saved when asked to, and trains on', async () => {
    const harness = start({ checkpointEvery: 1e9 })
    const { session, told } = harness
    await session.prepare()
    let turn = 0
    harness.onTurn = () => {
      turn += 1
      if (turn === 2) void session.save()
    }
    session.go()
    await harness.ended
    const [first, saved, last, ...more] = told.checkpoints.map(({ step }) => step)
    expect([first, last, more]).toEqual([0, 40, []])
    expect(saved).toBeGreaterThan(0)
    expect(saved).toBeLessThan(40)
    expect(lastDigest(harness)).toBe(lastDigest(await runToEnd()))
  })

  it('stops before it has begun', async () => {
    const { session, told } = start()
    await session.prepare()
    await session.stop()
    expect(told.end?.status).toBe('stopped')
    expect(told.points).toEqual([])
  })

  it('ends well whatever it is told, in whatever order', async () => {
    const whole = await runToEnd()
    const harness = start()
    await harness.session.prepare()
    const asked: Promise<void>[] = []
    for (const wish of 'gpgggppgpggpgg') {
      if (wish === 'g') harness.session.go()
      else asked.push(harness.session.pause())
    }
    await Promise.all(asked)
    harness.session.go()
    await harness.ended
    expect(lastDigest(harness)).toBe(lastDigest(whole))
    expect(lossesOf(harness)).toEqual(lossesOf(whole))
  })
})

const lossesOf = ({ told }: Harness): Map<number, unknown> =>
  new Map([...kept(told.points)].map(([step, { trainLoss, validationLoss }]) => [step, [trainLoss, validationLoss]]))

describe('a learning rate that is changed', () => {
  const ratesOf = ({ told }: Harness): (number | undefined)[] =>
    [...kept(told.points).values()].map(({ learningRate }) => learningRate)

  /** Pauses after some slices, changes the rate there, and goes to the end. */
  async function changedAfter(turns: number, rate: number, changes: Partial<RunConfiguration> = {}): Promise<Harness> {
    const harness = start(changes)
    await harness.session.prepare()
    let turn = 0
    harness.onTurn = () => {
      turn += 1
      if (turn === turns) void harness.session.changeRate(rate)
    }
    harness.session.go()
    await harness.ended
    return harness
  }

  it('is the rate from the next step on, and is told with the step', async () => {
    const harness = await changedAfter(2, 0.001)
    const [change] = harness.told.rateChanges
    expect(change.learningRate).toBe(0.001)
    expect(change.after).toBeGreaterThan(0)
    expect(ratesOf(harness)).toEqual(Array.from({ length: 40 }, (_, i) => (i < change.after ? 0.01 : 0.001)))
    expect(lastDigest(harness)).not.toBe(lastDigest(await runToEnd()))
  })

  it.each([1, 2])(
    'by %i worker has the bits of a run that was told of it beforehand, wherever that goes on',
    async (workers) => {
      const changes = { cell: 'lstm', schedule: 'cosine', warmUp: 3, validateEvery: 7, workers, batch: 4 } as const
      const harness = await changedAfter(2, 0.05, changes)
      const { rateChanges } = harness.told
      const again = await runToEnd({ ...changes, rateChanges })
      expect(lastDigest(again)).toBe(lastDigest(harness))
      expect(ratesOf(again)).toEqual(ratesOf(harness))
      const from = filesOf(harness, harness.told.checkpoints.find(({ step }) => step > 0)?.step ?? 0)
      const resumed = await runToEnd({ ...changes, rateChanges }, { folder: harness.folder, resumeFrom: from })
      expect(lastDigest(resumed)).toBe(lastDigest(harness))
    },
  )

  it('while it stands still counts when it goes on; of several at one step the last', async () => {
    const harness = start()
    const { session, told } = harness
    await session.prepare()
    session.go()
    await session.pause()
    const after = told.progress?.steps ?? 0
    await session.changeRate(0.5)
    await session.changeRate(0.002)
    expect(told.rateChanges).toEqual([
      { after, learningRate: 0.5 },
      { after, learningRate: 0.002 },
    ])
    expect(told.progress?.steps).toBe(after)
    session.go()
    await harness.ended
    expect(ratesOf(harness).slice(after)).toEqual(Array.from({ length: 40 - after }, () => 0.002))
  })

  it('that could not be written is not taken', async () => {
    const harness = start()
    await harness.session.prepare()
    harness.fail.writes = 1
    await expect(harness.session.changeRate(0.5)).rejects.toEqual(errorOf('E_DISK_FULL'))
    harness.session.go()
    await harness.ended
    expect(lastDigest(harness)).toBe(lastDigest(await runToEnd()))
  })
})

describe('a full disk', () => {
  it.each([1, 2, 5, 9])('stops it %i times and takes nothing from it', async (times) => {
    const whole = await runToEnd({ validateEvery: 7 })
    const harness = start({ validateEvery: 7 })
    await harness.session.prepare()
    harness.fail.writes = times
    harness.session.go()
    await harness.ended
    const { told } = harness
    expect(told.disk).toEqual(['full', 'free'])
    expect(lossesOf(harness)).toEqual(lossesOf(whole))
    expect(lastDigest(harness)).toBe(lastDigest(whole))
    expect(bestOf(told.checkpoints)?.step).toBe(bestOf(whole.told.checkpoints)?.step)
  })

  it('at any of its writes takes nothing from it either', async () => {
    const changes = { validateEvery: 9, steps: 30, checkpointEvery: 0.05 }
    const whole = await runToEnd(changes)
    for (let before = 0; ; before++) {
      const harness = start(changes)
      await harness.session.prepare()
      const save = harness.told.points
      let turns = 0
      harness.onTurn = () => {
        turns += 1
        if (turns === before) harness.fail.writes = 2
      }
      harness.session.go()
      await harness.ended
      expect(kept(save).size).toBe(30)
      expect(lastDigest(harness)).toBe(lastDigest(whole))
      expect(bestOf(harness.told.checkpoints)?.validationLoss).toBe(bestOf(whole.told.checkpoints)?.validationLoss)
      expect(harness.told.end?.status).toBe('finished')
      if (turns < before) break
    }
  })

  it('does not keep a run from being stopped once there is room again', async () => {
    const { session, told, fail, ended } = start({ steps: 1_000_000, checkpointEvery: 0.01 })
    await session.prepare()
    fail.writes = Infinity
    session.go()
    await expect(session.stop()).rejects.toEqual(errorOf('E_DISK_FULL'))
    fail.writes = 0
    await session.stop()
    await ended
    expect(told.end?.status).toBe('stopped')
    expect(kept(told.points).size).toBe(told.progress?.steps)
  })
})
