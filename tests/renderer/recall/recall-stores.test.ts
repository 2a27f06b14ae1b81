/** The room's two stores against a fake lab: opening, drawing, storing, keeping, and a recall that is played. */
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { nextTick } from 'vue'
import { dispatch } from '../../../src/renderer/bridge/events'
import { FASTEST } from '../../../src/renderer/rooms/recall/playback/playback-speed'
import { useBridge } from '../../../src/renderer/bridge/lab'
import type { PatternSet, RecallBatch, RecallRequest } from '../../../src/shared'
import { createFakeLab } from '../support/fake-lab'

const rows = (text: string): string[] => text.split('/')
const LETTERS: PatternSet = {
  width: 4,
  height: 4,
  patterns: ['B', 'A', 'N', 'V'].map((name, i) => ({
    name,
    rows: rows(['####/..../####/....', '#..#/#..#/.##./.##.', '##../##../..##/..##', '#.#./.#.#/#.#./.#.#'][i]),
  })),
}

const frames: (() => void)[] = []
let kept: string | null = null

function fakeLab() {
  let recalls = 0
  return createFakeLab({
    patterns: {
      sets: async () => [
        { id: 'letters-16', bundled: true, title: { en: 'L', ko: 'L' }, width: 4, height: 4, count: 4 },
        { id: 'other', bundled: true, title: { en: 'O', ko: 'O' }, width: 4, height: 4, count: 4 },
      ],
      open: async () => LETTERS,
    },
    drafts: {
      read: async () => kept,
      write: async ({ value }) => {
        kept = value
        return null
      },
    },
    recall: {
      start: async ({ set }: RecallRequest) => ({
        recall: `r${++recalls}`,
        energy: -1,
        overlaps: new Float64Array(set.patterns.length),
      }),
      stop: async () => null,
    },
  })
}

function batch(recall: string, isLast = true): RecallBatch {
  const neurons = Uint32Array.from({ length: 16 }, (_, i) => i)
  const verdict = { kind: 'stored', pattern: 'A', overlap: 1, patterns: [{ name: 'A', sign: 1 }] } as const
  return {
    recall,
    neurons,
    fields: new Float32Array(16).fill(0.5),
    flipped: Uint8Array.from(neurons, (i) => (i === 15 ? 1 : 0)),
    energies: Float64Array.from(neurons, (i) => -i),
    end: isLast ? { sweeps: 1, converged: true, cycle: 0, verdict } : null,
  }
}

async function openRoom(reduced = false) {
  vi.stubGlobal('matchMedia', (query: string) => ({
    matches: reduced && query.includes('reduced-motion'),
    addEventListener: () => undefined,
  }))
  setActivePinia(createPinia())
  const { useRecallStore } = await import('../../../src/renderer/rooms/recall/recall.store')
  const { useRecallRunStore } = await import('../../../src/renderer/rooms/recall/playback/recall-run.store')
  const { useShelfStore } = await import('../../../src/renderer/rooms/recall/memory/shelf.store')
  const table = useRecallStore()
  const shelf = useShelfStore()
  const run = useRecallRunStore()
  await table.open()
  await nextTick()
  return { table, shelf, run }
}

let fake: ReturnType<typeof fakeLab>

beforeEach(() => {
  kept = null
  frames.length = 0
  vi.stubGlobal('requestAnimationFrame', (draw: () => void) => frames.push(draw))
  fake = fakeLab()
  useBridge(fake.bridge)
})
afterEach(() => {
  useBridge(null)
  vi.unstubAllGlobals()
})

