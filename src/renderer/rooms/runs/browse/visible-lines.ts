/** Which lines of a long list are in sight: only they are in the page. */
import type { Line } from './browse.store'

export interface VisibleLines {
  readonly first: number
  /** The first after the last. */
  readonly end: number
  /** Empty space before and after, in CSS pixels. */
  readonly before: number
  readonly after: number
}

/** Lines beyond either edge, so that scrolling finds them there. */
const BEYOND = 8

export function visibleLines(count: number, lineHeight: number, scrollTop: number, height: number): VisibleLines {
  const first = Math.max(0, Math.min(count, Math.floor(scrollTop / lineHeight)) - BEYOND)
  const end = Math.min(count, Math.ceil((scrollTop + height) / lineHeight) + BEYOND)
  return {
    first,
    end: Math.max(first, end),
    before: first * lineHeight,
    after: (count - Math.max(first, end)) * lineHeight,
  }
}

/** How far to scroll so that a line is whole in sight; the same place where it is. */
export function scrollToLine(line: number, lineHeight: number, scrollTop: number, height: number): number {
  const top = line * lineHeight
  if (top < scrollTop) return top
  return top + lineHeight > scrollTop + height ? top + lineHeight - height : scrollTop
}

/** The run so many lines on, over heads of groups; from nowhere the first. null: there is none that way. */
export function runAfter(
  lines: readonly Line[],
  start: number,
  by: number,
): { readonly run: string; readonly at: number } | null {
  const direction = by < 0 ? -1 : 1
  let at = Math.max(0, Math.min(lines.length - 1, start < 0 ? 0 : start + by))
  while (typeof lines[at] === 'object' && at + direction >= 0 && at + direction < lines.length) at += direction
  const run = lines[at]
  return typeof run === 'string' ? { run, at } : null
}
