/**
 * How the threads of a run meet: the training worker opens a round, every shard closes it when it is done. A few words of
 * shared memory, each on a cache line of its own; who waits looks for a moment, then sleeps until it is woken.
 */

/** Words of a cache line. */
const LINE = 16
const ROUND = 0
/** A shard's word before it can compute, and after it has failed. */
const STARTING = -1
const FAILED = -2
/** Looks before it sleeps, some tens of microseconds: shards of one size finish nearly together. */
const LOOKS = 4000

export class ShardControl {
  readonly buffer: SharedArrayBuffer
  readonly #words: Int32Array

  private constructor(buffer: SharedArrayBuffer) {
    this.buffer = buffer
    this.#words = new Int32Array(buffer)
  }

  /** @param workers with the training worker among them */
  static create(workers: number): ShardControl {
    const control = new ShardControl(new SharedArrayBuffer(workers * LINE * Int32Array.BYTES_PER_ELEMENT))
    for (let w = 1; w < workers; w++) control.#words[w * LINE] = STARTING
    return control
  }

  static open(buffer: SharedArrayBuffer): ShardControl {
    return new ShardControl(buffer)
  }

  // The training worker's side.

  /** Everything that was written before is seen by the shards in this round. */
  openRound(round: number): void {
    Atomics.store(this.#words, ROUND, round)
    Atomics.notify(this.#words, ROUND)
  }

  /** Waits for a shard, at most so long. @returns whether it has closed the round */
  isClosed(shard: number, round: number, milliseconds: number): boolean {
    const at = shard * LINE
    let word = this.#look(at, (now) => now === round || now === FAILED)
    if (word === round || word === FAILED) return word === round
    Atomics.wait(this.#words, at, word, milliseconds)
    word = Atomics.load(this.#words, at)
    return word === round
  }

  // A shard's side.

  /** Sleeps until a round is open that comes after this one. @returns its number */
  nextRound(round: number): number {
    let next = this.#look(ROUND, (now) => now !== round)
    while (next === round) {
      Atomics.wait(this.#words, ROUND, round)
      next = Atomics.load(this.#words, ROUND)
    }
    return next
  }

  /** Everything that was written before is seen by the training worker. Round 0: ready to compute. */
  closeRound(shard: number, round: number): void {
    this.#tell(shard, round)
  }

  fail(shard: number): void {
    this.#tell(shard, FAILED)
  }

  #tell(shard: number, word: number): void {
    Atomics.store(this.#words, shard * LINE, word)
    Atomics.notify(this.#words, shard * LINE)
  }

  #look(at: number, isFound: (word: number) => boolean): number {
    let word = Atomics.load(this.#words, at)
    for (let i = 0; i < LOOKS && !isFound(word); i++) word = Atomics.load(this.#words, at)
    return word
  }
}
