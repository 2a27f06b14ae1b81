/** Sets of one's own, the weights behind a recall and the room's views, against a fake lab that keeps sets as the real one. */
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { nextTick } from 'vue'
import { useBridge } from '../../../src/renderer/bridge/lab'
import { LabError } from '../../../src/shared'
import type { PatternSet, PatternSetInfo, RecallWeights, WeightsRequest } from '../../../src/shared'
import type { RecallDraft } from '../../../src/renderer/rooms/recall/recall-draft'
import { createFakeLab } from '../support/fake-lab'
import { stubMatchMedia } from '../support/match-media'

const LETTERS: PatternSet = {
  width: 3,
  height: 3,
  patterns: [
    { name: 'A', rows: ['###', '#.#', '#.#'] },
    { name: 'N', rows: ['##.', '###', '##.'] },
    { name: 'V', rows: ['###', '#..', '###'] },
    { name: 'D', rows: ['##.', '#.#', '##.'] },
  ],
}
const BUNDLED: PatternSetInfo = {
  id: 'letters-16',
  bundled: true,
  title: { en: 'L', ko: 'L' },
  width: 3,
  height: 3,
  count: 4,
}

interface Kept {
  readonly id: string
  readonly title: string
  readonly set: PatternSet
}

let own: Kept[] = []
let removed: { place: number; kept: Kept }[] = []
const drafts = new Map<string, string | null>()
let weights: (request: WeightsRequest) => Promise<RecallWeights>

const infoOf = ({ id, title, set: { width, height, patterns } }: Kept): PatternSetInfo => ({
  id,
  bundled: false,
  title: { en: title, ko: title },
  width,
  height,
  count: patterns.length,
})

function change(id: string, patch: Partial<Kept>): PatternSetInfo {
  const place = own.findIndex((kept) => kept.id === id)
  if (place === -1) throw new LabError('E_PATTERN_SET_UNKNOWN', { id })
  own[place] = { ...own[place], ...patch }
  return infoOf(own[place])
}

function insert(title: string, set: PatternSet): PatternSetInfo {
  const kept = { id: `own-${own.length + removed.length + 1}`, title, set }
  own.push(kept)
  return infoOf(kept)
}

const copy = <Value>(value: Value): Value => structuredClone(value)

function fakeLab() {
  return createFakeLab({
    patterns: {
      sets: async () => [BUNDLED, ...own.map(infoOf)],
      open: async ({ id }) => copy(id === BUNDLED.id ? LETTERS : own.find((kept) => kept.id === id)!.set),
      save: async ({ id, title, set }) =>
        id === null ? insert(title, copy(set)) : change(id, { title, set: copy(set) }),
      rename: async ({ id, title }) => change(id, { title }),
      duplicate: async ({ id, title }) => insert(title, copy(own.find((kept) => kept.id === id)!.set)),
      remove: async ({ id }) => {
        const place = own.findIndex((kept) => kept.id === id)
        removed.push({ place, kept: own[place] })
        own.splice(place, 1)
        return null
      },
      restore: async ({ id }) => {
        const { place, kept } = removed.find((one) => one.kept.id === id)!
        own.splice(place, 0, kept)
        return infoOf(kept)
      },
    },
    drafts: {
      read: async ({ key }) => drafts.get(key) ?? null,
      write: async ({ key, value }) => {
        drafts.set(key, value)
        return null
      },
    },
    recall: {
      weights: (request) => weights(request),
      overlaps: async ({ set }) => new Float64Array(set.patterns.length ** 2).fill(0.5),
    },
  })
}

async function openRoom() {
  stubMatchMedia()
  setActivePinia(createPinia())
  const { useRecallStore } = await import('../../../src/renderer/rooms/recall/recall.store')
  const { useShelfStore } = await import('../../../src/renderer/rooms/recall/memory/shelf.store')
  const { useWeightsStore } = await import('../../../src/renderer/rooms/recall/memory/weights.store')
  const { useRecallViewStore } = await import('../../../src/renderer/rooms/recall/recall-view.store')
  const table = useRecallStore()
  table.keepWith(() => undefined)
  await table.open()
  await nextTick()
  return { table, shelf: useShelfStore(), memory: useWeightsStore(), views: useRecallViewStore() }
}

let fake: ReturnType<typeof fakeLab>
const callsOf = (name: string) => fake.calls.filter((call) => call.name === name)

beforeEach(() => {
  own = []
  removed = []
  drafts.clear()
  fake = fakeLab()
  useBridge(fake.bridge)
})
afterEach(() => {
  useBridge(null)
  vi.unstubAllGlobals()
})

