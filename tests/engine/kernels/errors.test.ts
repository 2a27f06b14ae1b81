/** How far tanh, sigmoid and exp of every kernel are from the true values, over a dense sweep of their arguments. */
import { describe, expect, it } from 'vitest'
import type { KernelCode } from '../../../src/engine'
import { Kernel, measureBytes } from '../../../src/engine/kernels/kernel'
import { exp, LARGEST_ERRORS } from '../../../src/engine/kernels/scalar/arithmetic'
import { codeOf, KERNELS } from './support/codes'

const F = 4
/** Numbers at equal distances, and behind them numbers of every size down to the smallest. */
function sweep(from: number, to: number, count: number): Float32Array {
  const dense = Array.from({ length: count }, (_, i) => from + ((to - from) * i) / (count - 1))
  const small = Array.from({ length: 2048 }, (_, i) => (i % 2 === 0 ? 1 : -1) * 2 ** (-i / 14)).filter((x) => x >= from)
  const all = [...dense, ...small]
  return Float32Array.from({ length: Math.ceil(all.length / 8) * 8 }, (_, i) => all[i] ?? 0)
}

/** A kernel with room for so many floats in all. */
function kernelFor(code: KernelCode, floats: number): Kernel {
  return new Kernel(
    code,
    measureBytes((take) => take(floats)),
  )
}

function tanhOf(code: KernelCode, x: Float32Array): Float32Array {
  const kernel = kernelFor(code, x.length)
  const at = kernel.take(x.length)
  kernel.floats(at, x.length).set(x)
  kernel.run.vanillaForward(at, at, x.length)
  return kernel.floats(at, x.length)
}

/** The input gates of one LSTM step, whose other gates are 0. */
function sigmoidOf(code: KernelCode, x: Float32Array): Float32Array {
  const n = x.length
  const kernel = kernelFor(code, 5 * n)
  const [gates, state] = [kernel.take(4 * n), kernel.take(n)]
  kernel.floats(gates, n).set(x)
  kernel.run.lstmForward(gates, 4 * n * F, state, state, state, state, n * F, 1, n)
  return kernel.floats(gates, n)
}

/**
 * eˣ for x ≤ 0, from rows (0, x) of probabilities: the second by the first, which are eˣ and 1 times one factor. The product
 * of the second is rounded.
 */
function expOf(code: KernelCode, x: Float32Array): Float64Array {
  const [rows, stride] = [x.length, 8]
  const kernel = kernelFor(code, rows * (stride + 1))
  const [logits, targets] = [kernel.take(rows * stride), kernel.take(rows)]
  const values = kernel.floats(logits, rows * stride)
  for (let i = 0; i < rows; i++) values[i * stride + 1] = x[i]
  kernel.run.softmaxCrossEntropy(logits, stride * F, targets, rows, 2, 0)
  return Float64Array.from(x, (_, i) => values[i * stride + 1] / values[i * stride])
}

type Measure = (found: number, truth: number) => number
const absolute: Measure = (found, truth) => Math.abs(found - truth)
const relative: Measure = (found, truth) => Math.abs(found / truth - 1)

function largest(x: Float32Array, found: ArrayLike<number>, truth: (x: number) => number, measure: Measure): number {
  return x.reduce((most, value, i) => Math.max(most, measure(found[i], truth(value))), 0)
}

const ROUNDING = 2 ** -24
/** The sweep passes over most numbers, but it has to come near the worst. */
const NEAR = 0.6
const POINTS = 400_000

describe.each(KERNELS)('%s', (name) => {
  const code = codeOf(name)
  const stated = LARGEST_ERRORS[name.startsWith('relaxed') ? 'once' : 'twice']

  it('tanh', () => {
    const x = sweep(-12, 12, POINTS)
    const error = largest(x, tanhOf(code, x), Math.tanh, absolute)
    expect(error).toBeLessThan(stated.tanh)
    expect(error).toBeGreaterThan(NEAR * stated.tanh)
  })

  it('sigmoid', () => {
    const x = sweep(-24, 24, POINTS)
    const error = largest(x, sigmoidOf(code, x), (value) => 1 / (1 + Math.exp(-value)), absolute)
    expect(error).toBeLessThan(stated.sigmoid)
    expect(error).toBeGreaterThan(NEAR * stated.sigmoid)
  })

  it('exp', () => {
    const x = sweep(-87, 0, POINTS)
    const error = largest(x, expOf(code, x), Math.exp, relative)
    expect(error).toBeLessThan(stated.exp + ROUNDING)
    expect(error).toBeGreaterThan(NEAR * stated.exp)
  })
})

it('exp of numbers that no softmax has', () => {
  const x = sweep(-87, 88, POINTS)
  expect(largest(x, x.map(exp), Math.exp, relative)).toBeLessThan(LARGEST_ERRORS.twice.exp)
  expect([-88, -1e30, 89, Infinity, NaN].map(exp)).toEqual([exp(-87), exp(-87), exp(88), exp(88), NaN])
})
