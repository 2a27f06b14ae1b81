/** Runs of several workers: real threads, the bits of one and the same number, and what becomes of a shard's fault. */
import { EventEmitter, once } from 'node:events'
import { join } from 'node:path'
import type { Worker } from 'node:worker_threads'
import { describe, expect, it } from 'vitest'
import { openExchange, Shard } from '../../../src/engine'
import type { TrainingRequest } from '../../../src/lab'
import { BarrierPatience } from '../../../src/lab/training/barrier-patience'
import { ShardControl } from '../../../src/lab/training/shard-control'
import type { ShardJob } from '../../../src/lab/training/shard-job'
import type { EndStatus } from '../../../src/lab/training/training-api'
import { TrainingSession } from '../../../src/lab/training/training-session'
import type { SessionSurroundings } from '../../../src/lab/training/training-session'
import { startThread } from '../../../src/lab/workers/start-thread'
import { DEFAULT_CONFIGURATION } from '../../../src/shared'
import type { RunConfiguration, RunRow } from '../../../src/shared'
import { errorOf } from '../support/errors'
import { IDS, jobOf } from '../support/sessions'
import { firstPoints, losses, request as requestSmall, runToEnd as runSmallToEnd } from '../support/small-runs'
import { temporaryDirectory } from '../support/temporary'
import { openTestLab, startShard } from '../support/test-lab'
import type { TestLab } from '../support/test-lab'

const SHARED = { batch: 5, steps: 150, validateEvery: 60, workers: 2 }

const request = (changes: Partial<RunConfiguration> = {}): TrainingRequest => requestSmall({ ...SHARED, ...changes })
const runToEnd = ({ lab }: TestLab, changes: Partial<RunConfiguration> = {}): Promise<RunRow> =>
  runSmallToEnd(lab, { ...SHARED, ...changes })

/** Resolves when the run's thread is gone, and with it those that it started. */
function trainingEnded({ workers }: TestLab): Promise<unknown> {
  const worker = workers.filter(({ name }) => name === 'training').at(-1)?.worker
  return worker === undefined || worker.threadId < 0 ? Promise.resolve() : once(worker, 'exit')
}

describe('a run of several workers', () => {
  it.each(['vanilla', 'lstm', 'gru'] as const)('%s: has the same bits every time', async (cell) => {
    const opened = await openTestLab()
    const changes = { cell, layers: 2, dropout: 0.2 }
    const [a, b] = [await runToEnd(opened, changes), await runToEnd(opened, changes)]
    expect(a).toMatchObject({ status: 'finished', steps: 150, workers: 2 })
    expect(b.digest).toBe(a.digest)
    expect(await losses(opened.lab, b.run)).toEqual(await losses(opened.lab, a.run))
  })

  it('learns what one worker learns, but for roundings', async () => {
    const opened = await openTestLab()
    const one = await runToEnd(opened, { workers: 1 })
    for (const workers of [2, 5]) {
      const several = await runToEnd(opened, { workers })
      expect(several.workers).toBe(workers)
      expect(Math.abs((several.trainLoss ?? NaN) - (one.trainLoss ?? NaN))).toBeLessThan(1e-3)
      expect(Math.abs((several.validationLoss ?? NaN) - (one.validationLoss ?? NaN))).toBeLessThan(1e-3)
    }
  })

  it('goes on in another lab to the bits of one that was never stopped, with its number of workers', async () => {
    const changes = { cell: 'lstm', dropout: 0.2, layers: 2, steps: 1500, validateEvery: 300 } as const
    const whole = await openTestLab()
    const expected = await runToEnd(whole, changes)
    const first = await openTestLab()
    const { run } = await first.lab.training.start(request(changes))
    await firstPoints(first.lab)
    await first.lab.training.pause(run)
    await first.lab.close()
    await trainingEnded(first)
    const second = await openTestLab({ directory: first.directory })
    await second.lab.training.resume(run)
    const row = await second.lab.training.settled(run)
    expect(row).toMatchObject({ status: 'finished', workers: 2, digest: expected.digest })
    expect(await losses(second.lab, run)).toEqual(await losses(whole.lab, expected.run))
  })

  it('is stopped, paused and stopped again, and leaves no thread behind', async () => {
    const opened = await openTestLab()
    for (const pauses of [0, 1]) {
      const { run } = await opened.lab.training.start(request({ steps: 10_000_000 }))
      if (pauses > 0) await opened.lab.training.pause(run)
      await opened.lab.training.stop(run)
      expect(await opened.lab.training.settled(run)).toMatchObject({ status: 'stopped', pid: null })
      await trainingEnded(opened)
    }
  })

  it('of more workers than sequences is refused, and leaves no row', async () => {
    const { lab } = await openTestLab()
    await expect(lab.training.start(request({ workers: 6 }))).rejects.toEqual(
      errorOf('E_CONFIGURATION', { option: '--workers', value: 6 }),
    )
    expect(await lab.runs.list()).toEqual([])
  })
})

