/** A filter written down: what a saved view and a chip are made of. */
import type { FilterValue, RunFilter } from './run-filter'

/** A filter that is read as the same one again. */
export function formatRunFilter(filter: RunFilter): string {
  switch (filter.kind) {
    case 'anywhere':
      return quoted(filter.text)
    case 'field':
      return `${filter.field}${filter.operator === '=' ? ':' : filter.operator}${formatValue(filter.value)}`
    case 'not':
      return `-${bracketed(filter.part)}`
    default:
      return filter.parts.map(bracketed).join(filter.kind === 'or' ? ' OR ' : ' ')
  }
}

function bracketed(filter: RunFilter): string {
  const isOne = filter.kind !== 'and' && filter.kind !== 'or'
  return isOne ? formatRunFilter(filter) : `(${formatRunFilter(filter)})`
}

function quoted(text: string): string {
  return `"${text.replace(/["\\]/g, (mark) => `\\${mark}`)}"`
}

function formatValue(value: FilterValue): string {
  if (value === null) return 'none'
  if (typeof value === 'string') return quoted(value)
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (typeof value === 'number') return String(value)
  const date = new Date(value.from)
  const two = (part: number): string => String(part).padStart(2, '0')
  const day = `${String(date.getFullYear()).padStart(4, '0')}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
  const isDay = date.getHours() === 0 && date.getMinutes() === 0 && value.until - value.from > 60_000
  return isDay ? day : `${day}T${two(date.getHours())}:${two(date.getMinutes())}`
}