describe('the shelf', () => {
  it('renames to free names alone, and the cue keeps its origin', async () => {
    const { table, shelf } = await openRoom()
    expect(shelf.rename('A', 'N')).toBe(false)
    expect(shelf.rename('A', '가 "%" 🧠')).toBe(true)
    expect(table.origin).toBe('가 "%" 🧠')
    expect(table.stored[0].pattern.name).toBe('가 "%" 🧠')
  })

  it('is ordered, and the network is given that order', async () => {
    const { table, shelf } = await openRoom()
    shelf.toggleAll(true)
    shelf.move('D', 0)
    expect(table.storedSet.patterns.map(({ name }) => name)).toEqual(['D', 'A', 'N', 'V'])
    shelf.toggleAll(false)
    expect(table.stored).toEqual([])
  })

  it('of a bundled set changes nothing but the draft, and is saved as a set of one’s own with its cue', async () => {
    const { table, shelf } = await openRoom()
    shelf.rename('A', 'mine')
    shelf.toggle('N', false)
    await nextTick()
    await table.flush()
    expect(callsOf('patterns.save')).toEqual([])
    table.invert()
    const cue = Array.from(table.cue)
    await shelf.saveAs('My “letters” 100 % 한글')
    expect(shelf.set).toMatchObject({ bundled: false, title: { ko: 'My “letters” 100 % 한글' }, count: 4 })
    expect(own[0].set.patterns.map(({ name }) => name)).toEqual(['mine', 'N', 'V', 'D'])
    expect(table.stored.map(({ pattern }) => pattern.name)).toEqual(['mine', 'V'])
    expect(Array.from(table.cue)).toEqual(cue)
  })
})

describe('a set of one’s own', () => {
  it('is made empty or of scaled patterns, at any size', async () => {
    const { table, shelf } = await openRoom()
    await shelf.createNewSet({ title: 'empty', width: 20, height: 12, content: 'empty' })
    expect([table.width, table.height, table.neurons, table.shelf.length]).toEqual([20, 12, 240, 0])
    await table.openSet('letters-16')
    await shelf.createNewSet({ title: 'large', width: 6, height: 6, content: 'scaled' })
    expect(table.shelf.map(({ pattern }) => pattern.name)).toEqual(['A', 'N', 'V', 'D'])
    expect(table.shelf[0].pattern.rows.slice(0, 3)).toEqual(['######', '######', '##..##'])
  })

  it('is written when its shelf changes, on or off and the cue into the draft, and comes back', async () => {
    const { table, shelf } = await openRoom()
    await shelf.saveAs('mine')
    const before = callsOf('patterns.save').length
    shelf.toggle('D', true)
    await nextTick()
    await table.flush()
    expect(callsOf('patterns.save')).toHaveLength(before)
    shelf.move('D', 0)
    table.clear()
    table.storeCue('void')
    await nextTick()
    await table.flush()
    expect(callsOf('patterns.save')).toHaveLength(before + 1)
    expect(own[0].set.patterns.map(({ name }) => name)).toEqual(['D', 'A', 'N', 'V', 'void'])
    const { boards } = JSON.parse(drafts.get('recall') ?? '') as RecallDraft
    expect(boards[own[0].id]).toMatchObject({ shelf: [], on: ['D', 'A', 'N', 'V', 'void'] })

    const again = await openRoom()
    expect(again.table.setId).toBe(own[0].id)
    expect(again.table.stored.map(({ pattern }) => pattern.name)).toEqual(['D', 'A', 'N', 'V', 'void'])
    expect(again.table.cue.every((value) => value === -1)).toBe(true)
  })

  it('is written before another is opened, and stays unwritten no longer than a refusal', async () => {
    const { table, shelf } = await openRoom()
    await shelf.saveAs('mine')
    shelf.remove('N')
    await table.openSet('letters-16')
    expect(own[0].set.patterns.map(({ name }) => name)).toEqual(['A', 'V', 'D'])
    await table.openSet(own[0].id)
    shelf.remove('V')
    const [kept] = own
    own = []
    await expect(table.saveSet()).rejects.toMatchObject({ code: 'E_PATTERN_SET_UNKNOWN' })
    own = [kept]
    await table.saveSet()
    expect(own[0].set.patterns.map(({ name }) => name)).toEqual(['A', 'D'])
  })

  it('is renamed, duplicated, removed and put back exactly, with its cue', async () => {
    const { table, shelf } = await openRoom()
    await shelf.saveAs('first')
    await shelf.renameSet('“1” %')
    expect(shelf.set?.title.en).toBe('“1” %')
    await shelf.duplicateSet('second')
    expect(table.sets.map(({ title }) => title.en)).toEqual(['L', '“1” %', 'second'])
    await table.openSet(own[0].id)
    table.invert()
    shelf.toggle('A', false)
    const [cue, kept] = [Array.from(table.cue), own[0]]
    const putBack = await shelf.removeSet()
    expect(table.setId).toBe('letters-16')
    expect(table.sets.map(({ title }) => title.en)).toEqual(['L', 'second'])
    await putBack()
    expect(own[0]).toEqual(kept)
    expect(table.sets.map(({ title }) => title.en)).toEqual(['L', '“1” %', 'second'])
    expect(table.setId).toBe(kept.id)
    expect(Array.from(table.cue)).toEqual(cue)
    expect(table.stored.map(({ pattern }) => pattern.name)).toEqual(['N', 'V'])
  })

  it('that came in a file has names that differ', async () => {
    const { table, shelf } = await openRoom()
    const grid = (value: number) => ({ name: 'same', width: 4, height: 1, values: new Int8Array(4).fill(value) })
    await shelf.createSetOf('file', [grid(1), grid(-1)])
    expect(table.shelf.map(({ pattern }) => pattern.name)).toEqual(['same', 'same 2'])
  })
})