describe('a shard that', () => {
  it('dies without a word ends the run as crashed, and it goes on from its checkpoint', async () => {
    const whole = await runToEnd(await openTestLab())
    const opened = await openTestLab({ shard: 'dying-shard.mjs' })
    const row = await runToEnd(opened)
    expect(row).toMatchObject({ status: 'crashed', pid: null, reason: 'The shard 1 worker stopped: exit code 7.' })
    await trainingEnded(opened)
    await opened.lab.close()
    const { lab } = await openTestLab({ directory: opened.directory })
    await lab.training.resume(row.run)
    expect(await lab.training.settled(row.run)).toMatchObject({ status: 'finished', digest: whole.digest })
  })

  it('cannot begin says why, to whoever asked for the run', async () => {
    const opened = await openTestLab({ shard: 'failing-shard.mjs' })
    await expect(opened.lab.training.start(request())).rejects.toEqual(
      errorOf('E_WORKER', { worker: 'shard 1', reason: 'no room for its buffers' }),
    )
    expect(await opened.lab.runs.list()).toMatchObject([
      { status: 'crashed', reason: expect.stringContaining('no room') as string },
    ])
    await trainingEnded(opened)
  })
})

/** Where every thread may read them. */
const SHARED_IDS = new Uint8Array(new SharedArrayBuffer(IDS.length)) // (N)
SHARED_IDS.set(IDS)

interface Session {
  readonly session: TrainingSession
  readonly ended: Promise<{ readonly status: EndStatus; readonly reason: string | null }>
  /** Of the last checkpoint. */
  readonly steps: () => number | undefined
}

/** A session in this thread, so that its surroundings are the test's. */
function openSession(around: Partial<SessionSurroundings>, changes: Partial<RunConfiguration> = {}): Session {
  const sizes = { hidden: 8, batch: 3, sequence: 5, steps: 40 }
  const configuration = { ...DEFAULT_CONFIGURATION, ...SHARED, ...sizes, ...changes }
  let end: (told: { status: EndStatus; reason: string | null }) => void = () => undefined
  const ended = new Promise<{ status: EndStatus; reason: string | null }>((resolve) => (end = resolve))
  let saved: number | undefined
  const session = new TrainingSession(
    jobOf(configuration, temporaryDirectory(), { ids: SHARED_IDS }),
    {
      savePoints: async () => undefined,
      saveCheckpoint: async ({ step }) => void (saved = step),
      saveRateChange: async () => undefined,
      snapshot: () => undefined,
      diskFull: async () => undefined,
      diskFree: async () => undefined,
      ended: async (status, reason) => end({ status, reason }),
    },
    {
      now: () => performance.now(),
      turn: () => new Promise((resolve) => setImmediate(resolve)),
      wait: async () => undefined,
      startShard,
      barrierMs: 5000,
      ...around,
    },
  )
  return { session, ended, steps: () => saved }
}

describe('a barrier', () => {
  it('that is never reached ends the run, and every thread with it', async () => {
    const workers: Worker[] = []
    // A clock that goes on while a step is waited for, and not while threads start.
    let [time, isUnderWay] = [0, false]
    const { session, ended } = openSession({
      now: () => time,
      turn: async () => {
        await new Promise((resolve) => setImmediate(resolve))
        if (isUnderWay) time += 500
      },
      startShard: (job) => {
        const file = join(import.meta.dirname, '../support/stalled-shard.mjs')
        const worker = startThread(file, `shard ${job.index}`, job)
        workers.push(worker)
        return worker
      },
    })
    await session.prepare()
    isUnderWay = true
    session.go()
    expect(await ended).toEqual({
      status: 'crashed',
      reason: 'The shard 1 worker stopped: it did not answer in time.',
    })
    expect(workers.map(({ threadId }) => threadId)).toEqual([-1])
    await session.stop() // it has ended already
  })

  it('lets a stop in while a shard is late; the step is done first', async () => {
    let late: { shard: Shard; job: ShardJob; control: ShardControl } | null = null
    let turns = 0
    let stopping: Promise<void> | null = null
    const { session, ended, steps } = openSession({
      // Computed by this test when it likes.
      startShard: (job) => {
        const exchange = openExchange(job.exchange, job.sizes)
        const control = ShardControl.open(job.control)
        late = { shard: new Shard(job.settings, job.tokens, job.index, exchange), job, control }
        control.closeRound(job.index, 0)
        return Object.assign(new EventEmitter(), { terminate: async () => 0 }) as unknown as Worker
      },
      turn: async () => {
        await new Promise((resolve) => setImmediate(resolve))
        turns += 1
        if (turns === 2) stopping = session.stop()
        if (turns !== 4 || late === null) return
        late.shard.compute()
        late.control.closeRound(late.job.index, 1)
      },
    })
    await session.prepare()
    session.go()
    expect(await ended).toEqual({ status: 'stopped', reason: null })
    await stopping
    expect(steps()).toBe(1)
  })

  it('is waited for twice five seconds, or twice twenty slowest steps, by whoever is awake', () => {
    const patience = new BarrierPatience(5000)
    let now = 0
    /** @returns how long it takes until patience is at an end, looking so often */
    const wait = (every: number, sleepAt = Infinity): number => {
      const from = now
      patience.begin(now)
      patience.wait(now)
      for (let looks = 1; ; looks++) {
        now += looks === sleepAt ? 3_600_000 : every
        if (patience.isOver(now)) return now - from
      }
    }
    expect(wait(25)).toBe(10_000)
    // Suspended for an hour nearly at the end: it begins to count again.
    expect(wait(25, 390)).toBe(389 * 25 + 3_600_000 + 10_000)
    patience.begin(now)
    patience.wait(now)
    patience.end(now + 400)
    expect(wait(25)).toBe(16_000)
    // A step that was slept through does not make it more patient.
    patience.begin(now)
    patience.wait(now)
    expect(patience.isOver(now + 50_000)).toBe(false)
    patience.end(now + 50_000)
    now += 50_000
    expect(wait(25)).toBe(16_000)
  })
})
