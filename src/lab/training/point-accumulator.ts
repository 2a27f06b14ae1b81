/** Steps gathered into the points of a curve, and the mean of the last hundred; saved with a checkpoint. */
import type { RunPoint } from '../../shared'
import { isWholePoint } from '../runs/point-grid'

const RECENT = 100

export interface StepReport {
  readonly step: number
  readonly loss: number
  readonly gradientNorm: number
  readonly learningRate: number
}

export interface AccumulatorState {
  readonly steps: number
  readonly loss: number
  readonly gradientNorm: number
  readonly recent: readonly number[]
  readonly validationLoss: number | null
  /** Of the losses so far; null before the first. States of earlier versions don't tell them. */
  readonly min?: number | null
  readonly max?: number | null
}

export class PointAccumulator {
  #steps = 0
  #loss = 0
  #gradientNorm = 0
  #min: number | null = null
  #max: number | null = null
  #last: StepReport | null = null
  #recent: number[] = []
  #validationLoss: number | null = null
  #previous: RunPoint | null = null

  /** Mean over the last hundred steps; null before the first. */
  get recentLoss(): number | null {
    if (this.#recent.length === 0) return null
    return this.#recent.reduce((sum, loss) => sum + loss, 0) / this.#recent.length
  }

  /** It is kept with the next point. */
  addValidation(loss: number): void {
    this.#validationLoss = loss
  }

  /** @returns the point that this step completes, else null */
  addStep(report: StepReport, charactersPerSecond: number | null): RunPoint | null {
    // Steps before a resume whose losses are not known leave the point without a range.
    if (this.#steps === 0) [this.#min, this.#max] = [report.loss, report.loss]
    else if (this.#min !== null && this.#max !== null) {
      this.#min = Math.min(this.#min, report.loss)
      this.#max = Math.max(this.#max, report.loss)
    }
    this.#steps += 1
    this.#loss += report.loss
    this.#gradientNorm += report.gradientNorm
    this.#last = report
    this.#recent.push(report.loss)
    if (this.#recent.length > RECENT) this.#recent.shift()
    return isWholePoint(report.step) ? this.#take(charactersPerSecond) : null
  }

  /** The last point of a run: what is left, and a validation that no point has carried yet. */
  flush(charactersPerSecond: number | null): RunPoint | null {
    return this.#last !== null && (this.#steps > 0 || this.#validationLoss !== null)
      ? this.#take(charactersPerSecond)
      : null
  }

  #take(charactersPerSecond: number | null): RunPoint | null {
    const last = this.#last
    if (last === null) return null
    const validationLoss = this.#validationLoss
    this.#validationLoss = null
    if (this.#steps === 0) {
      // Only a validation is left: it joins the point of the step at which it was made.
      return this.#previous === null ? null : (this.#previous = { ...this.#previous, validationLoss })
    }
    const trainLoss = this.#loss / this.#steps
    const gradientNorm = this.#gradientNorm / this.#steps
    const finite = Number.isFinite(trainLoss) && Number.isFinite(gradientNorm)
    this.#previous = {
      step: last.step,
      trainLoss: finiteOrNull(trainLoss),
      minTrainLoss: finiteOrNull(this.#min),
      maxTrainLoss: finiteOrNull(this.#max),
      validationLoss,
      gradientNorm: finiteOrNull(gradientNorm),
      learningRate: last.learningRate,
      charactersPerSecond,
      nonFinite: !finite,
    }
    this.#steps = 0
    this.#loss = 0
    this.#gradientNorm = 0
    this.#min = null
    this.#max = null
    return this.#previous
  }

  save(): AccumulatorState {
    return {
      steps: this.#steps,
      loss: this.#loss,
      gradientNorm: this.#gradientNorm,
      recent: [...this.#recent],
      validationLoss: this.#validationLoss,
      min: this.#min,
      max: this.#max,
    }
  }

  restore(state: AccumulatorState): void {
    this.#steps = state.steps
    this.#loss = state.loss
    this.#gradientNorm = state.gradientNorm
    this.#recent = [...state.recent]
    this.#validationLoss = state.validationLoss
    this.#min = state.min ?? null
    this.#max = state.max ?? null
  }
}

const finiteOrNull = (value: number | null): number | null => (Number.isFinite(value) ? value : null)

export function isFiniteStep({ loss, gradientNorm }: Pick<StepReport, 'loss' | 'gradientNorm'>): boolean {
  return Number.isFinite(loss) && Number.isFinite(gradientNorm)
}
