/**
 * What a run writes to the disk, from its sizes alone: checkpoints as they are thinned (the newest two in full, and the
 * parameters of the best, the first and 32 between), one more in full while it is written, its points, a copy of its text.
 */
import type { RunConfiguration } from './run-configuration'

export interface DiskNeedChoice {
  readonly configuration: Pick<RunConfiguration, 'batch' | 'layers' | 'hidden' | 'cell' | 'window'>
  /** How many buffers of the parameters' size the optimiser keeps. */
  readonly moments: number
  readonly parameters: number
  readonly vocabularySize: number
  readonly totalSteps: number
  /** Of the text's files. */
  readonly textBytes: number
}

export interface DiskNeed {
  /** Without so much it can't come to its end: the checkpoints of its beginning and of its end. */
  readonly least: number
  readonly most: number
}

const FLOAT = 4
/** A header with names and shapes, and of each token its text as JSON. */
const HEADER = 4096
const TOKEN = 16
const STATE_HEADER = 4096
/** Parameters alone: 32 spaced in log(step), the best, the first. */
const MOST_MODELS = 34
/** Beside them in full: the newest two, and the one that is written. */
const WHOLE = 3
/** A row of the database with what its tree adds; the same in its log; and six columns beside the rows of a long run. */
const POINT = 2 * 114 + 48
/** The run's other rows, and what the database grows by at once. */
const ROWS = 128 * 1024

export function diskNeed(choice: DiskNeedChoice): DiskNeed {
  const { configuration, moments, parameters, vocabularySize, totalSteps, textBytes } = choice
  const { batch, layers, hidden, cell, window } = configuration
  const model = FLOAT * parameters + HEADER + TOKEN * vocabularySize
  const carried = cell === 'window' ? batch * window : 2 * layers * batch * hidden
  const state = FLOAT * (moments * parameters + carried) + STATE_HEADER
  const models = Math.min(MOST_MODELS, totalSteps + 1)
  return {
    least: 2 * FLOAT * (1 + moments) * parameters,
    most: models * model + WHOLE * (model + state) + countPoints(totalSteps) * POINT + textBytes + ROWS,
  }
}

/** Each of the first 1,000 steps, then one for 10 up to step 100,000, then one for 100. */
function countPoints(steps: number): number {
  const [single, tens] = [Math.min(steps, 1000), Math.min(steps, 100_000)]
  return single + Math.ceil((tens - single) / 10) + Math.ceil((steps - tens) / 100)
}
