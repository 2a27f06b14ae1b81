/** Symbols as they are shown on a terminal: spaces, line ends and tabs made visible. */
const SHOWN: Readonly<Record<string, string>> = { ' ': '·', '\n': '↵', '\t': '→', '\r': '␍' }

export function visible(symbol: string): string {
  return SHOWN[symbol] ?? (/\p{C}/u.test(symbol) ? `U+${symbol.codePointAt(0)?.toString(16).toUpperCase()}` : symbol)
}

/** What moves a terminal's cursor, or turns the direction of what follows. */
const UNSEEN = /[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu

/** A name, a note or a sample on one line: its line ends and all that a terminal would obey are shown instead. */
export function oneLine(text: string): string {
  return text.replace(UNSEEN, (mark) => SHOWN[mark] ?? `\\u{${mark.codePointAt(0)?.toString(16) ?? ''}}`)
}

/** Takes no place of its own: it stands on the character before. */
const MARK = /[\p{M}\p{Cf}\u1160-\u11ff\ud7b0-\ud7fb]/u
const WIDE =
  /[\p{Script=Hangul}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Emoji_Presentation}\u3000-\u303e\uff01-\uff60]/u

/** How many columns of a terminal a text takes: Hangul, Han, kana and emoji are two wide. */
export function columnsOf(text: string): number {
  let columns = 0
  for (const character of text) columns += MARK.test(character) ? 0 : WIDE.test(character) ? 2 : 1
  return columns
}

/** At most so many columns, the last being an ellipsis where something was cut off. */
export function shortened(text: string, most: number): string {
  if (columnsOf(text) <= most) return text
  let kept = ''
  for (const character of text) {
    if (columnsOf(kept + character) > most - 1) break
    kept += character
  }
  return `${kept}…`
}

/** A table with columns as wide as they need, a line a row whatever its cells hold. */
export function table(rows: readonly (readonly string[])[]): string {
  const shown = rows.map((row) => row.map(oneLine))
  const widths = shown[0].map((_, column) => shown.reduce((most, row) => Math.max(most, columnsOf(row[column])), 0))
  return shown
    .map((row) =>
      row
        .map((cell, i) => cell + ' '.repeat(widths[i] - columnsOf(cell)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

/** Counts as they are, else four significant digits; — for nothing. */
export function figure(value: number | null): string {
  if (value === null) return '—'
  return String(Number.isInteger(value) ? value : Number(value.toPrecision(4)))
}
