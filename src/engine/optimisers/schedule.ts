/** The learning rate of a step: constant, cosine (Loshchilov and Hutter 2017) or in steps, after a linear warm-up. */
import { cosPi, power } from '../numerics/elementary'

export interface Schedule {
  readonly name: 'constant' | 'cosine' | 'step'
  readonly learningRate: number
  /** Steps over which the rate rises from 0. */
  readonly warmUp: number
  /** Steps in all that the schedule is made for; beyond them the last rate holds. */
  readonly totalSteps: number
  readonly decayEvery: number
  readonly decay: number
  /** Rates that took the place of the first while it trained, in the order of their steps. */
  readonly changes?: readonly RateChange[]
}

/** From the step after this one on, everything the schedule does it does to this rate. */
export interface RateChange {
  readonly after: number
  readonly learningRate: number
}

/** The rate that the schedule is made of at a step. */
function baseRateAt({ learningRate, changes = [] }: Schedule, step: number): number {
  return changes.reduce((rate, change) => (change.after < step ? change.learningRate : rate), learningRate)
}

/** @param step from 1 */
export function learningRateAt(schedule: Schedule, step: number): number {
  const { warmUp } = schedule
  const learningRate = baseRateAt(schedule, step)
  if (step <= warmUp) return (learningRate * step) / warmUp
  const done = Math.min(step, schedule.totalSteps) - warmUp
  if (schedule.name === 'cosine') {
    const all = Math.max(1, schedule.totalSteps - warmUp)
    return learningRate * 0.5 * (1 + cosPi(Math.min(1, done / all)))
  }
  if (schedule.name === 'step')
    return learningRate * power(schedule.decay, Math.floor((done - 1) / schedule.decayEvery))
  return learningRate
}
