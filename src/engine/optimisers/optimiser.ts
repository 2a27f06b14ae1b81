/**
 * SGD, momentum, RMSprop, Adagrad, Adam and AdamW with PyTorch's formulas and order of operations, on flat buffers.
 * Sources: Polyak 1964; Tieleman and Hinton 2012; Duchi and others 2011; Kingma and Ba 2015; Loshchilov and Hutter 2019.
 */
import { power } from '../numerics/elementary'
import type { Floats } from '../numerics/floats'

export type OptimiserName = 'sgd' | 'momentum' | 'rmsprop' | 'adagrad' | 'adam' | 'adamw'

export interface OptimiserSettings {
  readonly name: OptimiserName
  /** momentum */
  readonly momentum: number
  /** rmsprop's decay */
  readonly alpha: number
  /** adamw */
  readonly weightDecay: number
}

const BETA_1 = 0.9
const BETA_2 = 0.999
export const EPSILON = 1e-8

/** How many buffers of the parameters' size each keeps. */
export const MOMENTS: Readonly<Record<OptimiserName, number>> = {
  sgd: 0,
  momentum: 1,
  rmsprop: 1,
  adagrad: 1,
  adam: 2,
  adamw: 2,
}

export interface Optimiser {
  readonly moments: readonly Floats[]
  /** Updates the parameters. @param step from 1 */
  readonly update: (values: Floats, gradients: Floats, learningRate: number, step: number) => void
}

type Rule = (
  values: Floats,
  gradients: Floats,
  moments: readonly Floats[],
  rate: number,
  step: number,
  settings: OptimiserSettings,
) => void

const sgd: Rule = (values, gradients, _moments, rate) => {
  for (let i = 0; i < values.length; i++) values[i] -= rate * gradients[i]
}

const momentum: Rule = (values, gradients, [velocity], rate, _step, settings) => {
  for (let i = 0; i < values.length; i++) {
    velocity[i] = settings.momentum * velocity[i] + gradients[i]
    values[i] -= rate * velocity[i]
  }
}

const rmsprop: Rule = (values, gradients, [square], rate, _step, { alpha }) => {
  for (let i = 0; i < values.length; i++) {
    square[i] = alpha * square[i] + (1 - alpha) * gradients[i] * gradients[i]
    values[i] -= (rate * gradients[i]) / (Math.sqrt(square[i]) + EPSILON)
  }
}

const adagrad: Rule = (values, gradients, [square], rate) => {
  for (let i = 0; i < values.length; i++) {
    square[i] += gradients[i] * gradients[i]
    values[i] -= (rate * gradients[i]) / (Math.sqrt(square[i]) + EPSILON)
  }
}

/** η, corrected for Adam's first moment having begun at zero. @param step from 1 */
export const adamStepSize = (rate: number, step: number): number => rate / (1 - power(BETA_1, step))

/** By which the root of the second moment is divided, for the same. @param step from 1 */
export const adamCorrection = (step: number): number => Math.sqrt(1 - power(BETA_2, step))

const adam: Rule = (values, gradients, [first, second], rate, step) => {
  const stepSize = adamStepSize(rate, step)
  const correction = adamCorrection(step)
  for (let i = 0; i < values.length; i++) {
    first[i] = BETA_1 * first[i] + (1 - BETA_1) * gradients[i]
    second[i] = BETA_2 * second[i] + (1 - BETA_2) * gradients[i] * gradients[i]
    values[i] -= (stepSize * first[i]) / (Math.sqrt(second[i]) / correction + EPSILON)
  }
}

const adamw: Rule = (values, gradients, moments, rate, step, settings) => {
  const keep = 1 - rate * settings.weightDecay
  for (let i = 0; i < values.length; i++) values[i] *= keep
  adam(values, gradients, moments, rate, step, settings)
}

const RULES: Readonly<Record<OptimiserName, Rule>> = { sgd, momentum, rmsprop, adagrad, adam, adamw }

/** @param like a buffer of the parameters' length and precision; @param moments buffers to use, where they lie elsewhere */
export function createOptimiser(
  settings: OptimiserSettings,
  like: Floats,
  moments: readonly Floats[] = Array.from({ length: MOMENTS[settings.name] }, () =>
    like instanceof Float32Array ? new Float32Array(like.length) : new Float64Array(like.length),
  ),
): Optimiser {
  const rule = RULES[settings.name]
  return { moments, update: (values, gradients, rate, step) => rule(values, gradients, moments, rate, step, settings) }
}
