/** Names at the ends of lines: apart from each other, and never outside the chart. */
import { describe, expect, it } from 'vitest'
import { moveApart, placeNames } from '../../../src/renderer/charts/place-names'

describe('names', () => {
  it('stay where they are while there is room', () => {
    expect(moveApart([10, 40, 90], 0, 100)).toEqual([10, 40, 90])
  })

  it('are moved down where they would touch, and up where they would leave', () => {
    expect(moveApart([10, 12], 0, 100)).toEqual([10, 24])
    expect(moveApart([95, 96, 97], 0, 100)).toEqual([72, 86, 100])
  })

  it('move only those beside which they would stand', () => {
    const name = (x: number, y: number) => ({ x, y, width: 20 })
    expect(placeNames([name(300, 50), name(0, 51), name(310, 52)], 0, 100)).toEqual([50, 51, 64])
    expect(placeNames([name(0, 50), name(15, 50), name(40, 50)], 0, 100)).toEqual([50, 64, 78])
  })
})
