/** Symbols as they are shown on a terminal: spaces, line ends and tabs made visible. */
const SHOWN: Readonly<Record<string, string>> = { ' ': '·', '\n': '↵', '\t': '→', '\r': '␍' }

export function visible(symbol: string): string {
  return SHOWN[symbol] ?? (/\p{C}/u.test(symbol) ? `U+${symbol.codePointAt(0)?.toString(16).toUpperCase()}` : symbol)
}

/** A note or a sample in a table: its line ends are shown, not obeyed. */
export function oneLine(text: string): string {
  return text.replace(/\n/g, SHOWN['\n'])
}

/** A table with columns as wide as they need. */
export function table(rows: readonly (readonly string[])[]): string {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => [...row[column]].length)))
  return rows
    .map((row) =>
      row
        .map((cell, i) => cell + ' '.repeat(widths[i] - [...cell].length))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

/** Four significant digits, — for nothing. */
export function figure(value: number | null): string {
  return value === null ? '—' : Number(value.toPrecision(4)).toString()
}
