/**
 * What a trainer computes with: the reference in either precision, or a kernel in float32. Made once; the buffers stay.
 */
import { createFloats } from '../numerics/floats'
import type { Floats, Precision } from '../numerics/floats'
import { clipByNorm } from '../optimisers/clip'
import { createOptimiser, MOMENTS } from '../optimisers/optimiser'
import type { Optimiser, OptimiserSettings } from '../optimisers/optimiser'
import { createNetwork } from '../network'
import type { ModelShape } from '../recurrent/shape'
import { Kernel, measureBytes } from './kernel'
import type { KernelCode, Take } from './kernel'
import { createKernelNetwork, createOrder, layOutNetwork, sizeOnKernel } from './create-kernel-network'
import { optimiserOn } from './kernel-optimiser'
import { gatherFrom, scatterInto } from './kernel-order'
import type { TrainableNetwork } from './trainable-network'

/**
 * Parameters, gradients and moments are flat buffers in the arithmetic's own order, which `toLayout` and `fromLayout` change
 * into ParameterLayout's and back. A kernel's are longer: they are padded.
 */
export interface TrainingArithmetic {
  readonly network: TrainableNetwork
  readonly parameters: Floats
  readonly gradients: Floats
  readonly optimiser: Optimiser
  /** A copy of one of those buffers in ParameterLayout's order. */
  readonly toLayout: (own: Floats) => Floats
  /** Sets one of those buffers from values in ParameterLayout's order. */
  readonly fromLayout: (own: Floats, values: ArrayLike<number>) => void
  /** Shortens the gradients, at once or within the next update. @returns the norm before clipping */
  readonly clip: (most: number) => number
  /** A network for one stream, on the same parameters. */
  readonly createReader: (steps: number) => TrainableNetwork
}

export interface ArithmeticSettings {
  readonly shape: ModelShape
  readonly batch: number
  readonly sequence: number
  /** Probability with which dropout sets an element to zero, between layers. */
  readonly dropout: number
  /** The same before the decoder; 0 if absent. */
  readonly decoderDropout?: number
  readonly optimiser: OptimiserSettings
  readonly precision: Precision
}

export function createReference({
  shape,
  batch,
  sequence,
  dropout,
  decoderDropout,
  optimiser,
  precision,
}: ArithmeticSettings): TrainingArithmetic {
  const network = createNetwork(shape, batch, sequence, precision, dropout, decoderDropout)
  const parameters = createFloats(precision, network.layout.size)
  const gradients = createFloats(precision, network.layout.size)
  return {
    network,
    parameters,
    gradients,
    optimiser: createOptimiser(optimiser, parameters),
    toLayout: (own) => own.slice(),
    fromLayout: (own, values) => own.set(values),
    clip: (most) => clipByNorm(gradients, most),
    createReader: (steps) => createNetwork(shape, 1, steps, precision),
  }
}

/** The longest window a reader is made for: its buffers are taken in advance. */
export const READER_STEPS = 256

export function createOnKernel(
  { shape, batch, sequence, dropout, decoderDropout, optimiser: settings }: ArithmeticSettings,
  code: KernelCode,
): TrainingArithmetic {
  const size = sizeOnKernel(shape)
  const count = MOMENTS[settings.name]
  const layOut = (take: Take): number[] => Array.from({ length: 2 + count }, () => take(size))
  const bytes = measureBytes((take) => {
    layOut(take)
    layOutNetwork(shape, batch, sequence, take, dropout, decoderDropout)
    layOutNetwork(shape, 1, READER_STEPS, take)
  })
  const kernel = new Kernel(code, bytes)
  const [parameters, gradients, ...moments] = layOut(kernel.take).map((pointer) => kernel.floats(pointer, size))
  const network = createKernelNetwork(shape, batch, sequence, kernel, dropout, decoderDropout)
  const reader = createKernelNetwork(shape, 1, READER_STEPS, kernel)
  const order = createOrder(shape)
  const { clip, optimiser } = optimiserOn(kernel, settings, parameters, gradients, moments)
  return {
    network,
    parameters,
    gradients,
    optimiser,
    toLayout: (own) => gatherFrom(own, order),
    fromLayout: (own, values) => scatterInto(own, values, order),
    clip,
    createReader: () => reader,
  }
}
