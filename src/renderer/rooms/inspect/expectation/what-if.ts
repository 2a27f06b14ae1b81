/** "What if another character had stood there": the text that was meant, and two readings side by side. */
import type { TextComparison, TokenKind } from '../../../../shared'

/** Tokens that make one character: [from, to). */
export interface CharacterSpan {
  readonly from: number
  readonly to: number
  readonly text: string
}

const VOWEL = /^[\u1160-\u11a7]$/
const TRAILING = /^[\u11a8-\u11ff]$/

/** Whether a token goes on with the character that another began. */
function goesOn(kind: TokenKind, token: string): boolean {
  if (kind === 'jamo') return VOWEL.test(token) || TRAILING.test(token)
  return kind === 'byte' && (parseInt(token, 16) & 0xc0) === 0x80
}

function textOf(kind: TokenKind, tokens: readonly string[]): string {
  if (kind !== 'byte') return tokens.join('').normalize('NFC')
  return new TextDecoder().decode(Uint8Array.from(tokens, (token) => parseInt(token, 16)))
}

/** The characters of a text that was read as tokens: syllables of jamo, code points of bytes. */
export function characterSpans(tokens: readonly string[], kind: TokenKind): CharacterSpan[] {
  const starts = tokens.flatMap((token, t) => (t === 0 || !goesOn(kind, token) ? [t] : []))
  return starts.map((from, k) => {
    const to = starts[k + 1] ?? tokens.length
    return { from, to, text: textOf(kind, tokens.slice(from, to)) }
  })
}

export function spanAt(spans: readonly CharacterSpan[], token: number): number {
  return spans.findIndex(({ from, to }) => from <= token && token < to)
}

/** The text with one of its characters replaced. */
export function changedText(spans: readonly CharacterSpan[], span: number, replacement: string): string {
  return spans.map(({ text }, k) => (k === span ? replacement : text)).join('')
}

/** One place of two texts side by side: a step of each, null where one is shorter, and how far their expectations lie apart. */
export interface ComparisonColumn {
  readonly original: number | null
  readonly changed: number | null
  /** Total variation, 0 to 1; NaN where one of them has no such step. */
  readonly difference: number
}

export function comparisonColumns(comparison: TextComparison): ComparisonColumn[] {
  const { original, difference, originalStep } = comparison
  const columns: ComparisonColumn[] = []
  let next = 0
  const catchUp = (until: number): void => {
    for (; next < until; next++) columns.push({ original: next, changed: null, difference: NaN })
  }
  originalStep.forEach((from, changed) => {
    if (from < 0) return void columns.push({ original: null, changed, difference: NaN })
    catchUp(from)
    columns.push({ original: from, changed, difference: difference[changed] })
    next = from + 1
  })
  catchUp(original.tokens.length)
  return columns
}

/** What a change did: nothing before it, and how much after it. */
export interface ChangeEffect {
  /** The first column in which the texts differ. */
  readonly at: number
  /** Columns before it whose expectation is another; 0 for a network that reads one way. */
  readonly movedBefore: number
  /** Columns from it on that can be compared, and those of them whose expectation is another. */
  readonly later: number
  readonly movedLater: number
  /** Where it moved most; null where nothing did. */
  readonly most: { readonly column: number; readonly difference: number } | null
}

/** @returns null while the texts are the same */
export function changeEffect(comparison: TextComparison, columns: readonly ComparisonColumn[]): ChangeEffect | null {
  const { original, changed } = comparison
  const differs = (column: ComparisonColumn): boolean =>
    column.original === null ||
    column.changed === null ||
    original.tokens[column.original] !== changed.tokens[column.changed]
  const at = columns.findIndex(differs)
  if (at < 0) return null
  const comparable = (part: readonly ComparisonColumn[]) => part.filter(({ difference }) => !Number.isNaN(difference))
  const moved = (part: readonly ComparisonColumn[]) => part.filter(({ difference }) => difference > 0).length
  const later = comparable(columns.slice(at))
  const most = columns.reduce(
    (best, { difference }, column) => (difference > (best?.difference ?? 0) ? { column, difference } : best),
    null as ChangeEffect['most'],
  )
  return {
    at,
    movedBefore: moved(columns.slice(0, at)),
    later: later.length,
    movedLater: moved(later),
    most,
  }
}
