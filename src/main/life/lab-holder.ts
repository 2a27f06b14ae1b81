/** The lab of this app: opened at the start, and closed for a while where its data are exchanged as a whole. */
import { openLab } from '../../lab'
import type { Lab, LabHost } from '../../lab'

export interface LabReaders {
  /** A lab has been opened. */
  readonly adopt: (lab: Lab) => void
  /** It is about to be closed, and another will be adopted. */
  readonly release: () => void
  readonly fail: (error: unknown) => void
}

export class LabHolder {
  readonly host: LabHost
  readonly #readers: LabReaders
  readonly #open: (host: LabHost) => Promise<Lab>
  #lab: Promise<Lab>
  #opened: Lab | null = null
  #exchange: Promise<unknown> = Promise.resolve()

  constructor(host: LabHost, readers: LabReaders, open: (host: LabHost) => Promise<Lab> = openLab) {
    this.host = host
    this.#readers = readers
    this.#open = open
    this.#lab = this.#follow(open(host))
  }

  /** Resolves when there is one. Whoever asks while it is closed waits for the next. */
  get lab(): Promise<Lab> {
    return this.#lab
  }

  /** null while there is none. */
  get opened(): Lab | null {
    return this.#opened
  }

  /** Resolves when nothing is exchanged any more. */
  async settled(): Promise<void> {
    await this.#exchange.catch(() => undefined)
  }

  /**
   * Closes the lab, does the work, and opens one again, whatever came of the work.
   * @param stays whether it stays closed once the work is done: the app is about to leave
   */
  whileClosed<Value>(work: () => Promise<Value>, stays = false): Promise<Value> {
    const exchange = this.#exchange.then(() => this.#perform(work, stays))
    this.#exchange = exchange.catch(() => undefined)
    return exchange
  }

  async #perform<Value>(work: () => Promise<Value>, stays: boolean): Promise<Value> {
    const before = await this.#lab
    let next: (lab: Promise<Lab>) => void = () => undefined
    this.#lab = new Promise<Lab>((resolve) => (next = resolve))
    this.#opened = null
    this.#readers.release()
    let isDone = false
    try {
      await before.close()
      const value = await work()
      isDone = true
      return value
    } finally {
      if (!isDone || !stays) {
        const opened = this.#follow(this.#open(this.host))
        next(opened)
        await opened.catch(() => undefined)
      }
    }
  }

  #follow(opening: Promise<Lab>): Promise<Lab> {
    const adopted = opening.then((lab) => {
      this.#opened = lab
      this.#readers.adopt(lab)
      return lab
    })
    adopted.catch((error: unknown) => this.#readers.fail(error))
    return adopted
  }
}
