/**
 * What a trainer computes with: the reference in either precision, or a kernel in float32. Made once; the buffers stay.
 */
import { createFloats } from '../numerics/floats'
import type { Floats, Precision } from '../numerics/floats'
import { clipByNorm } from '../optimisers/clip'
import { createOptimiser, MOMENTS } from '../optimisers/optimiser'
import type { Optimiser, OptimiserSettings } from '../optimisers/optimiser'
import { adamStep } from '../optimisers/optimiser'
import { createNetwork } from '../network'
import type { Random } from '../random/generator'
import type { NetworkState } from '../recurrent/network'
import { createLayout } from '../recurrent/shape'
import type { ModelShape, ParameterLayout } from '../recurrent/shape'
import { Kernel, measureBytes } from './kernel'
import type { KernelCode, Take } from './kernel'
import { createKernelNetwork, layOutNetwork } from './create-kernel-network'

/** The passes that training and validation need of a network. */
export interface TrainableNetwork {
  readonly shape: ModelShape
  readonly layout: ParameterLayout
  readonly createState: () => NetworkState
  readonly forward: (
    values: Floats,
    inputs: ArrayLike<number>,
    state: NetworkState,
    steps?: number,
    dropout?: Random | null,
  ) => void
  readonly carry: (state: NetworkState) => void
  readonly loss: (targets: ArrayLike<number>) => number
  readonly backward: (values: Floats, gradients: Floats, targets: ArrayLike<number>) => void
}

export interface TrainingArithmetic {
  readonly network: TrainableNetwork
  readonly parameters: Floats
  readonly gradients: Floats
  readonly optimiser: Optimiser
  /** @returns the norm before clipping */
  readonly clip: (most: number) => number
  /** A network for one stream, on the same parameters. */
  readonly createReader: (steps: number) => TrainableNetwork
}

export interface ArithmeticSettings {
  readonly shape: ModelShape
  readonly batch: number
  readonly sequence: number
  readonly dropout: number
  readonly optimiser: OptimiserSettings
  readonly precision: Precision
}

export function createReference({
  shape,
  batch,
  sequence,
  dropout,
  optimiser,
  precision,
}: ArithmeticSettings): TrainingArithmetic {
  const network = createNetwork(shape, batch, sequence, precision, dropout)
  const parameters = createFloats(precision, network.layout.size)
  const gradients = createFloats(precision, network.layout.size)
  return {
    network,
    parameters,
    gradients,
    optimiser: createOptimiser(optimiser, parameters),
    clip: (most) => clipByNorm(gradients, most),
    createReader: (steps) => createNetwork(shape, 1, steps, precision),
  }
}

/** The longest window a reader is made for: its buffers are taken in advance. */
export const READER_STEPS = 256

export function createOnKernel(
  { shape, batch, sequence, dropout, optimiser: settings }: ArithmeticSettings,
  code: KernelCode,
): TrainingArithmetic {
  const { size } = createLayout(shape)
  const count = MOMENTS[settings.name]
  const layOut = (take: Take): number[] => Array.from({ length: 2 + count }, () => take(size + 4))
  const bytes = measureBytes((take) => {
    layOut(take)
    layOutNetwork(shape, batch, sequence, take, dropout)
    layOutNetwork(shape, 1, READER_STEPS, take)
  })
  const kernel = new Kernel(code, bytes)
  const [parameters, gradients, ...moments] = layOut(kernel.take).map((pointer) => kernel.floats(pointer, size))
  const network = createKernelNetwork(shape, batch, sequence, kernel, dropout)
  const reader = createKernelNetwork(shape, 1, READER_STEPS, kernel)
  return {
    network: network,
    parameters,
    gradients,
    optimiser: optimiserOn(kernel, settings, parameters, gradients, moments),
    clip: (most) => {
      const norm = Math.sqrt(kernel.run.sumOfSquares(gradients.byteOffset, size))
      const scale = most / (norm + 1e-6)
      if (most > 0 && scale < 1) kernel.run.scaleAll(gradients.byteOffset, size, scale)
      return norm
    },
    createReader: () => reader,
  }
}

/** Adam runs on the kernel; the others are the reference's loops over the kernel's buffers. */
function optimiserOn(
  kernel: Kernel,
  settings: OptimiserSettings,
  parameters: Float32Array,
  gradients: Float32Array,
  moments: readonly Float32Array[],
): Optimiser {
  if (settings.name !== 'adam') return createOptimiser(settings, parameters, moments)
  const n = Math.ceil(parameters.length / 4) * 4
  const [first, second] = moments
  return {
    moments,
    update: (_values, _gradients, rate, step) => {
      const { stepSize, correction } = adamStep(rate, step)
      const { byteOffset: values } = parameters
      kernel.run.adam(values, gradients.byteOffset, first.byteOffset, second.byteOffset, n, stepSize, correction)
    },
  }
}

/** A network that reads one stream, and the parameters it reads with. */
export interface Reader {
  readonly network: TrainableNetwork
  readonly values: Floats
}

/** @param steps of the longest window, at most 256 */
export function createReader(shape: ModelShape, parameters: Float32Array, steps: number, code?: KernelCode): Reader {
  if (!code) return { network: createNetwork(shape, 1, steps, 'float32'), values: parameters }
  const bytes = measureBytes((take) => {
    take(parameters.length)
    layOutNetwork(shape, 1, steps, take)
  })
  const kernel = new Kernel(code, bytes)
  const values = kernel.floats(kernel.take(parameters.length), parameters.length)
  values.set(parameters)
  return { network: createKernelNetwork(shape, 1, steps, kernel), values }
}
