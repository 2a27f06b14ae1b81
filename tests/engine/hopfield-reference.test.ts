/** Every rule against NumPy: weights, bias, synchronous trajectories and energies. */
import { describe, expect, it } from 'vitest'
import { hebbianBias } from '../../src/engine/hopfield/linear'
import { createMemory } from '../../src/engine/hopfield/memory'
import type { MemorySettings } from '../../src/engine/hopfield/memory'
import { Recall } from '../../src/engine/hopfield/recall'
import { storkeyWeights } from '../../src/engine/hopfield/storkey'
import { readReference } from './support/reference'

interface Case {
  neurons: number
  patterns: number[][]
  cue: number[]
  weights: Record<string, number[][]>
  hebbianBias: number[]
  synchronous: Record<string, { states: number[][]; energy: number[] }>
}

/** Float64 sums in another order than NumPy's. */
const ROUNDING = 1e-10

const SETTINGS: Record<string, MemorySettings> = {
  hebbian: { rule: 'hebbian', bias: 'none', degree: 3, beta: 1 },
  storkey: { rule: 'storkey', bias: 'none', degree: 3, beta: 1 },
  'pseudo-inverse': { rule: 'pseudo-inverse', bias: 'none', degree: 3, beta: 1 },
  'hebbian+bias': { rule: 'hebbian', bias: 'hebbian', degree: 3, beta: 1 },
  'dense degree 2': { rule: 'dense', bias: 'none', degree: 2, beta: 1 },
  'dense degree 3': { rule: 'dense', bias: 'none', degree: 3, beta: 1 },
  'dense degree 5': { rule: 'dense', bias: 'none', degree: 5, beta: 1 },
  'modern beta 0.5': { rule: 'modern', bias: 'none', degree: 3, beta: 0.5 },
  'modern beta 0.05': { rule: 'modern', bias: 'none', degree: 3, beta: 0.05 },
}

describe('NumPy (reference/hopfield.json)', () => {
  const cases = readReference<{ cases: Case[] }>('hopfield.json').cases

  for (const [index, reference] of cases.entries()) {
    const N = reference.neurons
    const patterns = reference.patterns.map((values, m) => ({ name: `p${m}`, values: Int8Array.from(values) }))
    const label = `${N} neurons, ${patterns.length} patterns`

    it(`${label}: Storkey's weights and the Hebbian bias`, () => {
      const values = patterns.map((pattern) => pattern.values)
      const weights = storkeyWeights(values, N)
      reference.weights.storkey.flat().forEach((w, k) => expect(Math.abs(weights[k] - w)).toBeLessThan(ROUNDING))
      expect(Array.from(hebbianBias(values, N))).toEqual(reference.hebbianBias.map((b) => expect.closeTo(b, 12)))
    })

    for (const name of ['hebbian', 'storkey', 'pseudo-inverse']) {
      it(`${label}: fields of ${name} are those of its matrix, state by state`, () => {
        const memory = createMemory(patterns, SETTINGS[name])
        const state = Int8Array.from(reference.cue)
        memory.follow(state)
        for (let flip = 0; flip < 2 * N; flip++) {
          for (let i = 0; i < N; i++) {
            const expected = reference.weights[name][i].reduce((sum, w, j) => sum + w * state[j], 0)
            expect(Math.abs(memory.field(i) - expected)).toBeLessThan(ROUNDING)
          }
          memory.flip((flip * 7) % N)
        }
      })
    }

    for (const [name, trajectory] of Object.entries(reference.synchronous)) {
      it(`${label}: ${name} recalls the same states (case ${index})`, () => {
        const memory = createMemory(patterns, SETTINGS[name])
        const options = { update: 'synchronous' as const, temperature: 0, maxSweeps: 20, seed: 1 }
        const recall = new Recall(memory, Int8Array.from(reference.cue), options)
        expect(Math.abs(recall.energy - trajectory.energy[0])).toBeLessThan(ROUNDING * N)
        for (let sweep = 1; sweep < trajectory.states.length && !recall.done; sweep++) {
          while (recall.sweeps < sweep && recall.next());
          expect(Array.from(recall.state)).toEqual(trajectory.states[sweep])
          expect(Math.abs(recall.energy - trajectory.energy[sweep])).toBeLessThan(ROUNDING * N)
        }
        expect(recall.done).toBe(true)
        expect(Array.from(recall.state)).toEqual(
          trajectory.states[Math.min(recall.sweeps, trajectory.states.length - 1)],
        )
      })
    }
  }
})
