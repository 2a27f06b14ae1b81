/** The list of runs as the page has it: what it asks main for, in what order answers count, what it keeps. */
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { dispatch } from '../../../src/renderer/bridge/events'
import { useBridge } from '../../../src/renderer/bridge/lab'
import { useBrowseStore } from '../../../src/renderer/rooms/runs/browse/browse.store'
import { CHECK_WIDTH, nextSort } from '../../../src/renderer/rooms/runs/browse/columns'
import {
  completeFilter,
  hasClause,
  quoted,
  toggleClause,
} from '../../../src/renderer/rooms/runs/browse/complete-filter'
import { runAfter, scrollToLine, visibleLines } from '../../../src/renderer/rooms/runs/browse/visible-lines'
import { DEFAULT_RUNS_VIEW, DEFAULT_SETTINGS, parseRunFilter } from '../../../src/shared'
import type { BrowsedList, BrowsedRow, BrowseRequest } from '../../../src/shared'
import { createFakeLab } from '../support/fake-lab'
import { stubMatchMedia } from '../support/match-media'

const rowOf = (run: string, steps = 5): BrowsedRow =>
  ({ run, name: run, tags: [], corpus: null, steps }) as unknown as BrowsedRow

function openStore(browse: (query: BrowseRequest) => Promise<BrowsedList>) {
  const fake = createFakeLab({
    runs: { browse, rows: async ({ runs }) => runs.map((run) => rowOf(run)) },
    settings: { change: async (patch) => ({ ...DEFAULT_SETTINGS, ...patch }) },
  })
  useBridge(fake.bridge)
  return { ...fake, store: useBrowseStore() }
}
const listOf = (...runs: string[]): BrowsedList => ({
  runs: runs.join(' '),
  count: runs.length,
  groups: [],
  rows: [],
})
const asked = (calls: readonly { name: string; input: unknown }[], name: string) =>
  calls.filter((call) => call.name === name).map(({ input }) => input)

