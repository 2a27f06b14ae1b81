/**
 * What a training costs: how many workers pay, and the memory, as functions of the sizes alone; its time is in ./time. What
 * decides a run's bits (the number of workers) depends on nothing that is measured: docs/decisions/0008-shards.md has the
 * reasoning and the figures.
 */
import { createLayout, gateCount } from '../recurrent/shape'
import type { ModelShape } from '../recurrent/shape'

/** Multiply-adds of matrix products in a nanosecond, by one worker. */
export const PRODUCTS_A_NS = 30
/** Of a parameter, nanoseconds a step: packing, clipping and updating, which every step has once. */
const UPDATE_NS = 3
/** Of a parameter: out of the training worker and into a shard, and its gradient back. */
export const EXCHANGE_NS = 2
/** Of a parameter and a shard: adding its gradient. */
export const ADDITION_NS = 1
/** To wake a shard and to be woken by it. */
export const BARRIER_NS = 60_000
/** Fewer sequences than a tile of the kernels has rows cost as much as a tile. */
const LEAST_SEQUENCES = 4
/** The share of its core's time that a worker has to be of use, against one worker alone. */
const LEAST_USE = 0.75

/** What is looked up and not multiplied where the input is one-hot. */
const GATHERED = new Set(['rnn.weight_ih_l0', 'hidden.0.weight'])

/** What `auto` means. @param cores that the system has */
export function worthwhileWorkers(batch: number, sequence: number, shape: ModelShape, cores: number): number {
  const stepTime = stepTimeOf(batch, sequence, shape)
  const most = Math.min(usableCores(cores), Math.floor(batch / LEAST_SEQUENCES))
  let best = 1
  for (let workers = 2; workers <= most; workers++) {
    const time = stepTime(workers)
    if (time < stepTime(best) && stepTime(1) / time >= LEAST_USE * workers) best = workers
  }
  return best
}

/** Of more than two cores one is left to the page and the system. */
function usableCores(cores: number): number {
  return cores > 2 ? cores - 1 : cores
}

/** Nanoseconds that a step takes about, by so many workers that each have a core. */
function stepTimeOf(batch: number, sequence: number, shape: ModelShape): (workers: number) => number {
  const { tensors, size } = createLayout(shape)
  const weights = tensors.filter(({ name, shape: [, width] }) => {
    return width !== undefined && name !== 'embedding.weight' && (shape.embedding > 0 || !GATHERED.has(name))
  })
  // Forward once, backward for the input and for the weight.
  const products = 3 * sequence * weights.reduce((sum, weight) => sum + weight.size, 0)
  return (workers) => {
    const computed = (Math.ceil(batch / workers) * products) / PRODUCTS_A_NS + size * UPDATE_NS
    if (workers === 1) return computed
    return computed + size * (EXCHANGE_NS + (workers - 1) * ADDITION_NS) + BARRIER_NS
  }
}

const FLOAT_BYTES = 4
/** A thread with its heap, before it computes. */
const THREAD_BYTES = 8 * 1024 * 1024
/** The share of the free memory that a run may take. */
export const MOST_OF_MEMORY = 0.6

/** Parameters, gradients, two moments, the weights packed for the way back, and each parameter's place on a kernel. */
const COPIES = 6

/** What a run of one worker needs at most, in bytes: the parameters' copies and a window of activations. */
export function trainingBytes(shape: ModelShape, batch: number, sequence: number): number {
  const { size: parameters } = createLayout(shape)
  const rows = batch * sequence
  if (shape.cell === 'window') {
    // Each layer's rows with their gradient, mask and masked input; the embedded input with its gradient.
    const width = 4 * shape.layers * shape.hidden + shape.window * (2 * shape.embedding + 1)
    return FLOAT_BYTES * (parameters * COPIES + rows * (2 * shape.vocabulary + width))
  }
  const units = shape.layers * shape.hidden * (2 * gateCount(shape.cell) + 3)
  return FLOAT_BYTES * (parameters * COPIES + rows * (2 * shape.vocabulary + units))
}

/** What the shards but the first need besides: parameters, gradients, the weights packed, places, what they tell; a thread each. */
function shardBytes(parameters: number, workers: number): number {
  if (workers === 1) return 0
  return parameters * FLOAT_BYTES + (workers - 1) * (parameters * 5 * FLOAT_BYTES + THREAD_BYTES)
}

export interface MemoryNeed {
  readonly bytes: number
  /** The setting that takes most of it: the one to lower. */
  readonly field: 'batch' | 'hidden' | 'window' | 'workers'
}

/** What a run takes in all, and which number it is of. @param most bytes that it may take */
export function memoryNeed(
  shape: ModelShape,
  batch: number,
  sequence: number,
  workers: number,
  most: number,
): MemoryNeed {
  const { size: parameters } = createLayout(shape)
  const shards = shardBytes(parameters, workers)
  const alone = trainingBytes(shape, batch, sequence)
  const bytes = alone + shards
  const weights = parameters * COPIES * FLOAT_BYTES
  const ofOne = weights <= alone / 2 ? 'batch' : shape.cell === 'window' ? 'window' : 'hidden'
  // Fewer workers are no way out where even one is too much.
  return { bytes, field: shards > 0 && alone <= most ? 'workers' : ofOne }
}
