/** Another seed for the same setting: one that no run has, in the range of seeds. */
import { expect, it } from 'vitest'
import { unusedSeed } from '../../../src/renderer/rooms/runs/run-ways'

it.each([
  [[1], 2],
  [[1, 7, 3], 8],
  [[2 ** 32 - 1], 0],
  [[2 ** 32 - 1, 0, 1, 3], 2],
])('of %j', (used, next) => expect(unusedSeed(new Set(used))).toBe(next))
