/** Clipping and the optimisers on a kernel: what clipping shortens gradients by goes into the update, not into a pass. */
import type { Floats } from '../numerics/floats'
import { adamCorrection, adamStepSize, EPSILON } from '../optimisers/optimiser'
import type { Optimiser, OptimiserSettings } from '../optimisers/optimiser'
import type { Kernel } from './kernel'
import type { KernelFunctions } from './kernel-functions'

export interface KernelOptimiser {
  readonly optimiser: Optimiser
  /** @returns the norm; the next update takes the gradients as short as `most` */
  readonly clip: (most: number) => number
}

type Update = (scale: number, rate: number, step: number) => void

/** @param moments as many as the optimiser keeps, of the parameters' length, a multiple of sixteen */
export function optimiserOn(
  { run }: Kernel,
  settings: OptimiserSettings,
  parameters: Float32Array,
  gradients: Float32Array,
  moments: readonly Float32Array[],
): KernelOptimiser {
  const { length: n } = parameters
  const pointers = moments.map((moment) => moment.byteOffset)
  const apply = updateOf(run, settings, [parameters.byteOffset, gradients.byteOffset, ...pointers], n)
  let scale = 1
  return {
    clip: (most) => {
      const norm = Math.sqrt(run.sumOfSquares(gradients.byteOffset, n))
      const shorter = most / (norm + 1e-6)
      scale = most > 0 && shorter < 1 ? shorter : 1
      return norm
    },
    optimiser: {
      moments,
      update: (_values: Floats, _gradients: Floats, rate, step) => apply(scale, rate, step),
    },
  }
}

function updateOf(
  run: KernelFunctions,
  { name, momentum, alpha, weightDecay }: OptimiserSettings,
  [values, gradients, first, second]: readonly number[],
  n: number,
): Update {
  switch (name) {
    case 'sgd':
      return (scale, rate) => run.sgd(values, gradients, n, scale, rate)
    case 'momentum':
      return (scale, rate) => run.momentum(values, gradients, first, n, scale, rate, momentum)
    case 'rmsprop':
      return (scale, rate) => run.rmsprop(values, gradients, first, n, scale, rate, alpha, 1 - alpha)
    case 'adagrad':
      return (scale, rate) => run.rmsprop(values, gradients, first, n, scale, rate, 1, 1)
    case 'adam':
    case 'adamw':
      return (scale, rate, step) => {
        const correction = adamCorrection(step)
        const stepSize = adamStepSize(rate, step) * correction
        const keep = name === 'adamw' ? 1 - rate * weightDecay : 1
        run.adam(values, gradients, first, second, n, scale, stepSize, EPSILON * correction, keep)
      }
  }
}
