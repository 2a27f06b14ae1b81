/** What is shown takes no more than its share of a training's time. */
import { describe, expect, it } from 'vitest'
import { Unhurried } from '../../../src/lab/training/unhurried'

/** Shown whenever it may be, in a time of its own, with a millisecond of other work between. */
function live(cost: number, milliseconds: number): { times: number; share: number } {
  let [time, times] = [0, 0]
  const shown = new Unhurried(() => time, 200, 0.025)
  const show = (): void => {
    time += cost
    times += 1
  }
  for (; time < milliseconds; time++) if (shown.isDue) shown.do(show)
  return { times, share: (times * cost) / time }
}

describe('what is shown while something else matters more', () => {
  it('comes as often as it was asked where it costs little', () => {
    expect(live(2, 60_000).times).toBeGreaterThan(60_000 / 202)
    expect(live(2, 60_000).times).toBeLessThanOrEqual(1 + 60_000 / 200)
  })

  it.each([10, 80, 500])('takes no more than its share where it costs %i ms', (cost) => {
    const { share } = live(cost, 600_000)
    expect(share).toBeLessThanOrEqual(0.026)
    expect(share).toBeGreaterThan(0.02)
  })

  it('comes at once when it is hurried, and after work that failed no sooner', () => {
    let time = 1000
    const shown = new Unhurried(() => time, 200, 0.025)
    expect(shown.do(() => 'answer')).toBe('answer')
    expect(shown.isDue).toBe(false)
    shown.hurry()
    expect(shown.isDue).toBe(true)
    const failing = () =>
      shown.do(() => {
        time += 50
        throw new Error('no')
      })
    expect(failing).toThrow('no')
    time += 1900
    expect(shown.isDue).toBe(false)
    time += 100
    expect(shown.isDue).toBe(true)
  })
})
