/** One layer cut out of (T, L, H), turned to units × time steps, in either order. */
import { describe, expect, it } from 'vitest'
import {
  euclideanNorm,
  layerOf,
  quantitiesOf,
  symmetricLimit,
  unitsByTime,
  vectorAt,
} from '../../../src/renderer/rooms/inspect/hidden-states'
import { orderUnits, peakSteps } from '../../../src/renderer/rooms/inspect/unit-order'
import { createTrace } from './fixture'

/** T = 2, L = 3, H = 4, each value telling its own place. */
const deep = () =>
  createTrace({
    model: { ...createTrace().model, cell: 'lstm', layers: 3, hidden: 4 },
    tokens: ['a', 'b'],
    hidden: Float32Array.from({ length: 24 }, (_, i) => i),
    cell: Float32Array.from({ length: 24 }, (_, i) => -i),
    gates: { f: Float32Array.from({ length: 24 }, (_, i) => i / 24) },
  })

describe('hidden states', () => {
  it('are cut to a layer and turned, a row a unit', () => {
    const picture = unitsByTime(layerOf(deep(), 'hidden', 1), Uint32Array.of(0, 1, 2, 3))
    expect([...picture]).toEqual([4, 16, 5, 17, 6, 18, 7, 19])
  })

  it('follow the order of the units, in the picture and in the vector', () => {
    const order = Uint32Array.of(3, 2, 1, 0)
    expect([...unitsByTime(layerOf(deep(), 'hidden', 0), order)].slice(0, 2)).toEqual([3, 15])
    expect([...vectorAt(layerOf(deep(), 'hidden', 2), order, 1)]).toEqual([23, 22, 21, 20])
  })

  it('show cell state and gates where there are any, the hidden state otherwise, and no layer too many', () => {
    expect(layerOf(deep(), 'cell', 0).values[5]).toBe(-5)
    expect(layerOf(deep(), 'f', 0).values[12]).toBe(0.5)
    expect(layerOf(deep(), 'z', 0).values[5]).toBe(5)
    expect(layerOf(deep(), 'hidden', 9).layer).toBe(2)
    expect(quantitiesOf('gru')).toEqual(['hidden', 'r', 'z', 'n'])
  })

  it('have a limit that is symmetric and a whole number', () => {
    expect(symmetricLimit(Float32Array.of(0.2, -0.4))).toBe(1)
    expect(symmetricLimit(Float32Array.of(0.2, -2.4))).toBe(3)
    expect(symmetricLimit(new Float32Array())).toBe(1)
    expect(euclideanNorm(Float32Array.of(3, -4))).toBe(5)
  })
})

describe('the limit', () => {
  it('is not set by one unit that counts upwards', () => {
    const values = Float32Array.from({ length: 100 }, (_, i) => (i === 50 ? 60 : 1.5))
    expect(symmetricLimit(values)).toBe(2)
  })
})

describe('order of the units', () => {
  it('goes by the step of the greatest amount, whatever its sign; equals stay by number', () => {
    const values = Float32Array.of(0.1, 0.9, -0.2, /* t = 1 */ -0.8, 0.9, 0.1)
    const layer = { values, steps: 2, layers: 1, units: 3, layer: 0 }
    expect([...peakSteps(layer)]).toEqual([1, 0, 0])
    expect([...orderUnits(layer, 'peak')]).toEqual([1, 2, 0])
    expect([...orderUnits(layer, 'index')]).toEqual([0, 1, 2])
  })
})
