/**
 * A recall, streamed in batches of visits; the next batch is sent when the last one was taken. A stream that is followed
 * by an eye stays a few sweeps ahead of it, so that nobody has to keep what is looked at much later, if at all.
 */
import { createMemory, judge, overlap, Recall } from '../../engine'
import type { NamedPattern } from '../../engine'
import { LabError, visitsAhead } from '../../shared'
import { toNamedPatterns } from '../patterns/pattern-file'
import type { RecallBatch, RecallEnd, RecallRequest, RecallStart } from '../../shared'

const BATCH_VISITS = 8192

export class RecallStream {
  readonly start: RecallStart
  readonly #id: string
  readonly #patterns: readonly NamedPattern[]
  readonly #recall: Recall
  readonly #ahead: number
  #stopped = false
  #sent = 0
  /** Visits that may be sent so far. */
  #allowed: number
  #wake: () => void = () => undefined

  /** @param isFollowed false: it runs to its end without waiting. @throws LabError E_PATTERN for a cue of another size; EngineError of the patterns and the rule */
  constructor(id: string, { set, cue, settings }: RecallRequest, isFollowed = false) {
    this.#id = id
    this.#patterns = toNamedPatterns(set)
    const memory = createMemory(this.#patterns, settings)
    if (cue.length !== memory.neurons || !cue.every((value) => value === 1 || value === -1)) {
      throw new LabError('E_PATTERN', { name: 'cue', reason: `it must have ${memory.neurons} cells of ±1` })
    }
    this.#recall = new Recall(memory, cue, settings)
    this.#ahead = visitsAhead(memory.neurons)
    this.#allowed = isFollowed ? this.#ahead : Infinity
    this.start = {
      recall: id,
      energy: this.#recall.energy,
      overlaps: Float64Array.from(this.#patterns, ({ values }) => overlap(values, cue)),
    }
  }

  stop(): void {
    this.#stopped = true
    this.#wake()
  }

  /** The eye is at this visit. */
  follow(visit: number): void {
    this.#allowed = Math.max(this.#allowed, visit + this.#ahead)
    this.#wake()
  }

  async run(send: (batch: RecallBatch) => Promise<void>): Promise<void> {
    while (!this.#stopped) {
      if (this.#sent >= this.#allowed) {
        await new Promise<void>((wake) => (this.#wake = wake))
        continue
      }
      const batch = this.#nextBatch(Math.min(BATCH_VISITS, this.#allowed - this.#sent))
      this.#sent += batch.neurons.length
      await send(batch)
      if (batch.end !== null) return
    }
  }

  #nextBatch(most: number): RecallBatch {
    const neurons = new Uint32Array(most)
    const fields = new Float32Array(most)
    const flipped = new Uint8Array(most)
    const energies = new Float64Array(most)
    let count = 0
    const { visit } = this.#recall
    while (count < most && this.#recall.next()) {
      neurons[count] = visit.neuron
      fields[count] = visit.field
      flipped[count] = visit.flipped ? 1 : 0
      energies[count] = visit.energy
      count += 1
    }
    return {
      recall: this.#id,
      neurons: neurons.slice(0, count),
      fields: fields.slice(0, count),
      flipped: flipped.slice(0, count),
      energies: energies.slice(0, count),
      end: this.#recall.done ? this.#end() : null,
    }
  }

  #end(): RecallEnd {
    const { sweeps, converged, cycle, state } = this.#recall
    return { sweeps, converged, cycle, verdict: judge(this.#patterns, state) }
  }
}
