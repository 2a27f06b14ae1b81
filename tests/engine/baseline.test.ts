/** Counting n-grams: against a slow twin that reads like the definition, and the reference of a whole book. */
import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { countingLosses } from '../../src/engine'
import { readReference } from './support/reference'

interface Reference {
  readonly vocabularySize: number
  readonly orders: readonly { readonly context: number; readonly loss: number }[]
}

/** Sums of logarithms in another order of rounding. */
const ROUNDING = 10
const REFERENCE_TOLERANCE = 1e-6

/** The book lies beside the checkout, where there is one. */
const BOOK = [resolve('../shared/data/tinyshakespeare.txt')].find((file) => existsSync(file))

function slowTwin(tokens: Uint8Array, V: number, trained: number, maxContext: number): number[] {
  const sums = Array.from({ length: maxContext + 1 }, () => 0)
  const key = (from: number, to: number): string => tokens.slice(from, to).join()
  const levels = sums.map((_, k) => {
    const after = new Map<string, Map<number, number>>()
    for (let i = k; i < trained; i++) {
      const counts = after.get(key(i - k, i)) ?? new Map<number, number>()
      after.set(key(i - k, i), counts.set(tokens[i], (counts.get(tokens[i]) ?? 0) + 1))
    }
    return after
  })
  for (let i = trained; i < tokens.length; i++) {
    let p = 1 / V
    levels.forEach((after, k) => {
      const counts = i >= k ? after.get(key(i - k, i)) : undefined
      if (counts) {
        const total = [...counts.values()].reduce((sum, count) => sum + count, 0)
        p = ((counts.get(tokens[i]) ?? 0) + counts.size * p) / (total + counts.size)
      }
      sums[k] -= Math.log(p)
    })
  }
  return sums.map((sum) => sum / (tokens.length - trained))
}

describe('counting n-grams', () => {
  it('gives what its slow twin gives', () => {
    const text = fc.array(fc.nat(4), { minLength: 2, maxLength: 60 })
    fc.assert(
      fc.property(text, fc.nat(59), (values, cut) => {
        const tokens = Uint8Array.from(values)
        const trained = Math.min(cut, tokens.length - 1)
        const expected = slowTwin(tokens, 5, trained, 4)
        countingLosses(tokens, 5, trained, 4).forEach((loss, k) => expect(loss).toBeCloseTo(expected[k], ROUNDING))
      }),
      { numRuns: 500, seed: 4 },
    )
  })

  it.skipIf(BOOK === undefined)('gives the reference of a whole book', () => {
    const text = [...readFileSync(BOOK ?? '', 'utf8')]
    const symbols = [...new Set(text)].sort()
    const indexOf = new Map(symbols.map((symbol, i) => [symbol, i]))
    const tokens = Uint8Array.from(text, (symbol) => indexOf.get(symbol) ?? 0)
    const { orders, vocabularySize } = readReference<Reference>('baseline-tinyshakespeare.json')
    expect(symbols).toHaveLength(vocabularySize)
    const losses = countingLosses(tokens, symbols.length, tokens.length - Math.floor(tokens.length / 10), 6)
    expect(losses).toHaveLength(orders.length)
    for (const { context, loss } of orders) {
      expect(Math.abs(losses[context] - loss)).toBeLessThan(REFERENCE_TOLERANCE)
    }
  })
})
