/** The line of long work: a bar, and a time left that is never nonsense. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aboutTime, bar, ProgressMeter } from '../../../src/cli/frame/progress-meter'

describe('the bar', () => {
  it.each([
    [0, 8, '[................] 0 %'],
    [2, 8, '[####............] 25 %'],
    [999, 1000, '[###############.] 99 %'],
    [8, 8, '[################] 100 %'],
    [9, 8, '[################] 100 %'],
    [0, 0, '[................] 0 %'],
  ])('of %i of %i', (done, total, expected) => expect(bar(done, total)).toBe(expected))
})

describe('a time', () => {
  it.each([
    [0, 'a few seconds'],
    [41, 'about 50 s'],
    [56, 'about 1 min'],
    [185, 'about 3 min'],
    [7300, 'about 2 h'],
    [400_000, 'about 5 days'],
  ])('of %i s', (seconds, expected) => expect(aboutTime(seconds)).toBe(expected))
})

describe('the time left', () => {
  function metered() {
    const clock = { time: 1000 }
    return { clock, meter: new ProgressMeter(() => clock.time) }
  }

  it('is told after five seconds, from the speed of the steps', () => {
    const { clock, meter } = metered()
    for (let done = 0; done < 50; done++) {
      expect(meter.secondsLeft(done, 1000)).toBeNull()
      clock.time += 100
    }
    expect(meter.secondsLeft(50, 1000)).toBeCloseTo(95, 9)
    expect(meter.line(50, 1000, 'loss 1')).toBe('[................] 5 %  loss 1  about 2 min left')
  })

  it('counts from where a resumed run goes on', () => {
    const { clock, meter } = metered()
    meter.secondsLeft(900, 1000)
    clock.time += 10_000
    expect(meter.secondsLeft(910, 1000)).toBeCloseTo(90, 9)
  })

  it('says nothing while nothing has been done', () => {
    const { clock, meter } = metered()
    meter.secondsLeft(0, 10)
    clock.time += 60_000
    expect(meter.line(0, 10, 'x')).toBe('[................] 0 %  x')
  })

  it('is finite, not negative, and at most doubles or halves, whatever the clock and the steps do', () => {
    const look = fc.record({ wait: fc.nat(4_000_000), steps: fc.nat(1000) })
    fc.assert(
      fc.property(fc.array(look, { maxLength: 60 }), (looks) => {
        const { clock, meter } = metered()
        let done = 0
        let before: number | null = null
        for (const { wait, steps } of looks) {
          clock.time += wait
          done += steps
          const left = meter.secondsLeft(done, 20_000)
          if (left === null) continue
          expect(Number.isFinite(left) && left >= 0).toBe(true)
          if (before !== null) {
            expect(left).toBeGreaterThanOrEqual(before / 2)
            expect(left).toBeLessThanOrEqual(before * 2)
          }
          before = left
        }
      }),
    )
  })
})
