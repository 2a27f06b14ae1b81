/** One rule's recall among several: its tape, where the eye is on it, and how its energy went. */
import type { RecallBatch, RecallEnd, RecallStart, Rule } from '../../../../shared'
import { EnergyHistory } from '../playback/energy-history'
import { RecallFollower } from '../playback/recall-follower'
import { PlaybackCursor, RecallTape } from '../playback/recall-playback'

export class RaceLane {
  readonly rule: Rule
  readonly tape: RecallTape
  readonly cursor: PlaybackCursor
  readonly energies: EnergyHistory
  end: RecallEnd | null = null
  readonly #follower: RecallFollower
  #least: number

  constructor(rule: Rule, start: RecallStart, cue: Int8Array, isSynchronous: boolean) {
    this.rule = rule
    this.tape = new RecallTape(start.recall, cue, start.energy, isSynchronous)
    this.cursor = new PlaybackCursor(this.tape)
    this.energies = new EnergyHistory(this.tape)
    this.#follower = new RecallFollower(start.recall, cue.length)
    this.#least = start.energy
  }

  take(batch: RecallBatch): void {
    this.tape.append(batch)
    this.energies.follow()
    this.end = batch.end
    for (const energy of batch.energies) this.#least = Math.min(this.#least, energy)
  }

  /** Goes to a visit, and lets the stream come on; one that ended before rests at its end. */
  look(visit: number): void {
    this.cursor.moveTo(visit)
    if (this.end === null) this.#follower.look(this.cursor.visit)
  }

  /** 1 at the cue, 0 at the least energy so far; 0 all along where it never changes. */
  normalised(energy: number): number {
    const span = this.tape.energyAfter(0) - this.#least
    return span > 0 ? (energy - this.#least) / span : 0
  }
}
