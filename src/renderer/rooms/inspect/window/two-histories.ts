/** Two histories that end alike: made from a text, found in it, and what a network answers to each. */
import type { Trace } from '../../../../shared'
import { expectationAt } from '../expectation'
import type { ExpectedSymbol } from '../expectation'
import type { FieldWords } from '../use-view-field'

export interface Histories {
  /** Before what they share. */
  readonly first: string
  readonly second: string
  /** The end of both. */
  readonly shared: string
}

/** In an address: the three parts, between them a character that nobody types. */
const BETWEEN = '\u001f'
export const historiesWords: FieldWords<Histories | null> = {
  print: (histories) => (histories === null ? '' : [histories.first, histories.second, histories.shared].join(BETWEEN)),
  parse: (text) => {
    const [first, second, shared, ...rest] = text.split(BETWEEN)
    return shared === undefined || rest.length > 0 ? null : { first, second, shared }
  },
}

/** Symbols that are taken of what stands before. */
const BEFORE = 120

/** What stands before a place, from the beginning of a word. */
function beginningOf(tokens: readonly string[], end: number): string {
  const from = Math.max(0, end - BEFORE)
  const taken = tokens.slice(from, end).join('')
  return from === 0 ? taken : taken.replace(/^\S{0,40}\s+(?=.)/s, '')
}

/**
 * The text up to a step, and the same ending after another beginning: its words in the opposite order.
 * @param window how many symbols are shared
 */
export function historiesAt(tokens: readonly string[], step: number, window: number): Histories {
  const end = step + 1
  const from = Math.max(0, end - window)
  const before = beginningOf(tokens, from)
  const turned = before.split(/(\s+)/).reverse().join('')
  const isOther = turned !== before
  const second = isOther ? turned : [...before].reverse().join('')
  return { first: before, second, shared: tokens.slice(from, end).join('') }
}

/** Two places of a text with equal windows before them, different symbols before those, and different continuations. */
export interface Twin {
  /** The step that follows each window. */
  readonly first: number
  readonly second: number
}

/** @param most stop after so many */
export function findTwins(tokens: readonly string[], window: number, most = 50): Twin[] {
  const seen = new Map<string, number[]>()
  const twins: Twin[] = []
  for (let next = window + 1; next < tokens.length && twins.length < most; next++) {
    const key = tokens.slice(next - window, next).join('\u0000')
    const earlier = seen.get(key) ?? []
    const other = earlier.find(
      (place) => tokens[place] !== tokens[next] && tokens[place - window - 1] !== tokens[next - window - 1],
    )
    if (other !== undefined) twins.push({ first: other, second: next })
    seen.set(key, [...earlier, next])
  }
  return twins
}

export function historiesOfTwin(tokens: readonly string[], { first, second }: Twin, window: number): Histories {
  const before = (next: number) => beginningOf(tokens, next - window)
  return { first: before(first), second: before(second), shared: tokens.slice(first - window, first).join('') }
}

/** How many tokens two texts share at their end. */
export function sharedEnd(first: readonly string[], second: readonly string[]): number {
  let shared = 0
  const most = Math.min(first.length, second.length)
  while (shared < most && first[first.length - 1 - shared] === second[second.length - 1 - shared]) shared += 1
  return shared
}

/** What is expected after the whole text. */
export function lastExpectation(trace: Trace): readonly ExpectedSymbol[] {
  return expectationAt(trace, trace.tokens.length - 1).candidates
}

export interface Difference {
  /** The greatest |p − q| of any symbol among the most probable of either. */
  readonly greatest: number
  readonly symbol: string | null
}

/** A symbol that is not among the most probable of one counts there as less than the last of them: at least the gap to it. */
export function differenceOf(first: readonly ExpectedSymbol[], second: readonly ExpectedSymbol[]): Difference {
  const table = (list: readonly ExpectedSymbol[]) =>
    new Map(list.map(({ symbol, probability }) => [symbol, probability]))
  const [a, b] = [table(first), table(second)]
  const least = (list: readonly ExpectedSymbol[]) => list.at(-1)?.probability ?? 0
  let found: Difference = { greatest: 0, symbol: null }
  for (const symbol of new Set([...a.keys(), ...b.keys()])) {
    const [p, q] = [a.get(symbol) ?? least(first), b.get(symbol) ?? least(second)]
    if (Math.abs(p - q) > found.greatest) found = { greatest: Math.abs(p - q), symbol }
  }
  return found
}