/** 9 neurons; w_ij = 10 i + j. */
function answer({ rows }: WeightsRequest, neurons = 9, shown = 9): RecallWeights {
  const columns = Uint32Array.from({ length: rows ? neurons : shown }, (_, j) => j)
  const some = rows ? Uint32Array.from(rows) : columns
  const values = Float64Array.from({ length: some.length * columns.length }, (_, k) => {
    return 10 * some[Math.floor(k / columns.length)] + columns[k % columns.length]
  })
  return { neurons, rows: some, columns, values, bias: Float64Array.from({ length: neurons }, (_, i) => i / 10) }
}

describe('what the memory is made of', () => {
  it('is asked once of a small network, whose neurons are read off the map', async () => {
    const { memory } = await openRoom()
    weights = async (request) => answer(request)
    await memory.refresh()
    await memory.choose(4)
    expect(callsOf('recall.weights')).toHaveLength(1)
    expect(memory.chosen).toMatchObject({ neuron: 4, bias: 0.4 })
    expect(memory.chosen?.row[7]).toBe(47)
    expect(memory.overlaps?.entries.map(({ pattern }) => pattern.name)).toEqual(['A', 'N', 'V'])
  })

  it('is asked by the row of a large one', async () => {
    const { memory } = await openRoom()
    weights = async (request) => answer(request, 9, 3)
    await memory.refresh()
    expect(memory.isWhole).toBe(false)
    await memory.choose(8)
    expect(callsOf('recall.weights').at(-1)?.input).toMatchObject({ rows: [8] })
    expect(memory.chosen?.row).toHaveLength(9)
    expect(memory.chosen?.row[1]).toBe(81)
  })

  it('is not asked for rules without W, nor of nothing', async () => {
    const { table, shelf, memory } = await openRoom()
    table.change({ rule: 'modern' })
    await memory.refresh()
    table.change({ rule: 'hebbian' })
    shelf.toggleAll(false)
    await memory.refresh()
    expect(callsOf('recall.weights')).toEqual([])
    expect([memory.map, memory.chosen, memory.overlaps?.entries.length]).toEqual([null, null, 0])
  })

  it('tells why there is none, until there is one', async () => {
    const { memory } = await openRoom()
    weights = async () => {
      throw new LabError('E_PATTERNS_EQUAL', { first: 'A', second: 'N' })
    }
    await memory.refresh()
    expect(memory.problem).toMatch(/A and N are equal/)
    weights = async (request) => answer(request)
    await memory.refresh()
    expect(memory.problem).toBeNull()
  })

  it('lets an answer go that comes too late', async () => {
    const { memory } = await openRoom()
    const waiting: ((found: RecallWeights) => void)[] = []
    weights = () => new Promise((resolve) => waiting.push(resolve))
    const first = memory.refresh()
    const second = memory.refresh()
    waiting[1](answer({ rows: null } as WeightsRequest))
    await second
    waiting[0](answer({ rows: null } as WeightsRequest, 4, 4))
    await first
    expect(memory.map?.neurons).toBe(9)
  })
})

describe('the room’s views', () => {
  it('are kept over a restart; what has nothing to show is not opened', async () => {
    const { views } = await openRoom()
    await views.open()
    expect(views.view).toBe('recall')
    await views.show('memory')
    const again = await openRoom()
    await again.views.open()
    expect(again.views.view).toBe('memory')
    drafts.set('recall-view', 'nonsense')
    await again.views.open()
    expect(again.views.view).toBe('recall')
  })
})
