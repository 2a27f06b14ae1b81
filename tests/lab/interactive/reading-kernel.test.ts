/** The kernel that reads: of the rounding that training takes, and where none compiles the plain one. */
import { writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, it } from 'vitest'
import type { ModelShape } from '../../../src/engine'
import { chooseKernel, chooseReadingKernel, isFused } from '../../../src/lab/kernels/choose-kernel'
import { fileOf, untrained } from '../support/models'
import { temporaryDirectory } from '../support/temporary'
import { openTestLab } from '../support/test-lab'

const KERNELS = resolve(import.meta.dirname, '../../../out/kernels')
/** A few roundings of float32: kernels of another rounding differ in the last digits alone. */
const DIGITS = 5

it('rounds as the one that training would take', () => {
  const before = chooseReadingKernel(KERNELS)
  const trains = chooseKernel(KERNELS, 'auto')
  expect(isFused(before)).toBe(isFused(trains))
  expect(chooseReadingKernel(KERNELS)).toBe(trains)
})

it('reads, writes and judges where no kernel compiles, to the same digits', async () => {
  const vocabulary = ['\n', 'a', 'b', '가']
  const shape: ModelShape = { cell: 'gru', layers: 2, hidden: 9, vocabulary: vocabulary.length, embedding: 3 }
  const directory = temporaryDirectory()
  const choice = {
    file: fileOf({ shape, parameters: untrained(shape), vocabulary, tokens: 'character', reverse: false }),
  }
  const text = 'ab가a\n'.repeat(120)
  writeFileSync(join(directory, 'text.txt'), text)
  const findings = await Promise.all(
    [KERNELS, directory].map(async (kernels) => {
      const { lab } = await openTestLab({ kernels })
      const { hidden, loss } = await lab.analysis.trace(choice, { text, top: 2, skipUnknown: false })
      const sample = { prompt: 'a', length: 40, temperature: 0, topK: null, topP: null, seed: 1 }
      const written = await lab.analysis.sample(choice, sample)
      const files = [join(directory, 'text.txt')]
      const judged = await lab.analysis.evaluate(choice, { files, encoding: 'auto', skipUnknown: false })
      expect(judged.loss).toBeCloseTo(loss ?? NaN, DIGITS)
      return { hidden, loss, text: written.text }
    }),
  )
  const [quick, plain] = findings
  expect(plain.hidden).toHaveLength(quick.hidden.length)
  quick.hidden.forEach((value, i) => expect(plain.hidden[i]).toBeCloseTo(value, DIGITS))
  expect(plain.loss).toBeCloseTo(quick.loss ?? NaN, DIGITS)
  expect(plain.text).toBe(quick.text)
})
