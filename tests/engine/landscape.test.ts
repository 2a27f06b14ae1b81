/** The section of the energy against vectors of N real numbers and the whole matrix; the path against the recall itself. */
import { describe, expect, it } from 'vitest'
import { createExperiment, createMemory, createTally, Random, Recall } from '../../src/engine'
import type { Landscape, LandscapeSettings, MemorySettings, NamedPattern } from '../../src/engine'
import { drawState } from '../../src/engine/hopfield/experiments/capacity'

const N = 15
const random = Random.fromSeed(3, 'landscape')
const PATTERNS: NamedPattern[] = ['A', 'B', 'C', 'D'].map((name) => ({ name, values: drawState(N, random) }))
const MEMORIES: readonly MemorySettings[] = [
  { rule: 'hebbian', bias: 'none', degree: 3, beta: 1 },
  { rule: 'hebbian', bias: 'hebbian', degree: 3, beta: 1 },
  { rule: 'storkey', bias: 'none', degree: 3, beta: 1 },
  { rule: 'storkey', bias: 'hebbian', degree: 3, beta: 1 },
  { rule: 'pseudo-inverse', bias: 'hebbian', degree: 3, beta: 1 },
  { rule: 'dense', bias: 'none', degree: 3, beta: 1 },
  { rule: 'dense', bias: 'none', degree: 4, beta: 1 },
  { rule: 'modern', bias: 'none', degree: 3, beta: 0.3 },
]
const SETTINGS: LandscapeSettings = {
  kind: 'landscape',
  patterns: PATTERNS,
  memory: MEMORIES[0],
  recall: { update: 'asynchronous', temperature: 0, maxSweeps: 100, seed: 5 },
  plane: [0, 1, 2],
  resolution: 7,
  cue: PATTERNS[0].values.map((value, i) => (i < 3 ? -value : value)),
}

/** Sums of some tens of products of numbers near 1. */
const EXACT = 1e-10

function perform(settings: LandscapeSettings): Landscape & { readonly axes: NonNullable<Landscape['axes']> } {
  const { trials, run } = createExperiment(settings)
  const tally = createTally(settings)
  for (let index = trials - 1; index >= 0; index--) tally.add(index, run(index))
  const result = tally.result()
  if (result.axes === null) throw new Error('no axes')
  return { ...result, axes: result.axes }
}

/** The vector above (x, y), from the places of the patterns alone: weights that add up to 1, or of two that need not. */
function vectorAt(found: ReturnType<typeof perform>, settings: LandscapeSettings, x: number, y: number): number[] {
  const places = found.axes.patterns.slice(0, settings.plane.length)
  const values = settings.plane.map((index) => settings.patterns[index].values)
  const base = settings.plane.length === 3 ? places[0] : { x: 0, y: 0 }
  const [p, q] = settings.plane.length === 3 ? places.slice(1) : places
  const [a, b, c, d] = [p.x - base.x, q.x - base.x, p.y - base.y, q.y - base.y]
  const determinant = a * d - b * c
  const s = ((x - base.x) * d - b * (y - base.y)) / determinant
  const t = (a * (y - base.y) - c * (x - base.x)) / determinant
  const weights = settings.plane.length === 3 ? [1 - s - t, s, t] : [s, t]
  return Array.from({ length: N }, (_, i) => weights.reduce((sum, weight, k) => sum + weight * values[k][i], 0))
}

/** W and b, column by column, from what the fields do when one neuron turns over. */
function wholeMatrix(settings: LandscapeSettings): { W: number[][]; b: number[] } {
  const memory = createMemory(settings.patterns, settings.memory)
  const fieldsOf = (state: Int8Array): number[] => {
    memory.follow(state.slice())
    return Array.from(state, (_, i) => memory.field(i))
  }
  const up = new Int8Array(N).fill(1)
  const all = fieldsOf(up)
  const columns = Array.from({ length: N }, (_, j) => {
    const turned = fieldsOf(up.map((value, i) => (i === j ? -value : value)))
    return all.map((field, i) => (field - turned[i]) / 2)
  })
  const W = Array.from({ length: N }, (_, i) => columns.map((column) => column[i]))
  return { W, b: all.map((field, i) => field - W[i].reduce((sum, weight) => sum + weight, 0)) }
}

