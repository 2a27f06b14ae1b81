/** What a network shows of itself while it learns: the hidden states of a probe text, and what it would write now. */
import { Probe, Random, Sampler } from '../../engine'
import type { Reader, Tokeniser } from '../../engine'

const SAMPLE_LENGTH = 160
const SAMPLE_SEED = 1
const DEFAULT_TEMPERATURE = 0.8

export class LiveView {
  readonly #reader: Reader
  readonly #tokeniser: Tokeniser
  readonly #start: number
  #probe: Probe
  #probeTokens: readonly string[]
  #temperature = DEFAULT_TEMPERATURE

  /** @param reader of the parameters as they are; @param start the token a text begins with */
  constructor(reader: Reader, tokeniser: Tokeniser, probe: string, start: number) {
    this.#reader = reader
    this.#tokeniser = tokeniser
    this.#start = start
    const ids = this.#encode(probe)
    this.#probe = new Probe(ids)
    this.#probeTokens = Array.from(ids, (id) => tokeniser.symbols[id])
  }

  get probeTokens(): readonly string[] {
    return this.#probeTokens
  }

  setProbe(text: string): void {
    const ids = this.#encode(text)
    this.#probe = new Probe(ids)
    this.#probeTokens = Array.from(ids, (id) => this.#tokeniser.symbols[id])
  }

  setTemperature(temperature: number): void {
    this.#temperature = temperature
  }

  /** (T, L, H) */
  readHidden(): Float32Array {
    return this.#probe.read(this.#reader)
  }

  /** The same seed every time, so that only the network changes what is written. */
  write(): string {
    const settings = { temperature: this.#temperature, topK: null, topP: null }
    const random = Random.fromSeed(SAMPLE_SEED, 'sample')
    const sampler = new Sampler(this.#reader, Uint32Array.of(this.#start), settings, random)
    return this.#tokeniser.decode(Array.from({ length: SAMPLE_LENGTH }, () => sampler.next()))
  }

  /** Symbols it doesn't know are left out; of a text that has no other, the start stays. */
  #encode(text: string): Uint32Array {
    const ids = this.#tokeniser.encode(text, true)
    return ids.length > 0 ? ids : Uint32Array.of(this.#start)
  }
}
