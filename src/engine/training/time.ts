/**
 * How long a training takes about, as a function of the sizes alone, on a machine that multiplies as fast as the one the
 * figures are of: to be divided by a measured pace. Fitted to the processor time of twenty sizes from 32 to 512 units, of
 * which it told every one within an eighth. Nothing that decides a bit depends on it.
 */
import { productsOfStep } from '../kernels/operations'
import { log } from '../numerics/elementary'
import { createLayout, gateCount } from '../recurrent/shape'
import type { ModelShape } from '../recurrent/shape'
import { ADDITION_NS, BARRIER_NS, EXCHANGE_NS, PRODUCTS_A_NS } from './cost'

/** Of an element that an activation or the softmax passes over, nanoseconds, both ways. */
const ELEMENT_NS = 2
/** Of a parameter, a step: packing, clipping and updating. */
const UPDATE_NS = 2
/** Of a layer's time step, whatever its size: the calls. */
const CALL_NS = 300
/** Of an element of a row that is looked up for each token of a window, and given its gradient. */
const GATHER_NS = 0.1
/** Bytes of weights that stay near the processor; every doubling beyond makes its products slower by so much. */
const NEAR_BYTES = 256 * 1024
const FAR_SHARE = 0.08
/** One stream at a time fills a tile of the kernels badly. */
const ALONE = 1.3
/** Of an element, on the way forward. */
const FORWARD_ELEMENT_NS = 1

/** Of a step by so many workers that each have a core. */
export function stepNanoseconds(shape: ModelShape, batch: number, sequence: number, workers = 1): number {
  const share = Math.ceil(batch / workers)
  const { size } = createLayout(shape)
  const meeting = workers === 1 ? 0 : size * (EXCHANGE_NS + (workers - 1) * ADDITION_NS) + BARRIER_NS
  const passedOver = share * sequence * (elementsOf(shape) * ELEMENT_NS + gatheredOf(shape) * GATHER_NS)
  const calls = sequence * shape.layers * CALL_NS
  return (
    multiplied(shape, share, sequence) * nanosecondsAProduct(size) + passedOver + size * UPDATE_NS + calls + meeting
  )
}

/** Of reading held-out text as one stream. */
export function validationNanoseconds(shape: ModelShape, tokens: number): number {
  const products = (multiplied(shape, 1, 1) / 3) * ALONE * nanosecondsAProduct(createLayout(shape).size)
  return tokens * (products + elementsOf(shape) * FORWARD_ELEMENT_NS)
}

/** Multiply-adds of a step. */
function multiplied(shape: ModelShape, batch: number, sequence: number): number {
  return productsOfStep(shape, batch, sequence).reduce((sum, { M, N, K, times }) => sum + M * N * K * times, 0)
}

function nanosecondsAProduct(parameters: number): number {
  const far = Math.max(1, (4 * parameters) / NEAR_BYTES)
  return (1 + (FAR_SHARE * log(far)) / Math.LN2) / PRODUCTS_A_NS
}

/** Activations and scores of a token. */
function elementsOf(shape: ModelShape): number {
  const gates = shape.cell === 'window' ? 1 : gateCount(shape.cell)
  return shape.vocabulary + shape.layers * shape.hidden * gates
}

function gatheredOf(shape: ModelShape): number {
  return shape.cell === 'window' && shape.embedding === 0 ? shape.window * shape.hidden : 0
}