describe('the browse store', () => {
  beforeEach(() => {
    stubMatchMedia()
    vi.stubGlobal('document', { documentElement: { dataset: {} } })
    setActivePinia(createPinia())
    vi.useFakeTimers()
  })
  afterEach(() => {
    useBridge(null)
    vi.useRealTimers()
    vi.unstubAllGlobals()
  })

  it('holds identifiers, and reads only the rows that are in sight, each once', async () => {
    const many = Array.from({ length: 10_000 }, (_, i) => `r${i}`)
    const { store, calls } = openStore(async () => listOf(...many))
    await store.refresh()
    expect(store.lines).toHaveLength(10_000)
    await Promise.all([store.needRows(['r1', 'r2']), store.needRows(['r2', 'r3'])])
    await store.needRows(['r1', 'r3'])
    expect(asked(calls, 'runs.rows')).toEqual([
      { runs: ['r1', 'r2'], atStep: null },
      { runs: ['r3'], atStep: null },
    ])
    expect(store.rowOf('r2')?.name).toBe('r2')
    expect(store.rowOf('r9')).toBeNull()
  })

  it('shows rows that another process may have changed as they were, and reads those in sight again', async () => {
    const { store, calls } = openStore(async () => listOf('r1', 'r2'))
    await store.refresh()
    await store.needRows(['r1', 'r2'])
    dispatch({ type: 'resync' })
    expect(store.rowOf('r1')?.name).toBe('r1')
    await Promise.all([store.needRows(['r1']), store.needRows(['r1'])])
    await store.needRows(['r1'])
    expect(asked(calls, 'runs.rows').slice(1)).toEqual([{ runs: ['r1'], atStep: null }])
    store.change({ atStep: 3 })
    expect(store.rowOf('r2')).toBeNull()
  })

  it('reads again, once a second, what a row that goes on has beside what events tell', async () => {
    const { store, calls } = openStore(async () => listOf('r1', 'r2'))
    await store.refresh()
    await store.needRows(['r1', 'r2'])
    for (const steps of [6, 7]) dispatch({ type: 'run', row: rowOf('r1', steps) })
    await store.needRows(['r1', 'r2'])
    expect(store.rowOf('r1')?.steps).toBe(7)
    await vi.advanceTimersByTimeAsync(1000)
    await store.needRows(['r1', 'r2'])
    expect(asked(calls, 'runs.rows').slice(1)).toEqual([{ runs: ['r1'], atStep: null }])
  })

  it('has its first rows with the first list, and asks no more for them', async () => {
    const { store, calls } = openStore(async ({ rows }: BrowseRequest) => ({
      ...listOf('r1', 'r2', 'r3'),
      rows: ['r1', 'r2'].slice(0, rows).map((run) => rowOf(run)),
    }))
    await store.refresh()
    expect(store.rowOf('r1')?.name).toBe('r1')
    await store.needRows(['r1', 'r2', 'r3'])
    await store.refresh()
    expect(asked(calls, 'runs.rows')).toEqual([{ runs: ['r3'], atStep: null }])
    expect(asked(calls, 'runs.browse')).toMatchObject([{ rows: 16 }, { rows: 0 }])
  })

  it('drops an answer that a later question has overtaken', async () => {
    const answers: ((list: BrowsedList) => void)[] = []
    const { store } = openStore(() => new Promise((resolve) => answers.push(resolve)))
    store.change({ filter: 'cell:lstm' })
    store.change({ filter: 'cell:gru' })
    await vi.advanceTimersByTimeAsync(0)
    answers[1](listOf('gru'))
    answers[0](listOf('lstm'))
    await vi.advanceTimersByTimeAsync(0)
    expect(store.runs).toEqual(['gru'])
  })

  it('asks nothing while the filter is wrong, and says where it is', async () => {
    const { store, calls } = openStore(async () => listOf('a'))
    store.change({ filter: 'cell:' })
    await vi.advanceTimersByTimeAsync(0)
    expect(store.error).toMatchObject({ code: 'E_FILTER_NO_VALUE', details: { position: 6 } })
    expect(asked(calls, 'runs.browse')).toEqual([])
  })

  it('keeps the view as it was left, once for several changes', async () => {
    const { store, calls } = openStore(async () => listOf())
    store.change({ sort: { key: 'name', descending: false } })
    store.change({ group: 'cell' })
    await vi.advanceTimersByTimeAsync(1000)
    const kept = asked(calls, 'settings.change') as { runsView: unknown }[]
    expect(kept).toHaveLength(1)
    expect(kept[0].runsView).toMatchObject({ sort: { key: 'name', descending: false }, group: 'cell' })
  })

  it('lays the heads of groups between their runs, and folds them', async () => {
    const group = (value: string, count: number) => ({ value, count, mean: 1, best: 1 })
    const { store } = openStore(async () => ({
      runs: 'a b c',
      count: 3,
      groups: [group('gru', 2), group('lstm', 1)],
      rows: [],
    }))
    await store.refresh()
    const shown = () => store.lines.map((line) => (typeof line === 'string' ? line : line.group.value))
    expect(shown()).toEqual(['gru', 'a', 'b', 'lstm', 'c'])
    store.fold(0)
    expect(shown()).toEqual(['gru', 'lstm', 'c'])
  })

  it('changes a row it holds at once, and puts the list in order a little later', async () => {
    const { store, calls } = openStore(async () => listOf('a'))
    store.change({ filter: 'seed:7' })
    await vi.advanceTimersByTimeAsync(0)
    await store.needRows(['a'])
    dispatch({ type: 'run', row: { ...rowOf('a'), name: 'new' } })
    dispatch({ type: 'run', row: { ...rowOf('a'), name: 'newer' } })
    expect(store.rowOf('a')?.name).toBe('newer')
    await vi.advanceTimersByTimeAsync(2000)
    // Stores of other tests hear it too: this one asks for its own filter.
    const own = (asked(calls, 'runs.browse') as BrowseRequest[]).filter(({ filter }) => filter === 'seed:7')
    expect(own).toHaveLength(2)
  })
})

