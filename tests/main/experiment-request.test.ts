/** What the page may ask of an experiment, and what is refused at the door. */
import { describe, expect, it } from 'vitest'
import { parseCall } from '../../src/main/ipc/register-calls'
import { errorOf, failureOf } from '../lab/support/errors'

const SET = { width: 2, height: 1, patterns: [{ name: 'a', rows: ['#.'] }] }
const RECALL = {
  rule: 'hebbian',
  update: 'asynchronous',
  bias: 'none',
  degree: 3,
  beta: 1,
  temperature: 0,
  maxSweeps: 100,
  seed: 1,
}
const REQUEST = {
  kind: 'landscape',
  set: { ...SET, patterns: [...SET.patterns, { name: 'b', rows: ['##'] }] },
  settings: RECALL,
  plane: ['a', 'b'],
  resolution: 8,
  cue: { from: 'a', corrupt: 0.5 },
}

describe('what is asked of an experiment', () => {
  const CAPACITY = { kind: 'capacity', neurons: 100, loads: [0.1] }
  const BASIN = { kind: 'basin', set: SET, settings: {}, flips: [0.1] }
  it.each([
    ['nothing', {}],
    ['another kind', { ...REQUEST, kind: 'training' }],
    ['a field of another kind', { ...REQUEST, starts: 3 }],
    ['a plane of one', { ...REQUEST, plane: ['a'] }],
    ['a plane of four', { ...REQUEST, plane: ['a', 'b', 'c', 'd'] }],
    ['a pattern named twice', { ...REQUEST, plane: ['a', 'a'] }],
    ['too fine a grid', { ...REQUEST, resolution: 257 }],
    ['half a point', { ...REQUEST, resolution: 8.5 }],
    ['a cue of both kinds', { ...REQUEST, cue: { from: 'a', corrupt: 0.5, rows: ['#.'] } }],
    ['a cue of other marks', { ...REQUEST, cue: { rows: ['#x'] } }],
    ['more than all turned over', { ...REQUEST, cue: { from: 'a', corrupt: 1.1 } }],
    ['no patterns', { ...REQUEST, set: { ...SET, patterns: [] } }],
    ['a pattern of another size', { ...REQUEST, set: { ...SET, patterns: [{ name: 'a', rows: ['###'] }] } }],
    ['settings it does not know', { ...REQUEST, settings: { ...RECALL, speed: 1 } }],
    ['no loads', { ...CAPACITY, loads: [] }],
    ['a load of nothing', { ...CAPACITY, loads: [0.1, 0] }],
    ['a load that is none', { ...CAPACITY, loads: [NaN] }],
    ['one neuron', { ...CAPACITY, neurons: 1 }],
    ['too many neurons', { ...CAPACITY, neurons: 65_537 }],
    ['too many trials', { ...CAPACITY, loads: new Array(20).fill(0.1), trials: 100_000 }],
    ['a seed too large', { ...CAPACITY, seed: 2 ** 32 }],
    ['patterns beside random ones', { ...CAPACITY, set: SET }],
    ['no shares', { ...BASIN, flips: [] }],
    ['a negative share', { ...BASIN, flips: [-0.1] }],
    ['trials without number', { ...BASIN, trials: Infinity }],
    ['no starts', { kind: 'attractors', set: SET, settings: {}, starts: 0 }],
  ])('with %s is refused', (_what, request) => {
    expect(failureOf(() => parseCall('experiments.start', { request, name: '' }))).toEqual(errorOf('E_INPUT'))
  })

  it('gets what it leaves out', () => {
    const parse = (request: unknown) =>
      (parseCall('experiments.start', { request, name: '' }).parsed as { request: unknown }).request
    expect(parse(CAPACITY)).toMatchObject({ rule: 'hebbian', update: 'asynchronous', trials: 5, cues: 20, seed: 1 })
    expect(parse(BASIN)).toMatchObject({ settings: RECALL, from: null, trials: 100 })
    expect(parse({ kind: 'recall', set: SET, settings: {}, cue: { rows: ['#.'] } })).toMatchObject({ settings: RECALL })
  })
})
