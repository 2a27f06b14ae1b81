/**
 * The engine's own elementary functions and its chance: golden bits, which no runtime may change, and the stated error
 * against the nearest float64, found with sixty digits.
 */
import { describe, expect, it } from 'vitest'
import { Random } from '../../src/engine'
import { cosPi, exp, log, power, sigmoid, tanh } from '../../src/engine/numerics/elementary'

function bitsOf(value: number): bigint {
  const view = new DataView(new ArrayBuffer(8))
  view.setFloat64(0, value)
  return view.getBigUint64(0)
}

const hexOf = (value: number): string => bitsOf(value).toString(16).padStart(16, '0')

/** How many float64 lie between two of one sign. */
const apart = (a: number, b: number): number => Math.abs(Number(bitsOf(a) - bitsOf(b)))

/** x, the bits of the answer, the float64 nearest to the truth. */
type Golden = readonly [number, string, number]

const EXP: readonly Golden[] = [
  [0.1, '3ff1aec7b35a00d4', 1.1051709180756477],
  [-0.1, '3fecf46d99d52b3a', 0.9048374180359595],
  [1, '4005bf0a8b14576a', 2.718281828459045],
  [-20.5, '3e157a3afeed00ac', 1.2501528663867426e-9],
  [88.7, '47ef4705bbffae5c', 3.325986980250579e38],
  [-745, '0000000000000001', 5e-324],
  [709.7, '7fed75ae7a50ee14', 1.6549840276802644e308],
]
const LOG: readonly Golden[] = [
  [0.1, 'c0026bb1bbb55515', -2.3025850929940455],
  [2, '3fe62e42fefa39ef', 0.6931471805599453],
  [10, '40026bb1bbb55516', 2.302585092994046],
  [1e-310, 'c0864e69394d9508', -713.8013788281542],
  [1e300, '4085963447f87fb5', 690.7755278982137],
  [0.7071, 'bfd62e6b3842a25e', -0.346583180371942],
  [3, '3ff193ea7aad030b', 1.0986122886681098],
]
const TANH: readonly Golden[] = [
  [0.01, '3f847ab48ae4595e', 0.00999966667999946],
  [0.5, '3fdd9353d7568af3', 0.46211715726000974],
  [-0.6249, 'bfe1beb6b2b3786c', -0.5545304765944484],
  [0.625, '3fe1bf47eabb8f96', 0.5545997223493823],
  [1, '3fe85efab514f394', 0.7615941559557649],
  [-3, 'bfefd77d111a0b00', -0.9950547536867305],
  [19.5, '3ff0000000000000', 1],
]
const SIGMOID: readonly Golden[] = [
  [0.3, '3fe261d545e46a8b', 0.574442516811659],
  [-0.3, '3fdb3c5574372aeb', 0.425557483188341],
  [5, '3fefc92c130538e2', 0.9933071490757152],
  [-40, '3c539792499b1a24', 4.248354255291589e-18],
  [700, '3ff0000000000000', 1],
]
const COS_PI: readonly Golden[] = [
  [0, '3ff0000000000000', 1],
  [0.1, '3fee6f0e134454ff', 0.9510565162951535],
  [0.25, '3fe6a09e667f3bcd', 0.7071067811865476],
  [0.3333, '3fe000be2f558080', 0.5000906872264892],
  [0.5, '0000000000000000', 0],
  [0.8, 'bfe9e3779b97f4a8', -0.8090169943749475],
  [1, 'bff0000000000000', -1],
]

describe.each([
  ['exp', exp, EXP, 2],
  ['log', log, LOG, 2],
  ['tanh', tanh, TANH, 4],
  ['sigmoid', sigmoid, SIGMOID, 4],
  ['cosPi', cosPi, COS_PI, 4],
] as const)('%s', (_name, compute, golden, most) => {
  it.each(golden)('of %d', (x, bits, nearest) => {
    expect(hexOf(compute(x))).toBe(bits)
    expect(apart(compute(x), nearest)).toBeLessThanOrEqual(most)
  })
})

describe('the ends of the elementary functions', () => {
  it('are infinite, zero, or no number', () => {
    expect([exp(710), exp(-746), exp(Infinity), exp(-Infinity), exp(NaN)]).toEqual([Infinity, 0, Infinity, 0, NaN])
    expect([log(0), log(Infinity), log(-1), log(NaN)]).toEqual([-Infinity, Infinity, NaN, NaN])
    expect([tanh(Infinity), tanh(-Infinity), tanh(0), tanh(NaN)]).toEqual([1, -1, 0, NaN])
    expect([sigmoid(Infinity), sigmoid(-Infinity), sigmoid(0), sigmoid(NaN)]).toEqual([1, 0, 0.5, NaN])
  })

  it('power multiplies in the order of squaring', () => {
    const found = [
      [0.9, 10],
      [0.999, 1500],
      [0.5, 60],
      [1.1, 0],
      [0.3, 7],
    ].map(([base, n]) => hexOf(power(base, n)))
    const bits = ['3fd650bf60432fda', '3fcc8a0b392a3559', '3c30000000000000', '3ff0000000000000', '3f2caa5ab1fd3dad']
    expect(found).toEqual(bits)
  })
})

describe('chance', () => {
  it('is xoshiro128**: the numbers its authors’ code gives from the state 1, 2, 3, 4', () => {
    const random = Random.fromState([1, 2, 3, 4])
    const drawn = Array.from({ length: 8 }, () => random.uint32())
    expect(drawn).toEqual([11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849])
  })

  it('gives the same numbers for a seed and a stream, whatever the runtime', () => {
    const random = Random.fromSeed(1, 'initialisation')
    expect(Array.from({ length: 4 }, () => random.uint32())).toEqual([1805613130, 2785091637, 3315770087, 2912730955])
    expect([hexOf(random.uniform()), hexOf(random.normal())]).toEqual(['3fa21725526edda0', 'bff64904919e67df'])
    expect([random.below(10), random.below(1000)]).toEqual([0, 727])
    const other = Random.fromSeed(2 ** 32 - 1, 'dropout')
    expect(Array.from({ length: 4 }, () => other.uint32())).toEqual([2247407842, 720530624, 3971629440, 375584143])
    const order = [0, 1, 2, 3, 4, 5, 6, 7]
    Random.fromSeed(7, 'recall').shuffle(order)
    expect(order).toEqual([5, 1, 4, 7, 2, 0, 6, 3])
  })
})
