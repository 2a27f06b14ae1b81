import type { TokenKind } from '../../../../shared'

/** What a person types as a model's alphabet: which symbols it makes, and whether they fit. */
export interface TypedAlphabet {
  readonly symbols: readonly string[]
  /** The first that stands there a second time. */
  readonly twice: string | null
}

/** Each code point is one symbol, as it stands: nothing is normalised, since the order is the rows' order. */
export function readAlphabet(typed: string): TypedAlphabet {
  const symbols = [...typed]
  const seen = new Set<string>()
  const twice = symbols.find((symbol) => seen.size === seen.add(symbol).size) ?? null
  return { symbols, twice }
}

export const BYTES = 256

/** What a person answers. */
export interface GivenAlphabet {
  readonly tokens: TokenKind
  /** One after the other; of bytes none. */
  readonly symbols: string
  /** The beginning of the text they come from. */
  readonly probe: string | null
}
