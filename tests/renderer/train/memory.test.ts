/** Accuracy against distance: the setting, the picture's lines, and where networks part. */
import { describe, expect, it } from 'vitest'
import { memoryResults, partingOf } from '../../../src/renderer/rooms/train/memory/memory-results'
import type { MemoryRun } from '../../../src/renderer/rooms/train/memory/memory-results'
import { memorySetting, VARIANTS } from '../../../src/renderer/rooms/train/memory/memory-setting'
import { nextGroup } from '../../../src/renderer/rooms/train/group/group'

const [vanilla, , , , open] = VARIANTS
const run = (name: string, distance: number, variant = vanilla, right: number | null = null): MemoryRun => {
  return { run: name, distance, variant, answers: right === null ? null : { right, answers: 200, chance: 1 / 8 } }
}

describe('the setting', () => {
  it('lets the gradient reach beyond the longest distance, with as many tokens a step', () => {
    for (const longest of [5, 40, 90, 300]) {
      const { batch, sequence } = memorySetting([1, longest], 4000, 1)
      expect(sequence).toBeGreaterThan(longest + 3)
      expect(batch * sequence).toBeGreaterThan(1500)
      expect(batch * sequence).toBeLessThan(2600)
    }
    expect(memorySetting([20, 40], 4000, 1)).toMatchObject({ batch: 32, sequence: 64 })
  })
})

describe('what was found', () => {
  it('is a line a network, with its distances in order', () => {
    const runs = [run('b', 40, vanilla, 26), run('a', 20, vanilla, 200), run('c', 20, open), run('d', 40, open, 198)]
    const { distances, lines } = memoryResults(runs)
    expect(distances).toEqual([20, 40])
    expect(lines.map(({ shares }) => shares)).toEqual([
      [1, 0.13],
      [NaN, 0.99],
    ])
    expect(lines.map(({ runs: own }) => own)).toEqual([
      ['a', 'b'],
      ['c', 'd'],
    ])
  })

  it('is the mean over seeds of those that are known', () => {
    const { lines } = memoryResults([run('a', 20, vanilla, 100), run('b', 20, vanilla, 200), run('c', 20)])
    expect(lines).toHaveLength(1)
    expect(lines[0].shares).toEqual([0.75])
  })

  it('parts at the longest distance that some remember and others do not', () => {
    const runs = [20, 40, 60].flatMap((distance) => [
      run(`v${distance}`, distance, vanilla, distance > 20 ? 25 : 200),
      run(`g${distance}`, distance, open, distance > 40 ? 120 : 199),
    ])
    const parting = partingOf(memoryResults(runs))
    expect(parting).toMatchObject({ distance: 40 })
    expect(parting?.remember.map(({ variant }) => variant)).toEqual([open])
    expect(parting?.fail.map(({ variant }) => variant)).toEqual([vanilla])
    expect(partingOf(memoryResults(runs.slice(0, 2)))).toBeNull()
  })
})

describe('a group of memory runs', () => {
  it('has a tag of its own kind', () => {
    const rows = [{ tags: ['memory:1'] }, { tags: ['group:2'] }]
    expect(nextGroup(rows, 'memory')).toBe('memory:2')
    expect(nextGroup(rows, 'group')).toBe('group:1')
  })
})
