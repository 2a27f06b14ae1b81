/** A recall, streamed in batches of visits; the next batch is sent when the last one was taken. */
import { createMemory, judge, overlap, Recall } from '../../engine'
import type { NamedPattern } from '../../engine'
import { LabError } from '../../shared'
import { toNamedPatterns } from '../patterns/pattern-file'
import type { RecallBatch, RecallEnd, RecallRequest, RecallStart } from '../../shared'

const BATCH_VISITS = 8192

export class RecallStream {
  readonly start: RecallStart
  readonly #id: string
  readonly #patterns: readonly NamedPattern[]
  readonly #recall: Recall
  #stopped = false

  /** @throws LabError E_PATTERN for a cue of another size; EngineError of the patterns and the rule */
  constructor(id: string, { set, cue, settings }: RecallRequest) {
    this.#id = id
    this.#patterns = toNamedPatterns(set)
    const memory = createMemory(this.#patterns, settings)
    if (cue.length !== memory.neurons || !cue.every((value) => value === 1 || value === -1)) {
      throw new LabError('E_PATTERN', { name: 'cue', reason: `it must have ${memory.neurons} cells of ±1` })
    }
    this.#recall = new Recall(memory, cue, settings)
    this.start = {
      recall: id,
      energy: this.#recall.energy,
      overlaps: Float64Array.from(this.#patterns, ({ values }) => overlap(values, cue)),
    }
  }

  stop(): void {
    this.#stopped = true
  }

  async run(send: (batch: RecallBatch) => Promise<void>): Promise<void> {
    while (!this.#stopped) {
      const batch = this.#nextBatch()
      await send(batch)
      if (batch.end !== null) return
    }
  }

  #nextBatch(): RecallBatch {
    const neurons = new Uint32Array(BATCH_VISITS)
    const fields = new Float32Array(BATCH_VISITS)
    const flipped = new Uint8Array(BATCH_VISITS)
    const energies = new Float64Array(BATCH_VISITS)
    let count = 0
    const { visit } = this.#recall
    while (count < BATCH_VISITS && this.#recall.next()) {
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
