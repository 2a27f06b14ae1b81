/**
 * The engine's exp, log, tanh, sigmoid and cos: their bits, which no change of the engine, of V8 or of the machine may move,
 * beside the true values, which were computed with 60 decimal digits.
 */
import { describe, expect, it } from 'vitest'
import { cosPi, exp, log, power, sigmoid, tanh } from '../../src/engine/numerics/elementary'

/** An argument, the bits of the float64 nearest to the true value, and how many of its last places ours lies beyond it. */
type Golden = readonly [x: number, nearest: string, off: number]

const GOLDEN: Readonly<Record<string, readonly Golden[]>> = {
  exp: [
    [-745, '0000000000000001', 0],
    [-708.5, '000e6cf6d08897ac', 0],
    [-87.3, '38109874c0b9cacb', 0],
    [-1, '3fd78b56362cef38', 0],
    [-1e-9, '3fefffffff768fa1', 0],
    [0.1, '3ff1aec7b35a00d4', 0],
    [0.5, '3ffa61298e1e069c', 0],
    [1, '4005bf0a8b145769', 1],
    [2, '401d8e64b8d4ddae', 0],
    [10, '40d5829dcf950560', 0],
    [88.7, '47ef4705bbffae5c', 0],
    [709.7, '7fed75ae7a50ee14', 0],
  ],
  log: [
    [5e-324, 'c0874385446d71c3', 0],
    [2.2250738585072014e-308, 'c086232bdd7abcd2', 0],
    [1e-10, 'c037069e2aa2aa5b', 0],
    [0.1, 'c0026bb1bbb55515', 0],
    [0.5, 'bfe62e42fefa39ef', 0],
    [0.7071067811865476, 'bfd62e42fefa39ee', -1],
    [0.9999999999999999, 'bca0000000000000', 0],
    [1.0000000000000002, '3cafffffffffffff', 1],
    [1.4142135623730951, '3fd62e42fefa39f0', 1],
    [2, '3fe62e42fefa39ef', 0],
    [3, '3ff193ea7aad030b', 0],
    [10, '40026bb1bbb55516', 0],
    [65, '4010b29293942975', 0],
    [1e308, '40862991d5d62a5e', 0],
  ],
  tanh: [
    [1e-300, '01a56e1fc2f8f359', 0],
    [1e-9, '3e112e0be826d695', 0],
    [0.1, '3fb983d7795f413a', 0],
    [0.5, '3fdd9353d7568af3', 0],
    [0.6249999, '3fe1bf47c58f0628', 0],
    [0.625, '3fe1bf47eabb8f95', 1],
    [1, '3fe85efab514f394', 0],
    [2.5, '3fef9258260a71c2', 0],
    [7, '3feffffc832750f2', 0],
    [18, '3feffffffffffffc', 0],
    [-0.3, 'bfd2a4dda7d914fa', 0],
    [-1.5, 'bfecf6f9786df577', 0],
  ],
  sigmoid: [
    [-700, '00d14f2b0fb9307f', 0],
    [-36, '3cb0b6c3afdde062', 1],
    [-2, '3fbe84152bac31af', -1],
    [-0.1, '3fde66bdb1aca090', 0],
    [0.1, '3fe0cca12729afb8', 0],
    [1, '3fe764d4f5d5a2bd', 0],
    [5, '3fefc92c130538e1', 1],
    [30, '3feffffffffffcb5', 1],
  ],
  cosPi: [
    [0.01, '3feffbf52e9d1086', 0],
    [0.25, '3fe6a09e667f3bcd', 0],
    [0.3333333333333333, '3fe0000000000000', 1],
    [0.5, '0000000000000000', 0],
    [0.6, 'bfd3c6ef372fe94e', 4],
    [0.75, 'bfe6a09e667f3bcd', 0],
    [0.999, 'bfeffff5a6a681ff', 0],
    [1, 'bff0000000000000', 0],
  ],
}

const FUNCTIONS: Readonly<Record<string, (x: number) => number>> = { exp, log, tanh, sigmoid, cosPi }
/** As elementary.ts states; what is off by less than n ulp is at most n places from the nearest. */
const PLACES: Readonly<Record<string, number>> = { exp: 2, log: 2, tanh: 4, sigmoid: 4, cosPi: 4 }

const view = new DataView(new ArrayBuffer(8))

function bitsOf(x: number): bigint {
  view.setFloat64(0, x)
  return view.getBigUint64(0)
}

describe.each(Object.keys(GOLDEN))('%s', (name) => {
  it.each(GOLDEN[name])('of %d', (x, nearest, off) => {
    expect(bitsOf(FUNCTIONS[name](x))).toBe(BigInt(`0x${nearest}`) + BigInt(off))
    expect(Math.abs(off)).toBeLessThanOrEqual(PLACES[name])
  })
})

it('what lies beyond what they can hold, and what is no number', () => {
  expect([710, -746, Infinity, -Infinity, NaN, 0].map(exp)).toEqual([Infinity, 0, Infinity, 0, NaN, 1])
  expect([0, -0, -1, Infinity, NaN, 1].map(log)).toEqual([-Infinity, -Infinity, NaN, Infinity, NaN, 0])
  expect([Infinity, -Infinity, 21, -21, 0].map(tanh)).toEqual([1, -1, 1, -1, 0])
  expect([Infinity, -Infinity, 0].map(sigmoid)).toEqual([1, 0, 0.5])
  expect(tanh(NaN)).toBeNaN()
})

it('whole powers, by squaring', () => {
  expect([power(3, 0), power(3, 1), power(3, 5), power(-2, 10), power(0.5, 1074)]).toEqual([1, 3, 243, 1024, 5e-324])
  expect(bitsOf(power(0.999, 1000))).toBe(0x3fd7_8852_6411_edacn)
})
