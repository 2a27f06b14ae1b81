/** Where a recall ended: a stored pattern, its inverse, a mixture of three or five, or something never stored. */
import { overlap } from './rule'
import type { NamedPattern } from './memory'

export interface Verdict {
  readonly kind: 'stored' | 'inverse' | 'mixture' | 'spurious'
  /** The name with the largest |m|; null if spurious. */
  readonly pattern: string | null
  /** Its m. */
  readonly overlap: number
  readonly patterns: readonly { readonly name: string; readonly sign: 1 | -1 }[]
}

const CLOSE = 0.95

/** In this order: the largest |m| ≥ 0.95; the sign of the signed sum of the three or five with the largest |m|; else spurious. */
export function judge(patterns: readonly NamedPattern[], state: Int8Array): Verdict {
  const ranked = patterns
    .map((pattern, index) => ({ pattern, index, m: overlap(pattern.values, state) }))
    .sort((a, b) => Math.abs(b.m) - Math.abs(a.m) || a.index - b.index)
  const [nearest] = ranked
  const parts = (count: number) =>
    ranked.slice(0, count).map(({ pattern, m }) => ({ name: pattern.name, sign: m < 0 ? (-1 as const) : (1 as const) }))
  if (Math.abs(nearest.m) >= CLOSE) {
    const kind = nearest.m > 0 ? 'stored' : 'inverse'
    return { kind, pattern: nearest.pattern.name, overlap: nearest.m, patterns: parts(1) }
  }
  for (const count of [3, 5]) {
    if (ranked.length < count) break
    const mixture = new Int8Array(state.length)
    for (let i = 0; i < state.length; i++) {
      let sum = 0
      for (const { pattern, m } of ranked.slice(0, count)) sum += m < 0 ? -pattern.values[i] : pattern.values[i]
      mixture[i] = sum > 0 ? 1 : -1
    }
    if (overlap(mixture, state) >= CLOSE) {
      return { kind: 'mixture', pattern: nearest.pattern.name, overlap: nearest.m, patterns: parts(count) }
    }
  }
  return { kind: 'spurious', pattern: null, overlap: nearest.m, patterns: [] }
}
