/** The generator's numbers: xoshiro128** as it was published, and what a seed and a stream give, which never changes. */
import { describe, expect, it } from 'vitest'
import { Random } from '../../src/engine'
import type { RandomState } from '../../src/engine'

const draws = (random: Random, count: number): number[] => Array.from({ length: count }, () => random.uint32())

const view = new DataView(new ArrayBuffer(8))

function bitsOf(x: number): string {
  view.setFloat64(0, x)
  return view.getBigUint64(0).toString(16).padStart(16, '0')
}

/** By the published algorithm, in another language. */
const PUBLISHED: readonly (readonly [RandomState, readonly number[]])[] = [
  [
    [1, 2, 3, 4],
    [
      11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597, 4258142804, 337829053,
      2142557243,
    ],
  ],
  [
    [0xdeadbeef, 0x12345678, 0x9abcdef0, 0xffffffff],
    [2576977301, 1162350735, 3801082360, 993495594, 3403947104, 1497296337],
  ],
]

/** A seed, a stream, the state they make, and the first numbers. */
const STREAMS: readonly (readonly [number, string, RandomState, readonly number[]])[] = [
  [1, 'initialisation', [259426081, 4256506760, 2693267886, 983324119], [1805613130, 2785091637, 3315770087]],
  [1, 'dropout', [3563544190, 177170841, 2248008802, 2815832845], [2596795242, 1796682747, 627285017]],
  [20261124, 'recall', [1962336112, 157407038, 1966057893, 3109949045], [426439631, 976955453, 2520052155]],
  [
    2 ** 40 + 5,
    'initialisation',
    [3094958121, 3368362270, 1347055531, 1664088181],
    [1399400221, 2712713442, 1326061722],
  ],
]

describe('random numbers', () => {
  it.each(PUBLISHED)('from the state %j are those of xoshiro128**', (state, expected) => {
    expect(draws(Random.fromState(state), expected.length)).toEqual(expected)
  })

  it.each(STREAMS)('of seed %d for %s', (seed, stream, state, expected) => {
    const random = Random.fromSeed(seed, stream)
    expect(random.save()).toEqual(state)
    expect(draws(random, expected.length)).toEqual(expected)
  })

  it('of every kind', () => {
    const random = Random.fromSeed(1, 'initialisation')
    expect([random.uniform(), random.uniform(), random.normal(), random.normal()].map(bitsOf)).toEqual([
      '3fdae7de15300900',
      '3fe8b4545eb672fd',
      'bffab2bfafa8c288',
      '3ff546e3b87ddabb',
    ])
    expect([random.below(10), random.below(1000003)]).toEqual([0, 802073])
    const order = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]
    random.shuffle(order)
    expect(order).toEqual([5, 9, 6, 7, 0, 2, 4, 3, 8, 1])
  })

  it('go on from a saved state', () => {
    const random = Random.fromSeed(9, 'recall')
    draws(random, 5)
    const state = random.save()
    expect(draws(Random.fromState(state), 4)).toEqual(draws(random, 4))
  })
})

describe('dropping', () => {
  const COUNT = 500
  const drawn = (): number[] => {
    const random = Random.fromSeed(3, 'drop')
    return Array.from({ length: COUNT }, () => random.uniform())
  }
  // Shares that a number drawn is just equal to, or that it misses by the last bit: the low part decides.
  const close = drawn()
    .slice(0, 5)
    .flatMap((value) => [value, value - 2 ** -53, value + 2 ** -53])

  it.each([0, 1e-12, 0.1, 0.5, 0.999999, ...close])('by %d is drawing for each element', (share) => {
    const random = Random.fromSeed(3, 'drop')
    const values = new Float64Array(COUNT + 2).fill(7)
    random.drop(values, 1, COUNT + 1, share, 2)
    expect([...values]).toEqual([7, ...drawn().map((value) => (value < share ? 0 : 2)), 7])
    const other = Random.fromSeed(3, 'drop')
    for (let i = 0; i < COUNT; i++) other.uniform()
    expect(random.save()).toEqual(other.save())
    expect(random.uint32()).toBe(other.uint32())
  })
})
