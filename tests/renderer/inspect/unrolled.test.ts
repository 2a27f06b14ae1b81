/** The unrolled network: its weights, where things stand, and its one performance. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { effectScope } from 'vue'
import {
  COLUMN,
  columnArrows,
  columnCentre,
  columnsIn,
  FOLDED,
  isCut,
  shownSteps,
  unrolledLayout,
} from '../../../src/renderer/rooms/inspect/unrolled/unrolled-layout'
import { useUnrolling } from '../../../src/renderer/rooms/inspect/unrolled/use-unrolling'
import { sharedWeights } from '../../../src/renderer/rooms/inspect/unrolled/weights'

describe('the weights that every step shares', () => {
  it('are named by the equations and by PyTorch', () => {
    expect(sharedWeights({ layers: 1 }).map(({ name, tensor }) => [name, tensor])).toEqual([
      ['W_xh', 'rnn.weight_ih_l0'],
      ['W_hh', 'rnn.weight_hh_l0'],
      ['W_hy', 'decoder.weight'],
    ])
    const tensors = sharedWeights({ layers: 4 }).map(({ tensor }) => tensor)
    expect(tensors).toHaveLength(9)
    expect(tensors).toContain('rnn.weight_ih_l3')
  })
})

describe.each([1, 2, 3, 4])('the picture of %d layers', (layers) => {
  const layout = unrolledLayout(layers, 5)

  it('stands in its own height, nothing over anything', () => {
    const { bars, strips, symbol, number, height } = layout
    const edges = [
      layout.output,
      ...bars,
      ...[...strips].reverse().flatMap(({ y, height: tall }) => [y, y + tall]),
      symbol.y,
      symbol.y + symbol.height,
      number,
      height,
    ]
    expect(edges).toEqual([...edges].sort((a, b) => a - b))
  })

  it('has an arrow for every weight', () => {
    const arrows = columnArrows(layout, columnCentre(1), false)
    expect(arrows.map(({ weight }) => weight).sort()).toEqual(
      sharedWeights({ layers })
        .map(({ id }) => id)
        .sort(),
    )
    for (const { x1, x2, y1, y2 } of arrows) expect(x2 > x1 || y2 < y1).toBe(true)
  })
})

describe('the columns', () => {
  it('are as many as fit, the newest of those that are unrolled', () => {
    expect(columnsIn(FOLDED + 3.5 * COLUMN)).toBe(3)
    expect(columnsIn(0)).toBe(1)
    expect(shownSteps(10, 4)).toEqual({ from: 6, to: 10 })
    expect(shownSteps(2, 4)).toEqual({ from: 0, to: 2 })
  })

  it('are cut where a stretch of the training ended', () => {
    expect([0, 1, 4, 8, 9].filter((step) => isCut(step, 4))).toEqual([4, 8])
    expect(isCut(4, null)).toBe(false)
  })
})

describe('unrolling', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  function unroll(steps: number, fit: number) {
    const slid: number[] = []
    const made = effectScope().run(() =>
      useUnrolling(
        () => steps,
        () => fit,
        (step) => slid.push(step),
      ),
    )!
    return { ...made, slid }
  }

  it('slides out a copy at a time and ends with the text', () => {
    const { unrolled, play, isPlaying, slid } = unroll(3, 8)
    play()
    expect([unrolled.value, isPlaying.value]).toEqual([1, true])
    vi.advanceTimersToNextTimer()
    expect(unrolled.value).toBe(2)
    vi.advanceTimersToNextTimer()
    expect([unrolled.value, isPlaying.value]).toEqual([3, false])
    expect(slid).toEqual([0, 1, 2])
    expect(vi.getTimerCount()).toBe(0)
    play()
    expect(unrolled.value).toBe(1)
  })

  it('stops where it is scrubbed to, and brings a step into sight', () => {
    const { shown, play, seek, reveal, isPlaying } = unroll(20, 4)
    play()
    seek(99)
    expect([shown.value, isPlaying.value]).toEqual([{ from: 16, to: 20 }, false])
    reveal(3)
    expect(shown.value).toEqual({ from: 3, to: 7 })
    reveal(9)
    expect(shown.value).toEqual({ from: 6, to: 10 })
    reveal(8)
    expect(shown.value).toEqual({ from: 6, to: 10 })
  })
})
