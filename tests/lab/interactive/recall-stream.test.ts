/** A stream that is followed by an eye waits a few sweeps ahead of it; one that nobody follows runs to its end. */
import { setImmediate } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { RecallStream } from '../../../src/lab/interactive/recall-stream'
import { visitsAhead } from '../../../src/shared'
import type { RecallBatch, RecallRequest } from '../../../src/shared'
import { DEFAULT_RECALL } from '../support/patterns'

const ROWS = ['##..', '..##', '#.#.', '.#.#']
const CUE = Int8Array.from({ length: 16 }, (_, i) => (i % 3 === 0 ? 1 : -1))
const SWEEPS = 20_000

const REQUEST: RecallRequest = {
  set: { width: 4, height: 4, patterns: [{ name: 'a', rows: ROWS }] },
  cue: CUE,
  settings: { ...DEFAULT_RECALL, temperature: 1, maxSweeps: SWEEPS },
}

function open(isFollowed: boolean) {
  const stream = new RecallStream('r', REQUEST, isFollowed)
  const batches: RecallBatch[] = []
  const done = stream.run(async (batch) => void batches.push(batch))
  /** Visits so far, when it has come to rest. */
  const sent = async (): Promise<number> => {
    await setImmediate()
    return batches.reduce((sum, { neurons }) => sum + neurons.length, 0)
  }
  return { stream, batches, done, sent }
}

it('stays so far ahead of the eye and no farther, and goes on when the eye does', async () => {
  const ahead = visitsAhead(CUE.length)
  const { stream, batches, done, sent } = open(true)
  expect(await sent()).toBe(ahead)
  stream.follow(1000)
  expect(await sent()).toBe(ahead + 1000)
  stream.follow(10) // an eye that went back
  expect(await sent()).toBe(ahead + 1000)
  expect(batches.every(({ end }) => end === null)).toBe(true)
  stream.follow(SWEEPS * CUE.length)
  await done
  expect(await sent()).toBe(SWEEPS * CUE.length)
  expect(batches.at(-1)?.end).toMatchObject({ sweeps: SWEEPS, converged: false })
})

it('ends when it is stopped while it waits', async () => {
  const { stream, batches, done, sent } = open(true)
  await sent()
  stream.stop()
  await done
  expect(batches.at(-1)?.end).toBeNull()
})

it('that nobody follows has the same visits', async () => {
  const { done, sent } = open(false)
  await done
  expect(await sent()).toBe(SWEEPS * CUE.length)
})