describe('the table', () => {
  it('opens with three patterns stored and half of the first as the cue', async () => {
    const { table } = await openRoom()
    expect(table.stored.map(({ pattern }) => pattern.name)).toEqual(['A', 'N', 'V'])
    expect(table.shelf.at(-1)?.pattern.name).toBe('B')
    expect(Array.from(table.cue.subarray(8))).toEqual(new Array(8).fill(-1))
    expect(table.origin).toBe('A')
  })

  it('makes one step back of a stroke, and stores what is drawn under a free name', async () => {
    const { table } = await openRoom()
    table.clear()
    table.beginStroke()
    table.stroke([{ row: 0, column: 0 }], 1)
    table.stroke([{ row: 1, column: 1 }], 1)
    table.endStroke()
    table.storeCue('A')
    expect(table.stored.map(({ pattern }) => pattern.name)).toEqual(['A', 'N', 'V', 'A 2'])
    expect(table.shelf[3].pattern.rows).toEqual(['#...', '.#..', '....', '....'])
    table.undo()
    expect(table.cue.every((value) => value === -1)).toBe(true)
  })

  it('flips other cells each time', async () => {
    const { table } = await openRoom()
    const before = table.cue
    table.flip(0.25)
    const once = table.cue
    table.undo()
    table.flip(0.25)
    const changed = (next: Int8Array) => next.reduce((sum, value, i) => sum + (value === before[i] ? 0 : 1), 0)
    expect([changed(once), changed(table.cue)]).toEqual([4, 4])
    expect(Array.from(table.cue)).not.toEqual(Array.from(once))
  })

  it('puts a removed pattern back where it was, and keeps what was stored since', async () => {
    const { table, shelf } = await openRoom()
    const putBack = shelf.remove('N')
    table.clear()
    table.storeCue('since')
    putBack()
    expect(table.stored.map(({ pattern }) => pattern.name)).toEqual(['A', 'N', 'V', 'since'])
    const tooLate = shelf.remove('N')
    await table.openSet('other')
    const before = table.shelf
    tooLate()
    expect(table.shelf).toBe(before)
  })

  it('is as it was left after closing the app, each set for itself', async () => {
    const first = await openRoom()
    first.table.keepWith(() => undefined)
    first.table.clear()
    first.table.storeCue('mine')
    first.shelf.toggle('N', false)
    first.table.change({ rule: 'storkey' })
    await first.table.openSet('other')
    first.table.invert()
    await nextTick()
    await first.table.flush()
    const { table } = await openRoom()
    expect(table.setId).toBe('other')
    expect(Array.from(table.cue)).toEqual(Array.from(first.table.cue))
    expect(table.settings.rule).toBe('storkey')
    await table.openSet('letters-16')
    expect(table.stored.map(({ pattern }) => pattern.name)).toEqual(['A', 'V', 'mine'])
    await table.startAfresh()
    expect(table.stored.map(({ pattern }) => pattern.name)).toEqual(['A', 'N', 'V'])
  })

  it.each([
    '{',
    '{"version":9}',
    '{"version":1,"set":"letters-16","settings":{},"boards":{"letters-16":{"cue":["#"]}}}',
  ])('opens as new when what was kept is %s', async (text) => {
    kept = text
    const { table } = await openRoom()
    expect(table.stored).toHaveLength(3)
  })
})

describe('a recall', () => {
  it('sends what is stored, and plays the visits frame by frame to their end', async () => {
    const { table, run } = await openRoom()
    await run.recall()
    const call = fake.calls.find(({ name }) => name === 'recall.start')
    expect((call?.input as RecallRequest).set.patterns.map(({ name }) => name)).toEqual(['A', 'N', 'V'])
    expect(run.isPlaying).toBe(true)
    dispatch({ type: 'recall', batch: batch('r1') })
    run.pace = FASTEST
    while (frames.length > 0) frames.shift()?.()
    expect([run.visit, run.isAtEnd, run.isPlaying]).toEqual([16, true, false])
    expect(run.state[15]).toBe(-table.cue[15])
    run.seek(15)
    expect(run.state[15]).toBe(table.cue[15])
    expect(run.isAtEnd).toBe(false)
  })

  it('steps without a recall by beginning one, and waits for its visits', async () => {
    const { run } = await openRoom()
    await run.step('sweep')
    expect(run.visit).toBe(0)
    dispatch({ type: 'recall', batch: batch('r1', false) })
    expect([run.visit, run.isPlaying]).toEqual([16, false])
    await run.step('neuron')
    expect(run.visit).toBe(16)
    dispatch({ type: 'recall', batch: batch('r1') })
    expect(run.visit).toBe(17)
  })

  it('is shown at its end at once with reduced motion', async () => {
    const { run } = await openRoom(true)
    await run.recall()
    dispatch({ type: 'recall', batch: batch('r1', false) })
    dispatch({ type: 'recall', batch: batch('r1') })
    expect([run.visit, run.isPlaying, run.isAtEnd]).toEqual([32, false, true])
  })

  it('is let go and stopped when the cue changes', async () => {
    const { table, run } = await openRoom()
    await run.recall()
    dispatch({ type: 'recall', batch: batch('r1', false) })
    table.invert()
    await nextTick()
    expect([run.length, run.isPlaying]).toEqual([0, false])
    expect(run.state).toBe(table.cue)
    expect(fake.calls.at(-1)).toEqual({ name: 'recall.stop', input: { recall: 'r1' } })
    dispatch({ type: 'recall', batch: batch('r1') })
    expect(run.length).toBe(0)
  })
})