describe('lines in sight', () => {
  it('are few, whatever the length of the list, and their space is whole', () => {
    for (const scrollTop of [0, 5000, 359_000, 400_000]) {
      const { first, end, before, after } = visibleLines(10_000, 36, scrollTop, 600)
      expect(end - first).toBeLessThan(36)
      expect(before + (end - first) * 36 + after).toBe(360_000)
    }
    expect(visibleLines(0, 36, 0, 600)).toEqual({ first: 0, end: 0, before: 0, after: 0 })
  })

  it('are scrolled to only as far as needed', () => {
    expect(scrollToLine(0, 36, 100, 360)).toBe(0)
    expect(scrollToLine(5, 36, 100, 360)).toBe(100)
    expect(scrollToLine(20, 36, 100, 360)).toBe(21 * 36 - 360)
  })

  it('are walked over from run to run, past the heads of groups', () => {
    const head = { group: { value: 'gru', count: 2, mean: null, best: null }, place: 0, folded: false }
    const lines = [head, 'a', 'b', { ...head, place: 1 }, 'c']
    expect(runAfter(lines, 2, 1)).toEqual({ run: 'c', at: 4 })
    expect(runAfter(lines, 4, -1)).toEqual({ run: 'b', at: 2 })
    expect(runAfter(lines, 4, 1)).toEqual({ run: 'c', at: 4 })
    expect(runAfter(lines, 1, -1)).toBeNull()
    expect(runAfter(lines, -1, 1)).toEqual({ run: 'a', at: 1 })
    expect(runAfter([], -1, 1)).toBeNull()
  })
})

describe('completion', () => {
  const known = { tag: ['night run', 'sea'], corpus: ['한글.txt'] }
  const offers = (text: string, caret = text.length) =>
    completeFilter(text, caret, known).options.map((option) => option.text)

  it.each([
    ['cell', [':', '!=']],
    ['cel', ['cell:']],
    ['-starr', ['starred:']],
    ['hidden', [':', '<', '<=', '>', '>=', '!=']],
    ['cell:ls', ['lstm']],
    ['(cell:vanilla OR tag:n', ['"night run"', 'none']],
    ['starred:', ['yes', 'no']],
    ['corpus:한', ['한글.txt']],
    ['tag:"night', []],
  ])('after %s offers %j', (text, expected) => {
    expect(offers(text)).toEqual(expected)
  })

  it('finds Hangul in either composition', () => {
    expect(offers(`corpus:${'한글'.normalize('NFD')}`)).toEqual(['한글.txt'])
  })

  it('completes where the caret stands', () => {
    expect(completeFilter('ce hidden>3', 2, known)).toMatchObject({ from: 0, to: 2 })
  })
})

describe('a chip', () => {
  it('puts its clause in and takes it out, and leaves the rest', () => {
    const clause = `tag:${quoted('night run')}`
    const filter = toggleClause('cell:lstm "two words"', clause)
    expect(filter).toBe('cell:lstm "two words" tag:"night run"')
    expect(() => parseRunFilter(filter)).not.toThrow()
    expect(hasClause(filter, clause)).toBe(true)
    expect(toggleClause(filter, clause)).toBe('cell:lstm "two words"')
  })
})

describe('a column', () => {
  it('stands with all that come by themselves in a window of 1280 pixels', () => {
    // Without the rail (72), the room's margins (48), the card's lines (2) and the bar at the side (10).
    const width = DEFAULT_RUNS_VIEW.columns.reduce((sum, column) => sum + column.width, CHECK_WIDTH)
    expect(width).toBeLessThanOrEqual(1280 - 72 - 48 - 2 - 10)
  })

  it('turns around when it is in use, and begins with what people look for', () => {
    expect(nextSort({ key: 'name', descending: false }, 'bestValidationLoss').descending).toBe(false)
    expect(nextSort({ key: 'name', descending: false }, 'created').descending).toBe(true)
    expect(nextSort({ key: 'name', descending: false }, 'name').descending).toBe(true)
  })
})
