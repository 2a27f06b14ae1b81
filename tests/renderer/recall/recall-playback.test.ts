/** A tape of visits against the engine that wrote it: the state at every visit, forward, backward and by jumps. */
import { describe, expect, it } from 'vitest'
import { createMemory, flipShare, overlap, Random, Recall } from '../../../src/engine'
import { OverlapHistory } from '../../../src/renderer/rooms/recall/playback/overlap-history'
import { advance, neuronsPerSecond } from '../../../src/renderer/rooms/recall/playback/playback-speed'
import {
  nextSweepEnd,
  PlaybackCursor,
  RecallTape,
  sweepAt,
} from '../../../src/renderer/rooms/recall/playback/recall-playback'

const N = 64
const EXACT = 1e-12 // sums of a few hundred whole numbers over 64

function patternsOf(count: number): Int8Array[] {
  const random = Random.fromSeed(7, 'patterns')
  return Array.from({ length: count }, () => Int8Array.from({ length: N }, () => (random.uniform() < 0.5 ? 1 : -1)))
}

/** A recall by the engine, its tape in batches of 50, and the state after every visit. */
function record(update: 'asynchronous' | 'synchronous', temperature = 0) {
  const patterns = patternsOf(4)
  const memory = createMemory(
    patterns.map((values, i) => ({ name: String(i), values })),
    { rule: 'hebbian', bias: 'none', degree: 3, beta: 1 },
  )
  const cue = flipShare(patterns[0], 0.3, 3)
  const recall = new Recall(memory, cue, { update, temperature, maxSweeps: 6, seed: 2 })
  const tape = new RecallTape('r', cue, recall.energy, update === 'synchronous')
  const states = [cue.slice()]
  const visits: { neuron: number; field: number; flipped: boolean; energy: number }[] = []
  while (recall.next()) {
    visits.push({ ...recall.visit })
    states.push(recall.state.slice())
  }
  for (let at = 0; at < visits.length; at += 50) {
    const some = visits.slice(at, at + 50)
    tape.append({
      neurons: Uint32Array.from(some, ({ neuron }) => neuron),
      fields: Float32Array.from(some, ({ field }) => field),
      flipped: Uint8Array.from(some, ({ flipped }) => (flipped ? 1 : 0)),
      energies: Float64Array.from(some, ({ energy }) => energy),
    })
  }
  return { tape, states, patterns, cue }
}

describe.each([
  ['asynchronous', 0],
  ['synchronous', 0],
  ['asynchronous', 0.5],
] as const)('playing a recall that is %s at temperature %d', (update, temperature) => {
  const { tape, states, patterns, cue } = record(update, temperature)

  it('has every visit', () => {
    expect(tape.length).toBe(states.length - 1)
    expect(tape.length).toBeGreaterThan(N)
  })

  it('rebuilds the state at every visit, forward and backward', () => {
    const cursor = new PlaybackCursor(tape)
    for (let k = 0; k <= tape.length; k++) {
      cursor.moveTo(k)
      expect(cursor.state).toEqual(states[k])
    }
    for (let k = tape.length; k >= 0; k--) {
      cursor.moveTo(k)
      expect(cursor.state).toEqual(states[k])
    }
    expect(tape.cue).toEqual(cue)
  })

  it('rebuilds it after jumps, and stays within the tape', () => {
    const cursor = new PlaybackCursor(tape)
    for (const k of [70, 3, tape.length, 65, 64, 63, 0]) {
      cursor.moveTo(k)
      expect(cursor.state).toEqual(states[k])
    }
    cursor.moveTo(Infinity)
    expect(cursor.visit).toBe(tape.length)
    cursor.moveTo(-5)
    expect(cursor.visit).toBe(0)
  })

  it('knows the overlap at every visit', () => {
    const first = patterns.map((pattern) => overlap(pattern, cue))
    const history = new OverlapHistory(tape, patterns, first)
    history.follow()
    for (let k = 0; k <= tape.length; k++) {
      const at = history.countUpTo(k) - 1
      expect(history.visits[at]).toBe(k)
      patterns.forEach((pattern, m) => {
        expect(Math.abs(history.curves[m][at] - overlap(pattern, states[k]))).toBeLessThan(EXACT)
      })
    }
  })
})

it('keeps a long history within its room, its last moment always there', () => {
  const cue = new Int8Array(8).fill(1)
  const tape = new RecallTape('long', cue, 0, false)
  const history = new OverlapHistory(tape, [cue], [1])
  for (let batch = 0; batch < 5; batch++) {
    tape.append({
      neurons: Uint32Array.from({ length: 4000 }, (_, i) => i % 8),
      fields: new Float32Array(4000),
      flipped: new Uint8Array(4000).fill(1),
      energies: new Float64Array(4000),
    })
    history.follow()
  }
  expect(history.length).toBeLessThanOrEqual(4096)
  expect(history.visits[history.length - 1]).toBe(20_000)
  const cursor = new PlaybackCursor(tape)
  for (let i = 0; i < history.length; i++) {
    cursor.moveTo(history.visits[i])
    expect(history.curves[0][i]).toBeCloseTo(overlap(cue, cursor.state), 12)
  }
})

it('counts sweeps from one and knows where the next ends', () => {
  expect([0, 1, 64, 65].map((visit) => sweepAt(visit, 64))).toEqual([0, 1, 1, 2])
  expect([0, 63, 64].map((visit) => nextSweepEnd(visit, 64))).toEqual([64, 64, 128])
})

it('goes from two neurons a second to as fast as it goes, and loses no part of a visit', () => {
  expect(neuronsPerSecond(0)).toBe(2)
  expect(neuronsPerSecond(1)).toBe(Infinity)
  let carry = 0
  let visits = 0
  for (let i = 0; i < 100; i++) {
    const step = advance(carry, 30, 10)
    carry = step.carry
    visits += step.visits
  }
  expect(visits + carry).toBeCloseTo(30, 9)
})
