/** Every kernel against the reference of the same passes, on shapes that fit no tile. */
import { describe, expect, it } from 'vitest'
import { MOMENTS, Trainer } from '../../../src/engine'
import type { KernelName, OptimiserName } from '../../../src/engine'
import { codeOf, KERNELS } from './support/codes'
import { SHAPES, settingsOf, textOf } from './support/shapes'
import type { Shape } from './support/shapes'

/** Largest difference, as a share of the largest absolute value. */
function difference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let most = 0
  let scale = 1e-12
  for (let i = 0; i < a.length; i++) {
    most = Math.max(most, Math.abs(a[i] - b[i]))
    scale = Math.max(scale, Math.abs(b[i]))
  }
  return most / scale
}

/** A few roundings of float32 more than the reference makes. */
const GRADIENT_TOLERANCE = 2e-5
const LOSS_TOLERANCE = 2e-6

describe.each(KERNELS)('%s', (name) => {
  const kernel = codeOf(name)

  it.each(SHAPES)('gives the reference’s loss and gradients: %o', (shape) => {
    const reference = new Trainer(settingsOf(shape), textOf(shape))
    const trainer = new Trainer(settingsOf(shape, kernel), textOf(shape))
    expect([...trainer.readParameters()]).toEqual([...reference.parameters])
    const [expected, found] = [reference.step(), trainer.step()]
    expect(Math.abs(found.loss - expected.loss)).toBeLessThan(LOSS_TOLERANCE * expected.loss)
    const gradients = trainer.readGradients()
    for (const { name: tensor, offset, size } of trainer.network.layout.tensors) {
      const part = (values: ArrayLike<number>): number[] => Array.from({ length: size }, (_, i) => values[offset + i])
      expect(difference(part(gradients), part(reference.gradients)), tensor).toBeLessThan(GRADIENT_TOLERANCE)
    }
  })

  it('learns as the reference does, and goes on after a save as if it had never stopped', () => {
    const [, , shape] = SHAPES
    const reference = new Trainer(settingsOf(shape), textOf(shape))
    const trainer = new Trainer(settingsOf(shape, kernel), textOf(shape))
    const losses = Array.from({ length: 30 }, () => [trainer.step().loss, reference.step().loss])
    for (const [found, expected] of losses) expect(Math.abs(found - expected)).toBeLessThan(1e-3)
    const resumed = new Trainer(settingsOf(shape, kernel), textOf(shape))
    resumed.restore(trainer.save())
    for (let i = 0; i < 5; i++) expect(resumed.step()).toEqual(trainer.step())
    expect([...resumed.readParameters()]).toEqual([...trainer.readParameters()])
    const held = textOf(shape).subarray(0, 300)
    const [here, there] = [trainer.validate(held), resumed.validate(held)]
    for (;;) {
      const [a, b] = [here.next(trainer.parameters), there.next(resumed.parameters)]
      expect(a).toBe(b)
      if (a !== null) break
    }
  })
})

/** Kernels of one rounding. */
const ALIKE: readonly (readonly [KernelName, KernelName])[] = [
  ['simd', 'scalar'],
  ['relaxed-simd-256', 'relaxed-simd'],
]
const STEPS = 4

/** What some steps leave: their losses and norms, the parameters, and the loss on held-out text. */
function learn(shape: Shape, name: KernelName, optimiser?: OptimiserName): unknown {
  const trainer = new Trainer(settingsOf(shape, codeOf(name), optimiser), textOf(shape))
  const steps = Array.from({ length: STEPS }, () => trainer.step())
  const validation = trainer.validate(textOf(shape).subarray(0, 300))
  while (validation.next(trainer.parameters) === null);
  return { steps, parameters: [...trainer.readParameters()], validation: validation.next(trainer.parameters) }
}

describe.each(ALIKE)('%s and %s agree bit for bit', (one, other) => {
  it.each(SHAPES)('in losses and parameters: %o', (shape) => {
    expect(learn(shape, one)).toEqual(learn(shape, other))
  })

  it.each(Object.keys(MOMENTS) as OptimiserName[])('with %s', (optimiser) => {
    expect(learn(SHAPES[4], one, optimiser)).toEqual(learn(SHAPES[4], other, optimiser))
  })
})
