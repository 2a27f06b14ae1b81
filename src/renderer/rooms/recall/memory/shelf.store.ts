/** What is done to the shelf and to the pattern sets: order, names, on and off; sets made, copied, renamed, removed and put back. */
import { defineStore } from 'pinia'
import { computed } from 'vue'
import { toRows } from '../../../../engine'
import type { GridPattern } from '../../../../engine'
import type { PatternSet } from '../../../../shared'
import { lab } from '../../../bridge/lab'
import { useRecallStore } from '../recall.store'
import { scalePattern } from './scale-pattern'
import {
  addToShelf,
  assertRoom,
  freeName,
  moveOnShelf,
  putBack,
  removeFromShelf,
  renameOnShelf,
  setAllStored,
  setStored,
} from './shelf'
import type { Shelf } from './shelf'

export interface NewSet {
  readonly title: string
  readonly width: number
  readonly height: number
  /** Nothing in it, or the shelf's patterns at its size. */
  readonly content: 'empty' | 'scaled'
}

export const useShelfStore = defineStore('recall-shelf', () => {
  const table = useRecallStore()
  const set = computed(() => table.sets.find(({ id }) => id === table.setId) ?? null)

  /** Answers whether the name was free. */
  function rename(name: string, next: string): boolean {
    if (next !== name && table.shelf.some(({ pattern }) => pattern.name === next)) return false
    table.shelf = renameOnShelf(table.shelf, name, next)
    if (table.origin === name) table.origin = next
    return true
  }

  /** Takes a pattern off the shelf; answers what puts it back, as long as its set is on the table. */
  function remove(name: string): () => void {
    const place = table.shelf.findIndex(({ pattern }) => pattern.name === name)
    const entry = table.shelf[place]
    const from = table.setId
    table.shelf = removeFromShelf(table.shelf, name)
    return () => {
      if (entry && table.setId === from) table.shelf = putBack(table.shelf, entry, place)
    }
  }

  /** Patterns of the grid's own size go onto the shelf, stored; names that are taken get a number. */
  function addPatterns(patterns: readonly GridPattern[]): void {
    assertRoom(table.shelf, patterns.length)
    table.shelf = patterns.reduce(
      (all, { name, values }) => addToShelf(all, freeName(all, name), values, table.width),
      table.shelf,
    )
  }

  async function list(): Promise<void> {
    table.sets = await lab.patterns.sets({})
  }

  /** Keeps a set of one's own and lays it out. */
  async function createSet(title: string, patterns: PatternSet): Promise<void> {
    const { id } = await lab.patterns.save({ id: null, title, set: patterns })
    await list()
    await table.openSet(id)
  }

  /** @param patterns of one size; names that come twice get a number */
  async function createSetOf(title: string, patterns: readonly GridPattern[]): Promise<void> {
    const [{ width, height }] = patterns
    const named = patterns.reduce<Shelf>(
      (all, { name, values }) => addToShelf(all, freeName(all, name), values, width),
      [],
    )
    await createSet(title, { width, height, patterns: named.map(({ pattern }) => pattern) })
  }

  async function createNewSet({ title, width, height, content }: NewSet): Promise<void> {
    const scaled = table.shelf.map(({ pattern: { name }, values }) => ({
      name,
      rows: toRows(scalePattern(values, table.width, table.height, width, height), width),
    }))
    await createSet(title, { width, height, patterns: content === 'empty' ? [] : scaled })
  }

  /** What is on the shelf becomes a set of one's own, with the cue and what is on or off. */
  async function saveAs(title: string): Promise<void> {
    const { width, height } = table
    const patterns = table.shelf.map(({ pattern }) => pattern)
    const { id } = await lab.patterns.save({ id: null, title, set: { width, height, patterns } })
    await list()
    table.keepBoard(id)
    await table.openSet(id)
  }

  /** A second set like the open one of one's own. */
  async function duplicateSet(title: string): Promise<void> {
    const own = table.ownSet
    if (!own) return
    await table.saveSet()
    const { id } = await lab.patterns.duplicate({ id: own.id, title })
    await list()
    table.keepBoard(id)
    await table.openSet(id)
  }

  async function renameSet(title: string): Promise<void> {
    const own = table.ownSet
    if (!own) return
    // At once for the list, so that saving the shelf meanwhile writes the new title too.
    table.sets = table.sets.map((one) => (one.id === own.id ? { ...one, title: { en: title, ko: title } } : one))
    await lab.patterns.rename({ id: own.id, title }).finally(list)
  }

  /** Removes the open set and opens the one before it; answers what puts it back and opens it as it was. */
  async function removeSet(): Promise<() => Promise<void>> {
    const own = table.ownSet
    if (!own) return async () => undefined
    await table.saveSet()
    const place = table.sets.findIndex(({ id }) => id === own.id)
    await lab.patterns.remove({ id: own.id })
    await list()
    await table.openSet(table.sets[Math.max(0, place - 1)].id)
    return async () => {
      await lab.patterns.restore({ id: own.id })
      await list()
      await table.openSet(own.id)
    }
  }

  return {
    set,
    rename,
    remove,
    addPatterns,
    createSetOf,
    createNewSet,
    saveAs,
    duplicateSet,
    renameSet,
    removeSet,
    toggle: (name: string, isStored: boolean) => (table.shelf = setStored(table.shelf, name, isStored)),
    toggleAll: (isStored: boolean) => (table.shelf = setAllStored(table.shelf, isStored)),
    move: (name: string, to: number) => (table.shelf = moveOnShelf(table.shelf, name, to)),
  }
})
