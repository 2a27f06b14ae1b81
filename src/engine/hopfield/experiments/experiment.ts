/**
 * An experiment is a number of trials, each a pure function of its index: its chance comes from the seed and that index
 * alone, so trials may be shared out over any number of threads and give the same answer.
 */
export interface Experiment<Trial> {
  readonly trials: number
  /** @param index from 0 */
  readonly run: (index: number) => Trial
}

/** From this overlap on a state counts as the pattern. */
export const RECALLED = 0.95
