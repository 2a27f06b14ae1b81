/**
 * Tables as comma-separated values (RFC 4180): CRLF between rows, numbers in full precision with a point, text in quotes
 * where it needs them. A text that a spreadsheet would take for a formula gets an apostrophe before it.
 */
export type CsvCell = string | number | boolean | null

/** What spreadsheets run as a formula; a minus or plus before a number is one too, but numbers are no text here. */
const FORMULA = /^[=+\-@\t\r]/
const NEEDS_QUOTES = /[",\r\n]/

function cell(value: CsvCell): string {
  if (value === null) return ''
  if (typeof value === 'number') return Number.isNaN(value) ? '' : Object.is(value, -0) ? '-0' : String(value)
  if (typeof value === 'boolean') return String(value)
  const safe = FORMULA.test(value) ? `'${value}` : value
  return NEEDS_QUOTES.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

export function writeCsv(header: readonly string[], rows: Iterable<readonly CsvCell[]>): string {
  const lines = [header.map(cell).join(',')]
  for (const row of rows) lines.push(row.map(cell).join(','))
  return `${lines.join('\r\n')}\r\n`
}
