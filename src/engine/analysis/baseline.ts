/**
 * What counting alone reaches on held-out text: interpolated n-grams (Witten and Bell 1991). With c the token, h the k
 * tokens before it and kinds(h) the number of different tokens seen after h,
 *   p_k(c | h) = (count(h c) + kinds(h) · p_{k−1}(c | shorter h)) / (count(h) + kinds(h)),
 * an unseen h passes p_{k−1} on, and p_{−1} = 1/V.
 */
import { log } from '../numerics/elementary'
import type { TokenIds } from '../training/cursor'

const TWO_32 = 4294967296
const ABSENT = 0xffffffff

/** Whole numbers up to 2⁵³ to 0, 1, 2, … in the order they come: open addressing. */
class Numbering {
  #keys = new Float64Array(1024)
  #numbers = new Uint32Array(1024).fill(ABSENT)
  #size = 0

  get size(): number {
    return this.#size
  }

  /** Its number, or ABSENT. */
  find(key: number): number {
    return this.#numbers[this.#slotOf(key)]
  }

  /** Its number, a new one where it has none. */
  number(key: number): number {
    const slot = this.#slotOf(key)
    const found = this.#numbers[slot]
    if (found !== ABSENT) return found
    this.#keys[slot] = key
    this.#numbers[slot] = this.#size
    this.#size += 1
    if (this.#size * 2 > this.#keys.length) this.#widen()
    return this.#size - 1
  }

  /** Where it is, or would be. */
  #slotOf(key: number): number {
    const mask = this.#keys.length - 1
    let hash = Math.imul((key >>> 0) ^ Math.imul(key / TWO_32, 0x9e3779b9), 0x85ebca6b)
    hash = Math.imul(hash ^ (hash >>> 15), 0xc2b2ae35)
    let slot = (hash ^ (hash >>> 16)) & mask
    while (this.#numbers[slot] !== ABSENT && this.#keys[slot] !== key) slot = (slot + 1) & mask
    return slot
  }

  #widen(): void {
    const [keys, numbers] = [this.#keys, this.#numbers]
    this.#keys = new Float64Array(keys.length * 2)
    this.#numbers = new Uint32Array(keys.length * 2).fill(ABSENT)
    for (let i = 0; i < keys.length; i++) {
      if (numbers[i] === ABSENT) continue
      const slot = this.#slotOf(keys[i])
      this.#keys[slot] = keys[i]
      this.#numbers[slot] = numbers[i]
    }
  }
}

/** What follows the contexts of one length. */
interface Level {
  /** From context · V + token to a number. */
  readonly pairs: Numbering
  /** By pair. */
  readonly counts: Uint32Array
  /** By context: how many tokens followed it, and how many different ones. */
  readonly totals: Uint32Array
  readonly kinds: Uint32Array
}

/**
 * @param tokens the whole text; the first `trained` are counted, the rest is predicted, with contexts that reach back
 * @returns the mean loss in nats per held-out token for contexts of 0…`maxContext` tokens
 */
export function countingLosses(tokens: TokenIds, vocabulary: number, trained: number, maxContext: number): number[] {
  const held = tokens.length - trained
  const contexts = new Uint32Array(tokens.length) // the number of the k tokens before each; ABSENT: never trained on
  const probabilities = new Float64Array(held).fill(1 / vocabulary)
  const losses: number[] = []
  let contextCount = 1
  for (let k = 0; k <= maxContext; k++) {
    if (k > 0) contextCount = lengthen(contexts, tokens, vocabulary, trained, k)
    const level = countPairs(contexts, tokens, vocabulary, trained, k, contextCount)
    losses.push(interpolate(level, contexts, tokens, vocabulary, probabilities) / held)
  }
  return losses
}

/** From contexts of k − 1 tokens to those of k. @returns how many different ones there are */
function lengthen(contexts: Uint32Array, tokens: TokenIds, V: number, trained: number, k: number): number {
  const numbering = new Numbering()
  for (let i = k; i < trained; i++) contexts[i] = numbering.number(contexts[i] * V + tokens[i - k])
  for (let i = trained; i < tokens.length; i++) {
    if (i < k) contexts[i] = ABSENT
    else if (contexts[i] !== ABSENT) contexts[i] = numbering.find(contexts[i] * V + tokens[i - k])
  }
  return numbering.size
}

function countPairs(
  contexts: Uint32Array,
  tokens: TokenIds,
  V: number,
  trained: number,
  k: number,
  contextCount: number,
): Level {
  const pairs = new Numbering()
  const counts = new Uint32Array(Math.max(0, trained - k))
  const totals = new Uint32Array(contextCount)
  const kinds = new Uint32Array(contextCount)
  for (let i = k; i < trained; i++) {
    const context = contexts[i]
    const pair = pairs.number(context * V + tokens[i])
    if (counts[pair] === 0) kinds[context] += 1
    counts[pair] += 1
    totals[context] += 1
  }
  return { pairs, counts, totals, kinds }
}

/** Brings the probabilities of the held-out tokens from contexts of k − 1 to k tokens. @returns Σ −ln p */
function interpolate(
  { pairs, counts, totals, kinds }: Level,
  contexts: Uint32Array,
  tokens: TokenIds,
  V: number,
  probabilities: Float64Array,
): number {
  const trained = tokens.length - probabilities.length
  let sum = 0
  for (let j = 0; j < probabilities.length; j++) {
    const context = contexts[trained + j]
    if (context !== ABSENT && totals[context] > 0) {
      const pair = pairs.find(context * V + tokens[trained + j])
      const count = pair === ABSENT ? 0 : counts[pair]
      probabilities[j] = (count + kinds[context] * probabilities[j]) / (totals[context] + kinds[context])
    }
    sum -= log(probabilities[j])
  }
  return sum
}
