/** Surprise in bits, and the loss in the ways people quote it. */
import { describe, expect, it } from 'vitest'
import {
  guessingBits,
  mostSurprisingStep,
  surpriseAmount,
  surpriseBits,
  surpriseOfTokens,
  textLoss,
} from '../../../src/renderer/rooms/inspect/surprise'
import { createTrace } from './fixture'

describe('surprise', () => {
  it('is −log₂ of the probability, never negative, and finite where float32 underflowed', () => {
    expect([1, 0.5, 0.125].map(surpriseBits)).toEqual([0, 1, 3])
    expect(surpriseBits(1 + 1e-7)).toBe(0)
    expect(surpriseBits(0)).toBe(149)
  })

  it('belongs to the token that came, so the first has none', () => {
    expect([...surpriseOfTokens(createTrace())]).toEqual([NaN, 1, 3, 2])
  })

  it('is measured against guessing among all symbols', () => {
    expect(guessingBits(64)).toBe(6)
    expect(guessingBits(1)).toBe(1)
    expect([NaN, 0, 3, 60].map((bits) => surpriseAmount(bits, 6))).toEqual([0, 0, 0.5, 1])
  })

  it('finds the step before the greatest surprise, passing over the beginning and the end', () => {
    expect(mostSurprisingStep(Float32Array.of(0.01, 0.5, 0.25, 0.3, NaN))).toBe(2)
    expect(mostSurprisingStep(createTrace().probability)).toBe(1)
    expect(mostSurprisingStep(Float32Array.of(NaN))).toBe(0)
  })
})

describe('loss of a text', () => {
  it('is told in nats, bits and as perplexity', () => {
    const { natsPerToken, bitsPerCharacter, perplexity } = textLoss(createTrace(), 'character')
    expect(natsPerToken).toBeCloseTo(1.3863, 4)
    expect(bitsPerCharacter).toBeCloseTo(2, 12)
    expect(perplexity).toBeCloseTo(4, 12)
  })

  it('counts syllables where the tokens are jamo', () => {
    const tokens = [...'가나다'.normalize('NFD')]
    const bits = textLoss({ tokens, loss: Math.LN2 }, 'jamo').bitsPerCharacter
    expect(tokens).toHaveLength(6)
    expect(bits).toBeCloseTo(5 / 2, 12)
  })

  it('is nothing for one token', () => {
    expect(textLoss({ tokens: ['a'], loss: null }, 'character').bitsPerCharacter).toBeNull()
  })
})
