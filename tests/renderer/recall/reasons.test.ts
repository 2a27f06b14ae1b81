/** What the room says of a field and of a verdict, against the engine that computed them. */
import { describe, expect, it } from 'vitest'
import { createMemory, flipShare, judge, overlap, Random, Recall } from '../../../src/engine'
import { shelfEntry } from '../../../src/renderer/rooms/recall/memory/shelf'
import type { ShelfEntry } from '../../../src/renderer/rooms/recall/memory/shelf'
import { fieldBefore } from '../../../src/renderer/rooms/recall/playback/field-parts'
import { OverlapHistory } from '../../../src/renderer/rooms/recall/playback/overlap-history'
import { PlaybackCursor, RecallTape } from '../../../src/renderer/rooms/recall/playback/recall-playback'
import * as reasons from '../../../src/renderer/rooms/recall/playback/verdict-reasons'
import { toRows } from '../../../src/engine'

const WIDTH = 8
const N = WIDTH * WIDTH
const FLOAT32 = 1e-6 // fields are streamed as float32

function shelf(count: number, seed = 7): ShelfEntry[] {
  const random = Random.fromSeed(seed, 'patterns')
  return Array.from({ length: count }, (_, i) => {
    const values = Int8Array.from({ length: N }, () => (random.uniform() < 0.5 ? 1 : -1))
    return shelfEntry({ name: `p${i}`, rows: toRows(values, WIDTH) }, true)
  })
}
const named = (stored: readonly ShelfEntry[]) => stored.map(({ pattern, values }) => ({ name: pattern.name, values }))

function watch(update: 'asynchronous' | 'synchronous', bias: 'none' | 'hebbian', temperature = 0) {
  const stored = shelf(6)
  const memory = createMemory(named(stored), { rule: 'hebbian', bias, degree: 3, beta: 1 })
  const cue = flipShare(stored[0].values, 0.3, 3)
  const options = { update, temperature, maxSweeps: 5, seed: 2 }
  const recall = new Recall(memory, cue, options)
  const tape = new RecallTape('r', cue, recall.energy, update === 'synchronous')
  while (recall.next()) {
    tape.append({
      neurons: Uint32Array.of(recall.visit.neuron),
      fields: Float32Array.of(recall.visit.field),
      flipped: Uint8Array.of(recall.visit.flipped ? 1 : 0),
      energies: Float64Array.of(recall.visit.energy),
    })
  }
  const patterns = stored.map(({ values }) => values)
  const overlaps = new OverlapHistory(
    tape,
    patterns,
    patterns.map((pattern) => overlap(pattern, cue)),
  )
  overlaps.follow()
  const settings = { rule: 'hebbian', bias, degree: 3, beta: 1, ...options } as const
  return { tape, cursor: new PlaybackCursor(tape), overlaps, stored, settings }
}

describe.each([
  ['asynchronous', 'none', 0],
  ['asynchronous', 'hebbian', 0.5],
  ['synchronous', 'hebbian', 0],
] as const)('the parts of a field, %s, bias %s, temperature %d', (update, bias, temperature) => {
  it.each([true, false])('add up to it at every visit (from the history: %s)', (isQuick) => {
    const watched = watch(update, bias, temperature)
    const { tape, cursor } = watched
    let summed = 0
    for (let index = 0; index < tape.length; index++) {
      cursor.moveTo(index + 1)
      const found = fieldBefore(watched, index, isQuick)
      expect([found.neuron, found.flipped]).toEqual([tape.neuronAt(index), tape.isFlipped(index)])
      if (found.parts.length === 0) continue
      summed += 1
      const sum = found.parts.reduce((total, { value }) => total + value, 0)
      expect(Math.abs(sum - tape.fieldAt(index))).toBeLessThan(FLOAT32)
      expect(found.parts).toHaveLength(bias === 'hebbian' ? 7 : 6)
    }
    const unknown = update === 'synchronous' ? Math.floor(tape.length / N) : 0
    expect(summed).toBe(tape.length - unknown)
  })
})

it('a neuron is told as it was when it felt its field', () => {
  const watched = watch('asynchronous', 'none')
  const { tape, cursor } = watched
  for (let index = 0; index < tape.length; index++) {
    cursor.moveTo(index)
    const before = cursor.state[tape.neuronAt(index)]
    cursor.moveTo(index + 1)
    expect(fieldBefore(watched, index, false).own).toBe(before)
  }
})

describe('why a verdict is what it is', () => {
  it('ranks the patterns as the verdict does', () => {
    const stored = shelf(5)
    const state = stored[3].values.map((value) => -value)
    const [first, second] = reasons.rankByOverlap(stored, state)
    expect([first.name, first.m]).toEqual(['p3', -1])
    expect(Math.abs(second.m)).toBeLessThan(1)
    expect(judge(named(stored), state)).toMatchObject({ kind: 'inverse', pattern: 'p3' })
  })

  it.each([3, 5])('proves a mixture of %d by the sign of the sum of its parts', (count) => {
    const stored = shelf(5)
    const signs = [1, -1, 1, 1, -1].slice(0, count)
    const state = Int8Array.from({ length: N }, (_, i) =>
      signs.reduce((sum, sign, m) => sum + sign * stored[m].values[i], 0) > 0 ? 1 : -1,
    )
    const verdict = judge(named(stored), state)
    expect(verdict.kind).toBe('mixture')
    const ranked = reasons.rankByOverlap(stored, state)
    const parts = ranked.slice(0, verdict.patterns.length)
    expect(parts.map(({ name, m }) => ({ name, sign: m < 0 ? -1 : 1 }))).toEqual(verdict.patterns)
    expect(overlap(reasons.signOfSum(parts), state)).toBeGreaterThanOrEqual(reasons.CLOSE)
    expect(reasons.nearestMixture(ranked, state)).toBeGreaterThanOrEqual(reasons.CLOSE)
  })

  it('knows no mixture of two patterns', () => {
    const stored = shelf(2)
    expect(reasons.nearestMixture(reasons.rankByOverlap(stored, stored[0].values), stored[0].values)).toBeNull()
  })

  it('finds the state a sweep before', () => {
    const { tape } = watch('synchronous', 'none')
    const cursor = new PlaybackCursor(tape)
    cursor.moveTo(N)
    expect(reasons.stateASweepBefore(tape, 2 * N)).toEqual(cursor.state)
  })
})
