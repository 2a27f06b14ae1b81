/** What lies on the table: the set, the shelf, the cue that is drawn, and the network's settings; kept over a restart. */
import { defineStore } from 'pinia'
import { computed, ref, shallowRef, watch } from 'vue'
import { blankHalf, flipShare, Random, toBipolar } from '../../../engine'
import type { Pattern, PatternSet, PatternSetInfo, RecallSettings } from '../../../shared'
import { lab } from '../../bridge/lab'
import * as edit from './editor/pattern-edit'
import type { Cell, Cells, EditHistory } from './editor/pattern-edit'
import { copyRegion, floodFill, halfRegion, mapRegion, mirror, pastePiece, shift, wholeRegion } from './editor/region'
import type { Axis, Piece, Region, Side } from './editor/region'
import { blur } from './editor/blur'
import { boardDraft, drawnOf, encodeDraft, parseDraft } from './recall-draft'
import type { BoardDraft } from './recall-draft'
import { addToShelf, assertRoom, freeName, shelfOfDraft, shelfOfSet } from './memory/shelf'
import type { Shelf } from './memory/shelf'
import { FIRST_SET } from './memory/starting-patterns'

const DRAFT = 'recall'
const WRITE_EVERY_MS = 400

const DEFAULT_SETTINGS: RecallSettings = {
  rule: 'hebbian',
  update: 'asynchronous',
  bias: 'none',
  degree: 3,
  beta: 1,
  temperature: 0,
  maxSweeps: 100,
  seed: 1,
}

