/**
 * The room's own way to a recall, from the call that the page makes to the states that it rebuilds from the visits: every
 * rule, and the linear ones with their bias, against NumPy (reference/hopfield.json), updated synchronously.
 */
import { expect, it } from 'vitest'
import { toRows } from '../../../src/engine'
import type { Lab } from '../../../src/lab'
import { PlaybackCursor, RecallTape } from '../../../src/renderer/rooms/recall/playback/recall-playback'
import type { RecallBatch, RecallRequest, RecallSettings } from '../../../src/shared'
import { readReference } from '../../engine/support/reference'
import { DEFAULT_RECALL } from '../support/patterns'
import { openTestLab } from '../support/test-lab'

interface Case {
  readonly neurons: number
  readonly patterns: readonly (readonly number[])[]
  readonly cue: readonly number[]
  readonly weights: Readonly<Record<string, readonly (readonly number[])[]>>
  readonly hebbianBias: readonly number[]
  readonly synchronous: Readonly<Record<string, Trajectory>>
}
interface Trajectory {
  readonly states: readonly (readonly number[])[]
  readonly energy: readonly number[]
}

/** Float64 sums in another order than NumPy's, a neuron. */
const ROUNDING = 1e-10
const SWEEPS = 20
const BASE: RecallSettings = { ...DEFAULT_RECALL, update: 'synchronous', maxSweeps: SWEEPS }

/** As the reference names them. */
const SETTINGS: Readonly<Record<string, Partial<RecallSettings>>> = {
  hebbian: {},
  storkey: { rule: 'storkey' },
  'pseudo-inverse': { rule: 'pseudo-inverse' },
  'hebbian+bias': { bias: 'hebbian' },
  'dense degree 2': { rule: 'dense', degree: 2 },
  'dense degree 3': { rule: 'dense', degree: 3 },
  'dense degree 5': { rule: 'dense', degree: 5 },
  'modern beta 0.5': { rule: 'modern', beta: 0.5 },
  'modern beta 0.05': { rule: 'modern', beta: 0.05 },
}

async function followed(lab: Lab, request: RecallRequest): Promise<RecallTape> {
  const early: RecallBatch[] = []
  let tape: RecallTape | null = null
  const ended = new Promise<void>((done) => {
    const take = (batch: RecallBatch): void => {
      if (tape === null) early.push(batch)
      else {
        tape.append(batch)
        if (batch.end) done()
      }
    }
    lab.listen({ recall: take })
    void lab.recall.start(request, true).then(({ recall, energy }) => {
      tape = new RecallTape(recall, request.cue, energy, true)
      early.forEach(take)
    })
  })
  await ended
  if (tape === null) throw new Error('the recall never began')
  return tape
}

/** W and b that NumPy computed, updated together until nothing changes or it goes to and fro. */
function biasedTrajectory({ weights, hebbianBias: b, cue }: Case, rule: string): Trajectory {
  const field = (s: readonly number[], i: number): number =>
    weights[rule][i].reduce((sum, w, j) => sum + w * s[j], b[i])
  const energyOf = (s: readonly number[]): number =>
    s.reduce((sum, value, i) => sum - 0.5 * value * (field(s, i) + b[i]), 0)
  const states = [cue]
  while (states.length <= SWEEPS) {
    const s = states[states.length - 1]
    const next = s.map((value, i) => (Math.abs(field(s, i)) < 1e-12 ? value : Math.sign(field(s, i))))
    states.push(next)
    if (next.join() === s.join() || next.join() === states.at(-3)?.join()) break
  }
  return { states, energy: states.map(energyOf) }
}

async function expectTrajectory(lab: Lab, reference: Case, changes: Partial<RecallSettings>, expected: Trajectory) {
  const { neurons: N, patterns, cue } = reference
  const named = patterns.map((values, m) => ({ name: `p${m}`, rows: toRows(Int8Array.from(values), N) }))
  const set = { width: N, height: 1, patterns: named }
  const tape = await followed(lab, { set, cue: Int8Array.from(cue), settings: { ...BASE, ...changes } })
  const cursor = new PlaybackCursor(tape)
  const sweeps = tape.length / N
  expect(sweeps).toBeGreaterThan(0)
  for (let sweep = 0; sweep <= sweeps; sweep++) {
    const at = Math.min(sweep, expected.states.length - 1)
    cursor.moveTo(sweep * N)
    expect(Array.from(cursor.state)).toEqual(expected.states[at])
    expect(Math.abs(tape.energyAfter(sweep * N) - expected.energy[at])).toBeLessThan(ROUNDING * N)
  }
  expect(sweeps).toBeGreaterThanOrEqual(Math.min(2, expected.states.length - 1))
}

const { cases } = readReference<{ cases: Case[] }>('hopfield.json')

it.each(cases.map((reference) => [reference.neurons, reference.patterns.length, reference] as const))(
  '%d neurons, %d patterns: every rule by the room’s own calls is NumPy’s',
  async (_neurons, _patterns, reference) => {
    const { lab } = await openTestLab()
    expect(Object.keys(reference.synchronous).sort()).toEqual(Object.keys(SETTINGS).sort())
    for (const [name, trajectory] of Object.entries(reference.synchronous)) {
      await expectTrajectory(lab, reference, SETTINGS[name], trajectory)
    }
    for (const rule of ['storkey', 'pseudo-inverse'] as const) {
      await expectTrajectory(lab, reference, { rule, bias: 'hebbian' }, biasedTrajectory(reference, rule))
    }
  },
)
