/** How a symbol that can't be seen is shown: · for a space, ↵ for a line end, → for a tab, its code for a control. */
const SHOWN: Readonly<Record<string, string>> = { ' ': '·', '\n': '↵', '\t': '→', '\u00a0': '⍽', '\u3000': '□' }

export function visibleSymbol(symbol: string): string {
  const shown = SHOWN[symbol]
  if (shown !== undefined) return shown
  const code = symbol.codePointAt(0) ?? 0
  const unseen = code < 0x20 || (code >= 0x7f && code < 0xa0) || (code >= 0x200b && code <= 0x200f) || code === 0xfeff
  const turning = (code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069)
  return unseen || turning ? `⟨${code.toString(16).toUpperCase().padStart(4, '0')}⟩` : symbol
}
