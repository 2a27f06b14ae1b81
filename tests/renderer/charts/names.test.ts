/** Names at the ends of lines: apart from each other, and never outside the chart. */
import { describe, expect, it } from 'vitest'
import { moveApart } from '../../../src/renderer/charts/line-chart'

describe('names', () => {
  it('stay where they are while there is room', () => {
    expect(moveApart([10, 40, 90], 0, 100)).toEqual([10, 40, 90])
  })

  it('are moved down where they would touch, and up where they would leave', () => {
    expect(moveApart([10, 12], 0, 100)).toEqual([10, 24])
    expect(moveApart([95, 96, 97], 0, 100)).toEqual([72, 86, 100])
  })
})
