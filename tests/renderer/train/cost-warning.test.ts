/** A run of more than an hour, or of more than a gigabyte, is warned of before it starts. */
import { describe, expect, it } from 'vitest'
import { costKind } from '../../../src/renderer/rooms/train/form/use-cost-warning'

describe('what a run costs', () => {
  it.each([
    [3600, 1e9, null],
    [3601, 1e9, 'time'],
    [60, 1e9 + 1, 'disk'],
    // 4,000 hidden units, as a reviewer typed them: 43.6 hours and 8.4 GB.
    [43.6 * 3600, 8.4e9, 'both'],
  ])('%d s and %d bytes', (seconds, bytes, kind) => {
    expect(costKind(seconds, bytes)).toBe(kind)
  })
})
