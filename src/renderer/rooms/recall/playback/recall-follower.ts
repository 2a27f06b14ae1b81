/**
 * Tells main how far the eye is on a recall, so that its stream stays a little ahead. Half of that way is gone before the
 * next word: a few calls a second at the highest speed, none while the eye rests.
 */
import { MOST_VISITS, visitsAhead } from '../../../../shared'
import { lab } from '../../../bridge/lab'

export class RecallFollower {
  readonly #recall: string
  readonly #stride: number
  #told = 0

  /** @param neurons of the network */
  constructor(recall: string, neurons: number) {
    this.#recall = recall
    this.#stride = visitsAhead(neurons) / 2
  }

  look(visit: number): void {
    if (visit - this.#told < this.#stride) return
    this.#told = visit
    // A recall that has ended meanwhile needs no eye.
    void lab.recall.follow({ recall: this.#recall, visit: Math.min(visit, MOST_VISITS) }).catch(() => undefined)
  }
}
