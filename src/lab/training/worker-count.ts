/**
 * How many workers share a batch. What `auto` means is a function of the configuration and the number of cores alone,
 * because the number of workers decides a run's bits: docs/decisions/0008-shards.md has the reasoning and the figures.
 */
import { createLayout } from '../../engine'
import type { ModelShape } from '../../engine'
import { LabError } from '../../shared'
import type { RunConfiguration } from '../../shared'

/** Multiply-adds of matrix products in a nanosecond, by one worker. */
const PRODUCTS_A_NS = 30
/** Of a parameter, nanoseconds a step: packing, clipping and updating, which every step has once. */
const UPDATE_NS = 3
/** Of a parameter: out of the training worker and into a shard, and its gradient back. */
const EXCHANGE_NS = 2
/** Of a parameter and a shard: adding its gradient. */
const ADDITION_NS = 1
/** To wake a shard and to be woken by it. */
const BARRIER_NS = 60_000
/** Fewer sequences than a tile of the kernels has rows cost as much as a tile. */
const LEAST_SEQUENCES = 4
/** The share of its core's time that a worker has to be of use, against one worker alone. */
const LEAST_USE = 0.75

/** What is looked up and not multiplied where the input is one-hot. */
const GATHERED = new Set(['rnn.weight_ih_l0', 'hidden.0.weight'])

type Sharing = Pick<RunConfiguration, 'workers' | 'batch' | 'sequence'>

/** @param cores that the system has. @throws LabError E_CONFIGURATION for more workers than sequences */
export function countWorkers({ workers, batch, sequence }: Sharing, shape: ModelShape, cores: number): number {
  if (workers === 'auto') return worthwhileWorkers(batch, sequence, shape, cores)
  if (workers > batch) {
    throw new LabError('E_CONFIGURATION', { option: '--workers', expected: `at most --batch ${batch}`, value: workers })
  }
  return workers
}

function worthwhileWorkers(batch: number, sequence: number, shape: ModelShape, cores: number): number {
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
