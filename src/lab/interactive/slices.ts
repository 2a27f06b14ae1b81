/** Long work in slices, between which other messages are heard, so that nobody in this thread waits for longer than one. */
import { LabError } from '../../shared'

/** Time for others after so long. */
const SLICE_MS = 20

export class Slices {
  readonly #breathe: () => Promise<void>
  readonly #now: () => number

  /** @param breathe resolves when waiting messages were heard */
  constructor(breathe: () => Promise<void>, now = () => performance.now()) {
    this.#breathe = breathe
    this.#now = now
  }

  /** @param isOver asked after every slice: whether nobody waits for it any more. @throws LabError E_CANCELLED then */
  async run<Found>(pieces: Generator<unknown, Found>, isOver: () => boolean = () => false): Promise<Found> {
    let since = this.#now()
    for (;;) {
      const piece = pieces.next()
      if (piece.done) return piece.value
      if (this.#now() - since < SLICE_MS) continue
      await this.#breathe()
      if (isOver()) throw new LabError('E_CANCELLED')
      since = this.#now()
    }
  }
}
