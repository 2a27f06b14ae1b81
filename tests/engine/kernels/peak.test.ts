/** What the measurements count: operations against numbers counted by hand, and the loop that stays in registers. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { bestForm, measureForm, operationsOfStep, peakForms } from '../../../src/engine'
import type { ModelShape, PeakForm, RecurrentShape } from '../../../src/engine'
import { Kernel } from '../../../src/engine/kernels/kernel'
import type { CompiledName } from '../../../src/engine/kernels/kernel'

const FOLDER = join(import.meta.dirname, '../../../out/kernels')
const codeOf = (name: CompiledName) => ({ name, code: readFileSync(join(FOLDER, `${name}.wasm`)) })

describe('operations of a step', () => {
  const shapeOf = (changes: Partial<RecurrentShape>): ModelShape => ({
    cell: 'vanilla',
    layers: 1,
    hidden: 3,
    vocabulary: 5,
    embedding: 0,
    ...changes,
  })

  /** B 2, T 4: eight rows. Each product is made three times: forward, backward, and for the weight's gradient. */
  it.each([
    // W_hh (3, 3): 8 · 9 = 72 multiply-adds; W_hy (5, 3): 8 · 15 = 120; one-hot inputs are gathered.
    ['a vanilla layer', shapeOf({}), 3 * 2 * (72 + 120)],
    // W_hh (12, 3): 288.
    ['an LSTM layer', shapeOf({ cell: 'lstm' }), 3 * 2 * (288 + 120)],
    // W_hh (9, 3): 216.
    ['a GRU layer', shapeOf({ cell: 'gru' }), 3 * 2 * (216 + 120)],
    // W_xh (12, 2) of the embedding: 192; the second layer's W_xh and W_hh (12, 3): 288 each.
    ['two LSTM layers on an embedding', shapeOf({ cell: 'lstm', layers: 2, embedding: 2 }), 3 * 2 * (864 + 192 + 120)],
    // The second layer's input is no one-hot: W_xh (3, 3).
    // W (3, 2·4) of two embedded tokens: 192; one-hot tokens would be gathered.
    ['an embedded window', { ...shapeOf({ embedding: 4 }), cell: 'window', window: 2 } as const, 3 * 2 * (192 + 120)],
    ['two vanilla layers', shapeOf({ layers: 2 }), 3 * 2 * (3 * 72 + 120)],
  ])('of %s', (_, shape, operations) => {
    expect(operationsOfStep(shape, 2, 4)).toBe(operations)
  })
})

describe.each([
  ['relaxed-simd-256', 96],
  ['relaxed-simd', 48],
  ['simd', 48],
] as const)('%s', (name, multiplyAdds) => {
  it('does every multiply-add it counts, and writes nowhere else', () => {
    const kernel = new Kernel(codeOf(name), 4096)
    const at = kernel.take(16 + 96 + 16)
    const values = kernel.floats(at, 16 + 96 + 16)
    values.set(Float32Array.from({ length: values.length }, (_, i) => (i < 8 ? 2 : i < 16 ? 1 : i)))
    const before = [...values]
    expect(kernel.run.multiplyAdds?.(at, 3)).toBe(multiplyAdds)
    const after = before.map((value, i) => (i >= 16 && i < 16 + multiplyAdds ? 8 * value + 7 : value))
    expect([...values]).toEqual(after)
  })

  it('has a loop in registers and products to choose from', () => {
    const forms = peakForms(codeOf(name))
    expect(forms.map((form) => form.name)).toContain('registers')
    expect(forms[0].operations).toBe(2 * multiplyAdds * 20_000)
    for (const form of forms) form.run()
  })
})

describe('a measurement', () => {
  /** A clock that only what is run moves on. */
  function formsOn(clock: { at: number }): PeakForm[] {
    return [10, 2, 5].map((milliseconds) => ({
      name: `${milliseconds}`,
      operations: 100,
      run: () => void (clock.at += milliseconds),
    }))
  }

  it('chooses the form with the most operations a millisecond', () => {
    const clock = { at: 0 }
    expect(bestForm(formsOn(clock), 90, () => clock.at).name).toBe('2')
  })

  it('counts whole runs over the time they took', () => {
    const clock = { at: 0 }
    const [slow] = formsOn(clock)
    expect(measureForm(slow, 25, () => clock.at)).toBe(10)
    expect(clock.at).toBe(30)
  })

  it('of the scalar kernel has products alone', () => {
    expect(peakForms({ name: 'scalar' }).map(({ name }) => name.split(' ')[0])).toEqual([
      'product',
      'product',
      'product',
    ])
  })
})
