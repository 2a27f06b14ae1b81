/**
 * An experiment is a number of trials, each a pure function of its index: its chance comes from the seed and that index
 * alone, so trials may be shared out over any number of threads and give the same answer.
 */
export interface Experiment<Trial> {
  readonly trials: number
  /** @param index from 0 */
  readonly run: (index: number) => Trial
}

/** What is made of the trials. They may be added in any order: what comes out depends on which they were alone. */
export interface Tally<Trial, Result> {
  readonly add: (index: number, trial: Trial) => void
  /** Of the trials so far. */
  readonly result: () => Result
}

/** From this overlap on a state counts as the pattern. */
export const RECALLED = 0.95
