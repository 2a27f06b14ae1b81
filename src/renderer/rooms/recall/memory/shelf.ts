/** The shelf: patterns that may be stored in the network, each on or off, by names that differ. */
import { toGrid, toRows } from '../../../../engine'
import { LabError } from '../../../../shared'
import type { Pattern, PatternSet } from '../../../../shared'
import type { BoardDraft } from '../recall-draft'
import { startingNames } from './starting-patterns'

/** More than this many patterns are no set that a person looks through. */
export const MOST_PATTERNS = 1000

export interface ShelfEntry {
  readonly pattern: Pattern
  /** Row-major, ±1. */
  readonly values: Int8Array
  /** Whether the network holds it. */
  readonly stored: boolean
}

export type Shelf = readonly ShelfEntry[]

export function shelfEntry(pattern: Pattern, stored: boolean): ShelfEntry {
  return { pattern, values: toGrid(pattern.name, pattern.rows).values, stored }
}

/** A set as it comes: the patterns stored at first on top, then the others. */
export function shelfOfSet(id: string, { patterns }: PatternSet): Shelf {
  const first = startingNames(
    id,
    patterns.map(({ name }) => name),
  )
  const place = ({ name }: Pattern): number => (first.includes(name) ? first.indexOf(name) : first.length)
  return [...patterns]
    .sort((a, b) => place(a) - place(b))
    .map((pattern) => shelfEntry(pattern, first.includes(pattern.name)))
}

/** A shelf as it was left; null where its patterns don't have the set's size. */
export function shelfOfDraft({ shelf, on, cue }: BoardDraft, { width, height, patterns }: PatternSet): Shelf | null {
  const fits = (rows: readonly string[]): boolean => rows.length === height && rows.every((row) => row.length === width)
  if (!fits(cue) || !shelf.every(({ pattern }) => fits(pattern.rows))) return null
  if (on) {
    const names = new Set(on)
    return patterns.map((pattern) => shelfEntry(pattern, names.has(pattern.name)))
  }
  return shelf.map(({ pattern, stored }) => shelfEntry(pattern, stored))
}

/** Adds what was drawn, after the stored ones, so that it is in sight. */
export function addToShelf(shelf: Shelf, name: string, values: Int8Array, width: number): Shelf {
  const entry = shelfEntry({ name, rows: toRows(values, width) }, true)
  const after = shelf.reduce((last, { stored }, index) => (stored ? index + 1 : last), 0)
  return [...shelf.slice(0, after), entry, ...shelf.slice(after)]
}

export function setStored(shelf: Shelf, name: string, stored: boolean): Shelf {
  return shelf.map((entry) => (entry.pattern.name === name ? { ...entry, stored } : entry))
}

export function setAllStored(shelf: Shelf, stored: boolean): Shelf {
  return shelf.map((entry) => ({ ...entry, stored }))
}

/** Moves a pattern to another place; the order is that in which Storkey's rule learns, and which of two equal ends is told. */
export function moveOnShelf(shelf: Shelf, name: string, to: number): Shelf {
  const entry = shelf.find(({ pattern }) => pattern.name === name)
  if (!entry) return shelf
  const others = shelf.filter((other) => other !== entry)
  const place = Math.max(0, Math.min(others.length, to))
  return [...others.slice(0, place), entry, ...others.slice(place)]
}

/** Its cells stay the very same, so that what was drawn of them is not drawn again. */
export function renameOnShelf(shelf: Shelf, name: string, next: string): Shelf {
  return shelf.map((entry) =>
    entry.pattern.name === name ? { ...entry, pattern: { ...entry.pattern, name: next } } : entry,
  )
}

/** @throws LabError E_PATTERNS_TOO_MANY where the shelf would hold too many */
export function assertRoom(shelf: Shelf, more: number): void {
  const count = shelf.length + more
  if (count <= MOST_PATTERNS) return
  throw new LabError('E_PATTERNS_TOO_MANY', { count, limit: MOST_PATTERNS })
}

/** Puts an entry back where it was, unless its name was given to another since. */
export function putBack(shelf: Shelf, entry: ShelfEntry, place: number): Shelf {
  if (shelf.some(({ pattern }) => pattern.name === entry.pattern.name)) return shelf
  return [...shelf.slice(0, place), entry, ...shelf.slice(place)]
}

export function removeFromShelf(shelf: Shelf, name: string): Shelf {
  return shelf.filter(({ pattern }) => pattern.name !== name)
}

/** A name that the shelf doesn't have yet: the one wished for, else with the first number that is free. */
export function freeName(shelf: Shelf, wished: string): string {
  const taken = new Set(shelf.map(({ pattern }) => pattern.name))
  if (!taken.has(wished)) return wished
  for (let number = 2; ; number++) if (!taken.has(`${wished} ${number}`)) return `${wished} ${number}`
}
