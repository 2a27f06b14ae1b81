/**
 * Reading a text in B equal contiguous streams, T tokens a step, from the start again at every epoch (with states at zero
 * there). The same cut as a batch of streams reshaped to (B, length): stream b begins at b · length.
 */
import { EngineError } from '../error'
import type { BatchPart } from './shards'

export type TokenIds = Uint8Array | Uint16Array | Uint32Array

/** Tokens of each stream, ⌊(n − 1)/B⌋: every token has one that follows. */
export function streamLength(tokens: number, batch: number): number {
  return Math.floor((tokens - 1) / batch)
}

/** A batch and sequence for which a short text is long enough: the sequence is kept while two streams still fit. */
export function fittingBatch(tokens: number, batch: number, sequence: number): { batch: number; sequence: number } {
  const widest = Math.floor((tokens - 1) / sequence)
  if (widest >= 1) return { batch: Math.min(batch, widest), sequence }
  return { batch: 1, sequence: Math.max(1, tokens - 1) }
}

export class BatchCursor {
  readonly batch: number
  readonly sequence: number
  /** Steps in an epoch. */
  readonly stepsPerEpoch: number
  readonly #tokens: TokenIds
  readonly #length: number
  #position = 0
  #window = 0
  #epoch = 0

  /** @throws EngineError E_CORPUS_TOO_SMALL with what would fit */
  constructor(tokens: TokenIds, batch: number, sequence: number) {
    this.#tokens = tokens
    this.batch = batch
    this.sequence = sequence
    this.#length = streamLength(tokens.length, batch)
    this.stepsPerEpoch = Math.floor(this.#length / sequence)
    if (this.stepsPerEpoch < 1) {
      const fit = fittingBatch(tokens.length, batch, sequence)
      const details = { tokens: tokens.length, batch, sequence, fitBatch: fit.batch, fitSequence: fit.sequence }
      throw new EngineError('E_CORPUS_TOO_SMALL', details)
    }
  }

  get position(): number {
    return this.#position
  }

  /** Where the window begins that `next` came to. */
  get window(): number {
    return this.#window
  }

  get epoch(): number {
    return this.#epoch
  }

  restore(position: number, epoch: number): void {
    this.#position = position
    this.#epoch = epoch
  }

  /**
   * Goes on by one window, which begins at `window` in every stream.
   * @returns whether an epoch begins with it, so that states start from zero
   */
  next(): boolean {
    let begins = this.#position === 0
    if (this.#position + this.sequence > this.#length) {
      this.#position = 0
      this.#epoch += 1
      begins = true
    }
    this.#window = this.#position
    this.#position += this.sequence
    return begins
  }

  /** Fills inputs and targets of a part's sequences (T·b, t outermost) with the window that begins there. */
  fill(inputs: Uint32Array, targets: Uint32Array, window: number, { first, size }: BatchPart): void {
    for (let t = 0; t < this.sequence; t++) {
      for (let b = 0; b < size; b++) {
        const at = (first + b) * this.#length + window + t
        inputs[t * size + b] = this.#tokens[at]
        targets[t * size + b] = this.#tokens[at + 1]
      }
    }
  }
}
