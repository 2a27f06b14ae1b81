/**
 * How unexpected each character was: surprise (information) in bits, −log₂ p, of p(y_t | x_1, …, x_t), and the loss of the
 * whole text in the three ways people quote it.
 */
import type { TokenKind, Trace } from '../../../shared'

/** Probabilities arrive as float32: what underflowed to 0 is at most the smallest of them, 149 bits. */
const SMALLEST_FLOAT32 = 2 ** -149

/** @param probability of what happened, 0 to 1; NaN where nothing was predicted */
export function surpriseBits(probability: number): number {
  return Math.max(0, -Math.log2(Math.max(probability, SMALLEST_FLOAT32)))
}

/** (T) bits by which each token surprised the network that had read those before it; NaN for the first. */
export function surpriseOfTokens({ tokens, probability }: Pick<Trace, 'tokens' | 'probability'>): Float64Array {
  return Float64Array.from(tokens, (_, t) => (t === 0 ? NaN : surpriseBits(probability[t - 1])))
}

/** The end of the scale: the surprise of somebody who holds all V symbols for equally probable. */
export function guessingBits(vocabularySize: number): number {
  return Math.max(1, Math.log2(vocabularySize))
}

/** Where a surprise lies on the scale, 0 to 1; what is unknown is 0. */
export function surpriseAmount(bits: number, limit: number): number {
  return Number.isFinite(bits) ? Math.min(1, bits / limit) : 0
}

/** Every text surprises at its beginning, where little has been read; that is not worth a first look. */
const BEGINNING = 1 / 4

/** The step after which the greatest surprise comes, its beginning apart; the first of them where nothing was predicted. */
export function mostSurprisingStep(probability: Float32Array): number {
  const from = Math.floor(probability.length * BEGINNING)
  let found = from
  for (let t = from + 1; t < probability.length; t++) if (probability[t] < probability[found]) found = t
  return found
}

export interface TextLoss {
  readonly natsPerToken: number | null
  readonly bitsPerCharacter: number | null
  readonly perplexity: number | null
}

/** Characters (bytes for byte tokens) among the predicted tokens; jamo are joined to syllables before they are counted. */
function predictedCharacters(tokens: readonly string[], kind: TokenKind): number {
  const count = (part: readonly string[]) => [...part.join('').normalize('NFC')].length
  return kind === 'jamo' ? Math.max(1, count(tokens) - count(tokens.slice(0, 1))) : tokens.length - 1
}

export function textLoss({ tokens, loss }: Pick<Trace, 'tokens' | 'loss'>, kind: TokenKind): TextLoss {
  if (loss === null) return { natsPerToken: null, bitsPerCharacter: null, perplexity: null }
  const bits = (loss * (tokens.length - 1)) / Math.LN2
  return {
    natsPerToken: loss,
    bitsPerCharacter: bits / predictedCharacters(tokens, kind),
    perplexity: Math.exp(loss),
  }
}
