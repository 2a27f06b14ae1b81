/** A longer text with its unseen symbols visible: it breaks after a space's dot, and a line end still ends its line. */
import { visibleSymbol } from './visible-symbol'

const MAY_BREAK = '\u200b'

export function visibleText(text: string): string {
  const shown = (symbol: string) => {
    if (symbol === '\n') return `${visibleSymbol(symbol)}\n`
    return symbol === ' ' || symbol === '\t' ? visibleSymbol(symbol) + MAY_BREAK : visibleSymbol(symbol)
  }
  return [...text].map(shown).join('')
}
