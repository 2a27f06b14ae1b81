/** A recall against a fake lab: asked for, played visit by visit, sought in, stopped and kept. */
import { describe, expect, it, vi } from 'vitest'
import { nextTick } from 'vue'
import { judge, toRows } from '../../../src/engine'
import { dispatch } from '../../../src/renderer/bridge/events'
import { FASTEST } from '../../../src/renderer/rooms/recall/playback/playback-speed'
import { mostSweeps } from '../../../src/shared'
import type { RecallRequest } from '../../../src/shared'
import { batch, batchOf, openRoom, surround } from '../support/recall-room'

const around = surround()

describe('a recall', () => {
  it('sends what is stored, and plays the visits frame by frame to their end', async () => {
    const { table, run } = await openRoom()
    await run.recall()
    const call = around.fake.calls.find(({ name }) => name === 'recall.start')
    expect((call?.input as RecallRequest).set.patterns.map(({ name }) => name)).toEqual(['A', 'N', 'V'])
    expect(run.isPlaying).toBe(true)
    dispatch({ type: 'recall', batch: batch('r1') })
    run.pace = FASTEST
    while (around.frames.length > 0) around.frames.shift()?.()
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
    expect(around.fake.calls.at(-1)).toEqual({ name: 'recall.stop', input: { recall: 'r1' } })
    dispatch({ type: 'recall', batch: batch('r1') })
    expect(run.length).toBe(0)
  })

  it('tells how far the eye is when half of what may be ahead is gone, and goes on to a goal beyond', async () => {
    const { run } = await openRoom()
    await run.step('neuron')
    run.seek(Infinity)
    const told = () => around.fake.calls.filter(({ name }) => name === 'recall.follow').map(({ input }) => input)
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
    expect(around.fake.calls.at(-1)).toEqual({ name: 'recall.stop', input: { recall: 'r1' } })
    dispatch({ type: 'recall', batch: batch('r1') }) // was on its way
    run.seek(Infinity)
    expect([run.visit, run.length]).toEqual([7, 7])
  })

  it('asked for twice at once is the last one, with every visit of it', async () => {
    const { run } = await openRoom()
    const answers: (() => void)[] = []
    around.onStart = () => new Promise((answered) => answers.push(answered))
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
    expect(around.fake.calls.at(-1)).toEqual({ name: 'recall.stop', input: { recall: 'r1' } })
  })

  it('is kept as a run with its own cue and settings', async () => {
    const { table, run } = await openRoom()
    expect(await run.keep()).toBeNull()
    await run.recall()
    await run.keep()
    const call = around.fake.calls.find(({ name }) => name === 'experiments.start')
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