function bruteEnergy(settings: LandscapeSettings, s: readonly number[]): number {
  const { rule, degree, beta } = settings.memory
  const products = settings.patterns.map(({ values }) => s.reduce((sum, value, i) => sum + value * values[i], 0))
  if (rule === 'dense') {
    return -N * products.reduce((sum, product) => sum + (product > 0 ? (product / N) ** degree : 0), 0)
  }
  if (rule === 'modern') {
    const total = products.reduce((sum, product) => sum + Math.exp(beta * product), 0)
    const square = s.reduce((sum, value) => sum + value * value, 0)
    return -Math.log(total) / beta + square / 2 + Math.log(products.length) / beta + N / 2
  }
  const { W, b } = wholeMatrix(settings)
  let energy = 0
  for (let i = 0; i < N; i++) {
    for (let j = 0; j < N; j++) energy -= 0.5 * s[i] * W[i][j] * s[j]
    energy -= b[i] * s[i]
  }
  return energy
}

describe.each(
  MEMORIES.flatMap((memory) =>
    [
      [0, 1, 2],
      [3, 1],
    ].map((plane) => ({ memory, plane })),
  ),
)('the landscape of $memory.rule, bias $memory.bias, over $plane', ({ memory, plane }) => {
  const settings = { ...SETTINGS, memory, plane }
  const found = perform(settings)
  const { from, to } = found.axes.x
  const at = (k: number): number => from + ((to - from) * k) / (settings.resolution - 1)

  it('has the energy of the vector at every point, and of the state that it becomes as a cue', () => {
    const fresh = createMemory(PATTERNS, memory)
    for (let row = 0; row < settings.resolution; row++) {
      for (let column = 0; column < settings.resolution; column++) {
        const s = vectorAt(found, settings, at(column), at(row))
        const energy = found.energy[row]?.[column] ?? NaN
        expect(Math.abs(energy - bruteEnergy(settings, s))).toBeLessThan(EXACT * (1 + Math.abs(energy)))
        if (s.some((value) => Math.abs(value) < EXACT)) continue // either sign is right there
        fresh.follow(Int8Array.from(s, (value) => (value < 0 ? -1 : 1)))
        expect(found.bipolar[row]?.[column]).toBeCloseTo(fresh.energy(), 10)
      }
    }
  })

  it('begins at the cue and ends where the recall does, seen from straight above', () => {
    const recall = new Recall(createMemory(PATTERNS, memory), settings.cue, settings.recall)
    const wholeSweeps = [{ state: recall.state.slice(), energy: recall.energy }]
    while (recall.next()) {
      if (recall.sweeps === wholeSweeps.length) {
        wholeSweeps.push({ state: recall.state.slice(), energy: recall.energy })
      }
    }
    const path = found.path.filter(({ sweep }) => Number.isInteger(sweep))
    expect(path.map(({ sweep }) => sweep)).toEqual(wholeSweeps.map((_, sweep) => sweep))
    path.forEach(({ x, y, energy }, k) => {
      expect(energy).toBe(wholeSweeps[k].energy)
      const above = vectorAt(found, settings, x, y)
      const away = Array.from(wholeSweeps[k].state, (value, i) => value - above[i])
      for (const [right, up] of [
        [1, 0],
        [0, 1],
      ]) {
        const along = vectorAt(found, settings, x + right, y + up)
        const dot = away.reduce((sum, value, i) => sum + value * (along[i] - above[i]), 0)
        expect(Math.abs(dot)).toBeLessThan(EXACT)
      }
    })
    const sweeps = found.path.map(({ sweep }) => sweep)
    expect(sweeps).toEqual([...sweeps].sort((a, b) => a - b))
  })
})

