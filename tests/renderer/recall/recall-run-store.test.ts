/** The room's two stores against a fake lab: opening, drawing, storing, keeping, and a recall that is played. */
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { nextTick } from 'vue'
import { dispatch } from '../../../src/renderer/bridge/events'
import { judge, toRows } from '../../../src/engine'
import { useRealCueStore } from '../../../src/renderer/rooms/recall/editor/real-cue.store'
import { FASTEST } from '../../../src/renderer/rooms/recall/playback/playback-speed'
import { useBridge } from '../../../src/renderer/bridge/lab'
import { mostSweeps } from '../../../src/shared'
import type { PatternSet, RecallBatch, RecallRequest, RunRow } from '../../../src/shared'
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
/** What a recall waits for before it is answered. */
let onStart = (): Promise<void> => Promise.resolve()

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
      start: async ({ set }: RecallRequest) => {
        const recall = `r${++recalls}`
        await onStart()
        return { recall, energy: -1, overlaps: new Float64Array(set.patterns.length) }
      },
      follow: async () => null,
      stop: async () => null,
    },
    experiments: { start: async () => ({ run: 'kept', name: 'recall hebbian · A N V' }) as RunRow },
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

/** So many visits that change nothing. */
const batchOf = (recall: string, visits: number): RecallBatch => ({
  recall,
  neurons: new Uint32Array(visits),
  fields: new Float32Array(visits),
  flipped: new Uint8Array(visits),
  energies: new Float64Array(visits),
  end: null,
})

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
  onStart = () => Promise.resolve()
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

  it('lets go of a stroke when another set is laid out', async () => {
    const { table } = await openRoom()
    table.beginStroke()
    table.stroke([{ row: 0, column: 0 }], 1)
    await table.openSet('other')
    const laid = table.drawn
    table.endStroke()
    expect([table.canUndo, table.drawn]).toEqual([false, laid])
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

  it('tells how far the eye is when half of what may be ahead is gone, and goes on to a goal beyond', async () => {
    const { run } = await openRoom()
    await run.step('neuron')
    run.seek(Infinity)
    const told = () => fake.calls.filter(({ name }) => name === 'recall.follow').map(({ input }) => input)
    const many = batchOf('r1', 50_000)
    dispatch({ type: 'recall', batch: many })
    expect([run.visit, told()]).toEqual([50_000, []])
    dispatch({ type: 'recall', batch: many })
    expect(told()).toEqual([{ recall: 'r1', visit: 100_000 }])
    run.seek(10)
    dispatch({ type: 'recall', batch: many })
    expect([run.visit, run.length, told()]).toEqual([10, 150_000, [{ recall: 'r1', visit: 100_000 }]])
  })

  it('is stopped where the eye is, and judged there', async () => {
    const { table, run } = await openRoom()
    await run.recall()
    dispatch({ type: 'recall', batch: batch('r1', false) })
    run.seek(7)
    run.stop()
    expect([run.isAtEnd, run.isStopped, run.length]).toEqual([true, true, 7])
    expect(run.end).toMatchObject({ sweeps: 0, converged: false, cycle: 0 })
    expect(run.end?.verdict).toEqual(
      judge(
        table.stored.map(({ pattern, values }) => ({ name: pattern.name, values })),
        table.cue,
      ),
    )
    expect(fake.calls.at(-1)).toEqual({ name: 'recall.stop', input: { recall: 'r1' } })
    dispatch({ type: 'recall', batch: batch('r1') }) // was on its way
    run.seek(Infinity)
    expect([run.visit, run.length]).toEqual([7, 7])
  })

  it('asked for twice at once is the last one, with every visit of it', async () => {
    const { run } = await openRoom()
    const answers: (() => void)[] = []
    onStart = () => new Promise((answered) => answers.push(answered))
    const [first, second] = [run.recall(), run.recall()]
    await vi.waitFor(() => expect(answers).toHaveLength(1))
    await first
    run.stop()
    const third = run.recall()
    await vi.waitFor(() => expect(answers).toHaveLength(2))
    dispatch({ type: 'recall', batch: batch('r2', false) }) // before its answer
    answers[0]()
    await second
    expect([run.isBeginning, run.watched]).toEqual([true, null])
    answers[1]()
    await third
    expect([run.isBeginning, run.watched?.tape.id, run.length]).toEqual([false, 'r2', 16])
    expect(fake.calls.at(-1)).toEqual({ name: 'recall.stop', input: { recall: 'r1' } })
  })

  it('is kept as a run with its own cue and settings', async () => {
    const { table, run } = await openRoom()
    expect(await run.keep()).toBeNull()
    await run.recall()
    await run.keep()
    const call = fake.calls.find(({ name }) => name === 'experiments.start')
    expect(call?.input).toEqual({
      request: {
        kind: 'recall',
        set: table.storedSet,
        settings: table.settings,
        cue: { rows: toRows(table.cue, 4) },
      },
      name: '',
    })
  })

  it('has no more sweeps than can be kept of a network of its size', async () => {
    const { table, run } = await openRoom()
    table.change({ maxSweeps: 100_000 })
    expect(run.settings.maxSweeps).toBe(100_000)
    table.width = 256
    table.replaceCue(new Int8Array(65_536).fill(1))
    expect([run.settings.maxSweeps, mostSweeps(65_536)]).toEqual([256, 256])
  })
})

