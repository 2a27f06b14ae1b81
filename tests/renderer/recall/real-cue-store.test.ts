/** A cue of real numbers against a fake lab: decided before its recall, drawn on, cut and blanked. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { nextTick } from 'vue'
import { useRealCueStore } from '../../../src/renderer/rooms/recall/editor/real-cue.store'
import { openRoom, surround } from '../support/recall-room'

const around = surround()

describe('a cue of real numbers', () => {
  beforeEach(() => {
    // Frames stay with the surroundings: a recall that plays asks for one after the other, without end.
    vi.useFakeTimers({ toNotFake: ['requestAnimationFrame'] })
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
    expect(around.fake.calls.some(({ name }) => name === 'recall.start')).toBe(false)
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
    expect(around.fake.calls.some(({ name }) => name === 'recall.start')).toBe(false)
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
