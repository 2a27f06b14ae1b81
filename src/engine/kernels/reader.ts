/** A network that reads one stream with given parameters: on a kernel where there is one, else the reference. */
import { createNetwork } from '../network'
import type { Floats } from '../numerics/floats'
import { gateCount } from '../recurrent/shape'
import type { ModelShape } from '../recurrent/shape'
import { createKernelNetwork, createOrder, layOutNetwork, sizeOnKernel } from './create-kernel-network'
import { Kernel, measureBytes } from './kernel'
import type { KernelCode } from './kernel'
import { scatterInto } from './kernel-order'
import { operationsOfStep } from './operations'
import { READER_STEPS } from './training-arithmetic'
import type { TrainableNetwork } from './trainable-network'

/** Whoever reads asks for windows of at most `network.T` steps: about a hundredth of a second's work. */
export interface Reader {
  readonly network: TrainableNetwork
  /** The parameters it reads with, in its own order. */
  readonly values: Floats
}

/** Multiply-adds of a window, on a kernel and on the reference. */
const KERNEL_PRODUCTS = 40e6
const REFERENCE_PRODUCTS = 4e6
/** The reference turns its weights about for every window, which is worth it only for several steps. */
const LEAST_REFERENCE_STEPS = 8
/** A step's operations: two a multiply-add, forward and twice on the way back. */
const OPERATIONS_A_PRODUCT = 6

/** @param parameters in ParameterLayout's order; the reference reads them where they are */
export function createReader(shape: ModelShape, parameters: Floats, code?: KernelCode): Reader {
  if (!code) {
    return { network: createNetwork(shape, 1, stepsOnReference(shape), 'float32'), values: parameters }
  }
  const steps = stepsOnKernel(shape)
  const size = sizeOnKernel(shape)
  const bytes = measureBytes((take) => {
    take(size)
    layOutNetwork(shape, 1, steps, take)
  })
  const kernel = new Kernel(code, bytes)
  const values = kernel.floats(kernel.take(size), size)
  scatterInto(values, parameters, createOrder(shape))
  return { network: createKernelNetwork(shape, 1, steps, kernel), values }
}

function stepsOnKernel(shape: ModelShape): number {
  const products = operationsOfStep(shape, 1, 1) / OPERATIONS_A_PRODUCT
  return Math.max(1, Math.min(READER_STEPS, Math.floor(KERNEL_PRODUCTS / products)))
}

function stepsOnReference(shape: ModelShape): number {
  if (shape.cell === 'window') return READER_STEPS
  const products = gateCount(shape.cell) * shape.hidden * shape.hidden
  return Math.max(LEAST_REFERENCE_STEPS, Math.min(READER_STEPS, Math.floor(REFERENCE_PRODUCTS / products)))
}