export const useRecallStore = defineStore('recall', () => {
  const sets = shallowRef<readonly PatternSetInfo[]>([])
  const setId = ref<string | null>(null)
  const width = ref(0)
  const height = ref(0)
  const shelf = shallowRef<Shelf>([])
  const history = shallowRef<EditHistory>(edit.createHistory(new Int8Array(0)))
  /** The pattern that the cue was made from, to say how much it differs. */
  const origin = ref<string | null>(null)
  const settings = shallowRef<RecallSettings>(DEFAULT_SETTINGS)
  const boards = new Map<string, BoardDraft>()
  /** The patterns of a set of one's own as the database has them. */
  let kept: readonly Pattern[] = []
  let spoils = 0
  let strokeFrom: Cells | null = null
  /** A part of the cue that the next change is for; null: all of it. */
  const region = shallowRef<Region | null>(null)
  const copied = shallowRef<Piece | null>(null)
  /** What a drawing that came with a name would be stored as. */
  const suggestedName = ref('')

  /** What is drawn: ±1, or real numbers that are still to be made bipolar. */
  const drawn = computed(() => history.value.present)
  const isReal = computed(() => drawn.value instanceof Float32Array)
  /** As the network takes it: what leans to 1 becomes 1, what leans to −1 becomes −1. */
  const cue = computed(() => (drawn.value instanceof Float32Array ? toBipolar(drawn.value) : drawn.value))
  const neurons = computed(() => cue.value.length)
  const stored = computed(() => shelf.value.filter((entry) => entry.stored))
  const storedSet = computed<PatternSet>(() => ({
    width: width.value,
    height: height.value,
    patterns: stored.value.map(({ pattern }) => pattern),
  }))
  const load = computed(() => (neurons.value === 0 ? 0 : stored.value.length / neurons.value))
  const canUndo = computed(() => history.value.past.length > 0)
  const canRedo = computed(() => history.value.future.length > 0)
  /** The share of the cue's cells that differ from the pattern it was made from. */
  const difference = computed(() => {
    const from = shelf.value.find(({ pattern }) => pattern.name === origin.value)
    if (!from) return null
    return cue.value.reduce((sum, value, i) => sum + (value === from.values[i] ? 0 : 1), 0) / neurons.value
  })
  /** The set that is open, where it is one's own. */
  const ownSet = computed(() => sets.value.find(({ id, bundled }) => id === setId.value && !bundled) ?? null)

  function layOut(id: string, set: PatternSet, board: BoardDraft | undefined): void {
    const left = board ? shelfOfDraft(board, set) : null
    kept = set.patterns
    const next = left ?? shelfOfSet(id, set)
    const first = next[0]
    setId.value = id
    width.value = set.width
    height.value = set.height
    shelf.value = next
    origin.value = left && board ? board.origin : (first?.pattern.name ?? null)
    const empty = new Int8Array(set.width * set.height).fill(-1)
    region.value = null
    strokeFrom = null
    const begun = left && board ? drawnOf(board) : first ? blankHalf(first.values, set.width) : empty
    history.value = edit.createHistory(begun)
  }

  /** Opens a set, as it was left if it was open before; what is on the table is kept for coming back. */
  async function openSet(id: string): Promise<void> {
    await saveSet()
    const set = await lab.patterns.open({ id })
    keepBoard()
    layOut(id, set, boards.get(id))
  }

  /** The set as it came. */
  async function startAfresh(): Promise<void> {
    const id = setId.value
    if (id !== null) layOut(id, await lab.patterns.open({ id }), undefined)
  }

  async function open(): Promise<void> {
    const [listed, text] = await Promise.all([lab.patterns.sets({}), lab.drafts.read({ key: DRAFT })])
    sets.value = listed
    const draft = parseDraft(text)
    if (draft) {
      settings.value = draft.settings
      for (const [id, board] of Object.entries(draft.boards)) boards.set(id, board)
    }
    const wished = draft?.set ?? FIRST_SET
    const known = listed.find(({ id }) => id === wished) ?? listed[0]
    if (known) await openSet(known.id)
  }

  /** @param as the set that it is kept for: the open one, or a copy of it */
  function keepBoard(as = setId.value): void {
    if (as === null) return
    const isOwn = as !== setId.value || ownSet.value !== null
    boards.set(as, boardDraft(drawn.value, width.value, origin.value, shelf.value, isOwn))
  }

  /** Writes what was changed on the shelf of a set of one's own to that set. */
  async function saveSet(): Promise<void> {
    const own = ownSet.value
    const patterns = shelf.value.map(({ pattern }) => pattern)
    if (!own || (patterns.length === kept.length && patterns.every((pattern, i) => pattern === kept[i]))) return
    const before = kept
    kept = patterns
    try {
      const set = { width: width.value, height: height.value, patterns }
      const info = await lab.patterns.save({ id: own.id, title: own.title.en, set })
      sets.value = sets.value.map((other) => (other.id === info.id ? info : other))
    } catch (error) {
      if (setId.value === own.id) kept = before
      throw error
    }
  }

  let timer: ReturnType<typeof setTimeout> | null = null
  let writtenAt = -Infinity

  /** Writes at once what waits to be written. */
  async function flush(): Promise<void> {
    if (timer === null || setId.value === null) return
    clearTimeout(timer)
    timer = null
    writtenAt = performance.now()
    keepBoard()
    const draft = {
      version: 1 as const,
      set: setId.value,
      settings: settings.value,
      boards: Object.fromEntries(sets.value.flatMap(({ id }) => (boards.has(id) ? [[id, boards.get(id)!]] : []))),
    }
    // Both are on their way at once: the window may be closing.
    await Promise.all([saveSet(), lab.drafts.write({ key: DRAFT, value: encodeDraft(draft) })])
  }

  /**
   * Asks `write` to be called for changes: for the first at once, since the app may be closed right after it, for what
   * follows when it has come to rest. Answers what ends it.
   */
  function keepWith(write: () => void): () => void {
    return watch([drawn, shelf, settings, setId], () => {
      if (timer !== null) clearTimeout(timer)
      timer = setTimeout(write, performance.now() - writtenAt > WRITE_EVERY_MS ? 0 : WRITE_EVERY_MS)
    })
  }

  function beginStroke(): void {
    strokeFrom ??= drawn.value
  }
  function stroke(cells: readonly Cell[], value: 1 | -1): void {
    history.value = edit.drawOver(history.value, edit.paintCells(drawn.value, width.value, cells, value))
  }
  /** Draws these cells instead of what the stroke has drawn so far: a line follows the pointer. */
  function restroke(cells: readonly Cell[], value: 1 | -1): void {
    if (strokeFrom === null) return
    history.value = edit.drawOver(history.value, edit.paintCells(strokeFrom, width.value, cells, value))
  }
  function endStroke(): void {
    if (strokeFrom !== null) history.value = edit.endStroke(history.value, strokeFrom)
    strokeFrom = null
  }
  const replaceCue = (next: Cells): void => {
    history.value = edit.replaceWith(history.value, next)
  }
  /** Changes the chosen part, or all of the cue, in one step back. */
  function changePart(change: (cells: Cells, part: Region) => Cells): void {
    replaceCue(change(drawn.value, region.value ?? wholeRegion(width.value, height.value)))
  }
  const setPart = (value: (old: number) => number): void =>
    changePart((cells, part) => mapRegion(cells, width.value, part, value))

  function copy(): Piece {
    const part = region.value ?? wholeRegion(width.value, height.value)
    return (copied.value = copyRegion(drawn.value, width.value, part))
  }
  /** Lays a piece where the chosen part begins, or at the top left. */
  function paste(piece: Piece | null = copied.value): void {
    if (!piece) return
    const at = region.value ?? { row: 0, column: 0 }
    const isBipolar = drawn.value instanceof Int8Array && piece.values instanceof Int8Array
    const base = isBipolar ? drawn.value : Float32Array.from(drawn.value)
    replaceCue(pastePiece(base, width.value, piece, at))
  }

  function loadCue(name: string): void {
    const entry = shelf.value.find(({ pattern }) => pattern.name === name)
    if (!entry) return
    origin.value = name
    replaceCue(entry.values)
  }

  function storeCue(wished: string): void {
    assertRoom(shelf.value, 1)
    const name = freeName(shelf.value, wished)
    shelf.value = addToShelf(shelf.value, name, cue.value, width.value)
    origin.value = name
  }

  /** What came from elsewhere becomes the cue. */
  function takeDrawing(cells: Cells, name: string | null): void {
    origin.value = null
    suggestedName.value = name ?? ''
    replaceCue(cells)
  }

  return {
    sets,
    setId,
    width,
    height,
    shelf,
    origin,
    settings,
    drawn,
    isReal,
    cue,
    region,
    copied,
    neurons,
    stored,
    storedSet,
    load,
    canUndo,
    canRedo,
    difference,
    open,
    openSet,
    startAfresh,
    ownSet,
    keepBoard,
    saveSet,
    flush,
    keepWith,
    beginStroke,
    stroke,
    endStroke,
    replaceCue,
    loadCue,
    storeCue,
    takeDrawing,
    suggestedName,
    undo: () => (history.value = edit.undo(history.value)),
    redo: () => (history.value = edit.redo(history.value)),
    restroke,
    fill: (cell: Cell, value: 1 | -1) => replaceCue(floodFill(drawn.value, width.value, cell, value)),
    clear: () => setPart(() => -1),
    invert: () => setPart((value) => -value),
    /** Another draw each time; the seed makes a test of it repeatable. */
    scatter: () => {
      const noise = Random.fromSeed(++spoils, 'drawing')
      setPart(() => (noise.uniform() < 0.5 ? -1 : 1))
    },
    mirror: (axis: Axis) => changePart((cells, part) => mirror(cells, width.value, part, axis)),
    shift: (rows: number, columns: number) =>
      changePart((cells, part) => shift(cells, width.value, part, rows, columns)),
    copy,
    paste,
    /** Another draw each time, so that pressing again differs. */
    flip: (share: number) => replaceCue(flipShare(cue.value, share, ++spoils)),
    blank: (side: Side) =>
      replaceCue(mapRegion(drawn.value, width.value, halfRegion(width.value, height.value, side), () => -1)),
    blur: (radius: number) => replaceCue(blur(drawn.value, width.value, radius)),
    /** What is below the level becomes −1, the rest +1. */
    threshold: (level: number) => replaceCue(Int8Array.from(drawn.value, (value) => (value < level ? -1 : 1))),
    makeBipolar: () => replaceCue(cue.value),
    change: (patch: Partial<RecallSettings>) => (settings.value = { ...settings.value, ...patch }),
  }
})
