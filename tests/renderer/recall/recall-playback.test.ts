/** A tape of visits against the engine that wrote it: the state at every visit, forward, backward and by jumps. */
import { describe, expect, it } from 'vitest'
import { createMemory, flipShare, overlap, Random, Recall } from '../../../src/engine'
import { OverlapHistory } from '../../../src/renderer/rooms/recall/playback/overlap-history'
import { EnergyHistory } from '../../../src/renderer/rooms/recall/playback/energy-history'
import {
  advance,
  FASTEST,
  fittingPace,
  neuronsPerSecond,
  SPEEDS,
} from '../../../src/renderer/rooms/recall/playback/playback-speed'
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

it('goes from one neuron a second to a million and as fast as it goes, a sweep in about a second at first', () => {
  expect(neuronsPerSecond(0)).toBe(1)
  expect(neuronsPerSecond(FASTEST - 1)).toBe(1_000_000)
  expect(neuronsPerSecond(FASTEST)).toBe(Infinity)
  expect([9, 256, 576, 65_536].map((neurons) => SPEEDS[fittingPace(neurons)])).toEqual([5, 200, 500, 50_000])
})

it('loses no part of a visit', () => {
  let carry = 0
  let visits = 0
  for (let i = 0; i < 100; i++) {
    const step = advance(carry, 30, 10)
    carry = step.carry
    visits += step.visits
  }
  expect(visits + carry).toBeCloseTo(30, 9)
  expect(advance(0.5, Infinity, 1)).toEqual({ visits: Infinity, carry: 0 })
})

describe('the history of the energy', () => {
  /** A tape of such energies, the first of the cue, appended in batches of a size that fits nothing. */
  function tapeOf(energies: readonly number[], histories: (tape: RecallTape) => EnergyHistory) {
    const tape = new RecallTape('e', new Int8Array(4).fill(1), energies[0], false)
    const history = histories(tape)
    for (let at = 1; at < energies.length; at += 7777) {
      const some = energies.slice(at, at + 7777)
      tape.append({
        neurons: new Uint32Array(some.length),
        fields: new Float32Array(some.length),
        flipped: new Uint8Array(some.length),
        energies: Float64Array.from(some),
      })
      history.follow()
    }
    return { tape, history }
  }

  it('has every visit of a short recall, before and after the eye', () => {
    const energies = [0, -1, -1, -3, -2, -5]
    const { history } = tapeOf(energies, (tape) => new EnergyHistory(tape))
    const points = (from: number, to: number): (number | undefined)[][] => {
      const { x, y } = history.between(from, to)
      return Array.from(x, (visit, k) => [visit, y[k]])
    }
    expect(points(0, 5)).toEqual(energies.map((energy, visit) => [visit, energy]))
    expect(points(2, 4)).toEqual([
      [2, -1],
      [3, -3],
      [4, -2],
    ])
    expect(points(3, 3)).toEqual([[3, -3]])
  })

  it('keeps each rise and fall of a long one within its room, x ascending', () => {
    const energies = Array.from({ length: 100_000 }, (_, k) => 1 - k / 1000)
    energies[43_210] = 9
    energies[76_543] = -999
    const { history } = tapeOf(energies, (tape) => new EnergyHistory(tape))
    const { x, y } = history.between(0, 99_999)
    expect(x.length).toBeLessThanOrEqual(2 * 2048 + 2)
    expect(Array.from(x).every((visit, k) => k === 0 || visit > x[k - 1])).toBe(true)
    expect(Array.from(x, (visit, k) => energies[visit] === y[k]).every(Boolean)).toBe(true)
    expect([Math.max(...y), Math.min(...y)]).toEqual([9, -999])
    const before = history.between(0, 43_000)
    expect([before.x.at(-1), Math.max(...before.y)]).toEqual([43_000, 1])
    const after = history.between(43_000, 99_999)
    expect([after.x[0], after.x.at(-1), Math.max(...after.y)]).toEqual([43_000, 99_999, 9])
  })
})