describe('a cue of real numbers', () => {
  beforeEach(() => {
    vi.useFakeTimers()
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  it('is seen to lean, then to be decided, before its recall begins', async () => {
    const { table, run } = await openRoom()
    const real = useRealCueStore()
    table.blur(1)
    await nextTick()
    const begun = run.recall()
    await nextTick()
    expect([table.isReal, real.look]).toEqual([true, 'lean'])
    expect(fake.calls.some(({ name }) => name === 'recall.start')).toBe(false)
    await vi.runAllTimersAsync()
    await begun
    expect([table.isReal, real.look, run.isPlaying]).toEqual([false, 'grey', true])
    table.undo()
    expect(table.isReal).toBe(true)
  })

  it('that is drawn on meanwhile is not recalled', async () => {
    const { table, run } = await openRoom()
    table.blur(1)
    const begun = run.recall()
    await nextTick()
    table.clear()
    await vi.runAllTimersAsync()
    await begun
    expect(run.watched).toBeNull()
    expect(fake.calls.some(({ name }) => name === 'recall.start')).toBe(false)
  })

  it('is drawn on, by strokes and lines, without being decided; one step back are its own numbers again', async () => {
    const { table } = await openRoom()
    const grey = Float32Array.from({ length: 16 }, (_, i) => i / 8 - 1)
    table.takeDrawing(grey, null)
    table.beginStroke()
    table.stroke([{ row: 0, column: 0 }], 1)
    table.endStroke()
    expect(Array.from(table.drawn.subarray(0, 2))).toEqual([1, -0.875])
    table.undo()
    expect(Array.from(table.drawn)).toEqual(Array.from(grey))
    table.beginStroke()
    table.restroke([{ row: 0, column: 3 }], 1)
    table.restroke([{ row: 0, column: 1 }], 1)
    table.endStroke()
    expect(Array.from(table.drawn.subarray(0, 4))).toEqual([-1, 1, -0.75, -0.625])
  })

  it('is cut at a level, and blanked by halves without being decided', async () => {
    const { table } = await openRoom()
    table.takeDrawing(
      Float32Array.from({ length: 16 }, (_, i) => i / 8 - 1),
      null,
    )
    table.blank('upper')
    expect([table.isReal, Array.from(table.drawn.subarray(6, 10))]).toEqual([true, [-1, -1, 0, 0.125]])
    table.threshold(0.5)
    expect(Array.from(table.drawn)).toEqual([...new Array<number>(12).fill(-1), 1, 1, 1, 1])
  })
})
