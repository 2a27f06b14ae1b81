/**
 * What can be said of every place in a text without any network: whether it stands inside quotes or brackets, how far along
 * it is in its line or word, how deep the line is indented, whether a syllable has a final consonant. A unit that follows
 * one of them has learnt it. Each value holds after its symbol was read; NaN where the property has no meaning.
 */

export const TEXT_PROPERTIES = ['quotes', 'brackets', 'line', 'word', 'indentation', 'final'] as const
export type TextProperty = (typeof TEXT_PROPERTIES)[number]

const LETTER = /[\p{L}\p{N}\p{M}'’]/u
const PAIRS: Readonly<Record<string, string>> = {
  '(': ')',
  '[': ']',
  '{': '}',
  '〔': '〕',
  '【': '】',
  '〈': '〉',
  '《': '》',
}
const CLOSERS = new Set(Object.values(PAIRS))
const QUOTE_PAIRS: Readonly<Record<string, string>> = { '“': '”', '‘': '’', '«': '»', '「': '」', '『': '』' }
const TAB = 4

/** 1 from a quotation mark to the one that closes it. A straight single mark may be an apostrophe, so it opens nothing. */
export function insideQuotes(symbols: readonly string[]): Float64Array {
  let closer: string | null = null
  return Float64Array.from(symbols, (symbol) => {
    if (closer !== null) {
      if (symbol === closer) closer = null
    } else closer = symbol === '"' ? '"' : (QUOTE_PAIRS[symbol] ?? null)
    return closer === null ? 0 : 1
  })
}

/** How many brackets are open; one that closes what isn't open closes nothing. */
export function bracketDepth(symbols: readonly string[]): Float64Array {
  const open: string[] = []
  return Float64Array.from(symbols, (symbol) => {
    if (PAIRS[symbol]) open.push(PAIRS[symbol])
    else if (CLOSERS.has(symbol)) {
      const at = open.lastIndexOf(symbol)
      if (at >= 0) open.length = at
    }
    return open.length
  })
}

/** How many symbols of the line were read; 0 after a line end. */
export function placeInLine(symbols: readonly string[]): Float64Array {
  let place = 0
  return Float64Array.from(symbols, (symbol) => (place = symbol === '\n' ? 0 : place + 1))
}

/** How many letters of the word were read; 0 between words. */
export function placeInWord(symbols: readonly string[]): Float64Array {
  let place = 0
  return Float64Array.from(symbols, (symbol) => (place = LETTER.test(symbol) ? place + 1 : 0))
}

/** Blanks at the beginning of the line, a tab counting four; of a line that is being begun those so far. */
export function indentation(symbols: readonly string[]): Float64Array {
  let [depth, isBeginning] = [0, true]
  return Float64Array.from(symbols, (symbol) => {
    if (symbol === '\n') [depth, isBeginning] = [0, true]
    else if (isBeginning && symbol === ' ') depth += 1
    else if (isBeginning && symbol === '\t') depth += TAB
    else isBeginning = false
    return depth
  })
}

const FIRST_SYLLABLE = 0xac00
const LAST_SYLLABLE = 0xd7a3
const FINALS = 28
const isBetween = (code: number, from: number, to: number): boolean => code >= from && code <= to

/** 1 for a Hangul syllable with a final consonant or that consonant as a jamo, 0 for other Hangul; NaN for all else. */
export function hasFinal(symbols: readonly string[]): Float64Array {
  return Float64Array.from(symbols, (symbol) => {
    const code = symbol.codePointAt(0) ?? 0
    if (isBetween(code, FIRST_SYLLABLE, LAST_SYLLABLE)) return (code - FIRST_SYLLABLE) % FINALS === 0 ? 0 : 1
    if (isBetween(code, 0x11a8, 0x11ff)) return 1
    return isBetween(code, 0x1100, 0x11a7) ? 0 : NaN
  })
}

const OF: Readonly<Record<TextProperty, (symbols: readonly string[]) => Float64Array>> = {
  quotes: insideQuotes,
  brackets: bracketDepth,
  line: placeInLine,
  word: placeInWord,
  indentation,
  final: hasFinal,
}

export function propertyOf(property: TextProperty, symbols: readonly string[]): Float64Array {
  return OF[property](symbols)
}

/** Whether it takes two different values in the text; else no unit can follow it. */
export function varies(values: Float64Array): boolean {
  const first = values.find((value) => !Number.isNaN(value))
  return first !== undefined && values.some((value) => !Number.isNaN(value) && value !== first)
}

const ASCII = 0x80

/** The symbols of byte tokens, as far as a byte is a character by itself; part of another one is a letter of some kind. */
export function symbolsOf(tokens: readonly string[], areBytes: boolean): readonly string[] {
  if (!areBytes) return tokens
  return tokens.map((token) => {
    const byte = Number.parseInt(token, 16)
    return byte < ASCII ? String.fromCharCode(byte) : 'ª'
  })
}
