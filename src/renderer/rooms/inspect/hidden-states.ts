/** What of a trace can be looked at (hidden state, cell state, gates), cut to one layer and turned for the picture. */
import type { Cell, Trace } from '../../../shared'
import type { LayerValues } from './unit-order'

/** `i f g o` are LSTM's gates, `r z n` GRU's, by PyTorch's letters. */
export const QUANTITIES = ['hidden', 'cell', 'i', 'f', 'g', 'o', 'r', 'z', 'n'] as const
export type Quantity = (typeof QUANTITIES)[number]

const OF_CELL: Readonly<Record<Cell, readonly Quantity[]>> = {
  vanilla: ['hidden'],
  window: ['hidden'],
  lstm: ['hidden', 'cell', 'i', 'f', 'g', 'o'],
  gru: ['hidden', 'r', 'z', 'n'],
}

export function quantitiesOf(cell: Cell): readonly Quantity[] {
  return OF_CELL[cell]
}

/** Gates that let through a share from 0 to 1: they have no sign. */
export function isOpening(quantity: Quantity): boolean {
  return ['i', 'f', 'o', 'r', 'z'].includes(quantity)
}

/** One layer of a quantity. What the cell doesn't have falls back to its hidden state. */
export function layerOf(trace: Trace, quantity: Quantity, layer: number): LayerValues {
  const { cell, gates, hidden, model, tokens } = trace
  const found = quantity === 'hidden' ? hidden : quantity === 'cell' ? cell : gates[quantity]
  return {
    values: found ?? hidden,
    steps: tokens.length,
    layers: model.layers,
    units: model.hidden,
    layer: Math.min(layer, model.layers - 1),
  }
}

/** (H, T) row-major, the units from top to bottom in the given order. */
export function unitsByTime({ values, steps, layers, units, layer }: LayerValues, order: Uint32Array): Float32Array {
  const picture = new Float32Array(units * steps)
  order.forEach((unit, row) => {
    for (let t = 0; t < steps; t++) picture[row * steps + t] = values[(t * layers + layer) * units + unit]
  })
  return picture
}

/** (H) the vector at one step, in the given order. */
export function vectorAt(
  { values, layers, units, layer }: LayerValues,
  order: Uint32Array,
  step: number,
): Float32Array {
  return Float32Array.from(order, (unit) => values[(step * layers + layer) * units + unit])
}

export function euclideanNorm(vector: Float32Array): number {
  return Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0))
}

/** Share of the values that lie within the legend; a cell state that counts upwards would else leave the rest without colour. */
const WITHIN = 0.98

/** The legend's end: 1 for what tanh and the logistic function bound, else a whole number that nearly all values are within. */
export function symmetricLimit(picture: Float32Array): number {
  if (picture.length === 0) return 1
  const amounts = picture.map(Math.abs).sort()
  return Math.max(1, Math.ceil(amounts[Math.ceil(amounts.length * WITHIN) - 1]))
}
