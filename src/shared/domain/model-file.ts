/** A model's file, brought from elsewhere: what it holds, and the alphabet of one that holds tensors alone. */
import type { TokenKind } from './run-configuration'

/** More layers than these no network here has. */
export const MOST_LAYERS = 4

/** As many symbols as there are token numbers, each of one or two units. */
export const MOST_ALPHABET_UNITS = 2 * 65_535

/** What the rows of embedding and decoder stand for, in their order. Of bytes it is known, and `symbols` is empty. */
export interface ModelAlphabet {
  readonly tokens: TokenKind
  readonly symbols: readonly string[]
}

export interface ModelLook {
  readonly cell: 'vanilla' | 'lstm' | 'gru' | 'window'
  readonly layers: number
  readonly hidden: number
  readonly vocabularySize: number
  /** Whether it says itself which symbols its rows stand for. */
  readonly hasAlphabet: boolean
}

/** A file that was chosen, with the token by which the page names it. */
export interface ChosenModel extends ModelLook {
  readonly token: string
  /** Base name. */
  readonly name: string
}
