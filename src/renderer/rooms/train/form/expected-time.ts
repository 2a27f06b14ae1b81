/**
 * How long a run will take: its steps and validations by their sizes, at the pace of this machine as it was measured, and
 * as earlier runs had it, each by how much it was like this one.
 */
import { createLayout, stepNanoseconds, validationNanoseconds } from '../../../../engine'
import type { ModelShape } from '../../../../engine'
import { VALIDATION_TOKENS } from '../../../../shared'
import type { EarlierSpeed, RunConfiguration, TrainingMachine } from '../../../../shared'
import { shapeOf } from './model-shape'

/** What the machine's own measurement, a moment long, weighs beside the newest run of the same setting. */
const MEASURED_WEIGHT = 0.3
/** What a run weighs that is nothing like it: costs of unlike sizes are true to an eighth, so it tells the machine's pace. */
const UNLIKE_WEIGHT = 0.2
/** Of each run by the one that is newer: a machine is busy at times. */
const FADING = 0.95
/** Runs whose sizes differ by this factor count a good half (e^−½) of one that is equal. */
const ALIKE = Math.LN2
/** As far as a factor of four. */
const OTHER_CELL = 2 * Math.LN2

export interface ExpectedRun {
  readonly shape: ModelShape
  readonly batch: number
  readonly sequence: number
  readonly workers: number
}

/** How unlike two runs are: the logarithms of the factors between their steps' costs, parameters and batches. */
function distance(a: ExpectedRun, b: ExpectedRun): number {
  const of = (value: (run: ExpectedRun) => number): number => Math.log(value(a) / value(b))
  const parts = [
    of(({ shape, batch, sequence }) => stepNanoseconds(shape, batch, sequence)),
    of(({ shape }) => createLayout(shape).size),
    of(({ batch }) => batch),
    // With more workers the cores may be shared with others: told apart as much as a factor of two is.
    of(({ workers }) => workers),
    a.shape.cell === b.shape.cell ? 0 : OTHER_CELL,
  ]
  return Math.sqrt(parts.reduce((sum, part) => sum + part * part, 0))
}

/** Where a run shows what it is like. */
export function ofEarlier(speed: EarlierSpeed): ExpectedRun {
  const { batch, sequence, workers } = speed
  return { shape: shapeOf(speed, speed.vocabularySize), batch, sequence, workers }
}

/** How many times as fast as its cost says a run will be: the weighted mean, in logarithms, of what is known. */
export function expectedPace(run: ExpectedRun, { pace, earlier }: Pick<TrainingMachine, 'pace' | 'earlier'>): number {
  let [sum, weights] = [MEASURED_WEIGHT * Math.log(pace), MEASURED_WEIGHT]
  let freshness = 1
  for (const speed of earlier) {
    const other = ofEarlier(speed)
    const apart = distance(run, other) / ALIKE
    const weight = freshness * (UNLIKE_WEIGHT + (1 - UNLIKE_WEIGHT) * Math.exp((-apart * apart) / 2))
    freshness *= FADING
    const itsPace = stepNanoseconds(other.shape, other.batch, other.sequence, other.workers) / speed.nanosecondsAStep
    sum += weight * Math.log(itsPace)
    weights += weight
  }
  return Math.exp(sum / weights)
}

export interface ExpectedLength extends Pick<RunConfiguration, 'validateEvery'> {
  readonly totalSteps: number
  /** Tokens that are held out. */
  readonly heldOut: number
}

/** In seconds. */
export function expectedSeconds(run: ExpectedRun, length: ExpectedLength, machine: TrainingMachine): number {
  const { totalSteps, heldOut, validateEvery } = length
  const read = Math.min(Math.max(0, heldOut - 1), VALIDATION_TOKENS)
  // At the end all of it is read twice: with the last parameters and with the best.
  const validated = Math.ceil(totalSteps / validateEvery) * read + (heldOut - 1 > read ? 2 * (heldOut - 1) : 0)
  const { shape, batch, sequence, workers } = run
  const steps = totalSteps * stepNanoseconds(shape, batch, sequence, workers)
  return (steps + validationNanoseconds(shape, validated)) / (expectedPace(run, machine) * 1e9)
}