describe('the plane', () => {
  const distance = (a: Int8Array, b: Int8Array) => Math.sqrt(a.reduce((sum, v, i) => sum + (v - b[i]) ** 2, 0) / N)

  it('keeps distances, has the first pattern on its x axis and the second above it', () => {
    for (const plane of [
      [0, 1, 2],
      [2, 0, 3],
      [1, 3],
    ]) {
      const { axes } = perform({ ...SETTINGS, plane })
      const places = axes.patterns.slice(0, plane.length)
      expect(Math.abs(places[0].y)).toBeLessThan(EXACT)
      expect(places[0].x).toBeGreaterThan(0)
      expect(places[1].y).toBeGreaterThan(0)
      for (const [k, first] of places.entries()) {
        expect(first.name).toBe(PATTERNS[plane[k]].name)
        // Every pattern is as far from zero as any other: the squares of what lies in the plane and across it add up to 1.
        expect(first.x ** 2 + first.y ** 2 + axes.distance ** 2).toBeCloseTo(1, 12)
        for (const [l, second] of places.entries()) {
          const here = Math.hypot(first.x - second.x, first.y - second.y)
          expect(here).toBeCloseTo(distance(PATTERNS[plane[k]].values, PATTERNS[plane[l]].values), 12)
        }
      }
    }
  })

  it('of two holds their inverses and the zero vector', () => {
    const { axes } = perform({ ...SETTINGS, plane: [1, 3] })
    expect(axes.patterns.map(({ name, sign }) => [name, sign])).toEqual([
      ['B', 1],
      ['D', 1],
      ['B', -1],
      ['D', -1],
    ])
    expect(axes.distance).toBeLessThan(EXACT)
    expect(axes.patterns[2].x).toBe(-axes.patterns[0].x)
  })

  it('needs more than a pattern and its inverse, for which a third will do', () => {
    const inverse = { name: 'not A', values: PATTERNS[0].values.map((value) => -value) }
    const patterns = [PATTERNS[0], inverse, PATTERNS[1]]
    expect(() => perform({ ...SETTINGS, patterns, plane: [0, 1] })).toThrow(
      /E_PATTERN_PLANE.*"first":"A","second":"not A"/,
    )
    const { axes } = perform({ ...SETTINGS, patterns, plane: [0, 1, 2] })
    expect(axes.patterns.map(({ x }) => x)).toEqual([
      expect.closeTo(1, 12),
      expect.closeTo(-1, 12),
      expect.any(Number) as number,
    ])
    expect(axes.patterns[2].y).toBeGreaterThan(0)
  })

  it('is seen again and again in a sweep of an asynchronous recall, once in a synchronous one', () => {
    const values = drawState(64, random)
    const patterns = [PATTERNS[0], PATTERNS[1]].map(({ name }) => ({ name, values: drawState(64, random) }))
    const settings = { ...SETTINGS, patterns, plane: [0, 1], cue: values }
    const fine = perform(settings).path
    expect(fine.filter(({ sweep }) => sweep > 0 && sweep < 1).length).toBeGreaterThan(5)
    const whole = perform({ ...settings, recall: { ...SETTINGS.recall, update: 'synchronous' } }).path
    expect(whole.every(({ sweep }) => Number.isInteger(sweep))).toBe(true)
  })

  it('is not there before its first trial, and a row is null before its own', () => {
    const { run } = createExperiment(SETTINGS)
    const tally = createTally(SETTINGS)
    expect(tally.result()).toMatchObject({ axes: null, path: [], energy: new Array(7).fill(null) })
    tally.add(3, run(3))
    expect(tally.result().energy.map((row) => row?.length ?? null)).toEqual([null, null, 7, null, null, null, null])
  })
})
