/**
 * A program: what the kernels it is given compute of every case and in whole training, as digests, printed as JSON. It is
 * run in processes whose V8 compiles the kernels in different ways.
 */
import { createHash } from 'node:crypto'
import { Trainer } from '../../../../src/engine'
import type { KernelCode } from '../../../../src/engine'
import { Arena } from './arena'
import { CASES } from './cases'
import { codeOf, KERNELS } from './codes'
import { SHAPES, settingsOf, textOf } from './shapes'

/** From a kernel's name to digests by the function's, and of training. */
export type Digests = Record<string, Record<string, string>>

const STEPS = 3

function digestCases(code: KernelCode, subject: string): string {
  const hash = createHash('sha256')
  for (const each of CASES.filter((one) => one.subject === subject)) {
    for (const filling of ['ordinary', 'special'] as const) {
      const arena = new Arena(code, `${each.subject} ${each.name}`, filling)
      const answer = each.call(arena) ?? 0
      // Whatever NaN it is, as one and the same.
      hash.update(Float64Array.from([...arena.values, answer], (value) => (Number.isNaN(value) ? NaN : value)))
    }
  }
  return hash.digest('hex')
}

function digestTraining(code: KernelCode): string {
  const hash = createHash('sha256')
  for (const shape of SHAPES) {
    const trainer = new Trainer(settingsOf(shape, code), textOf(shape))
    for (let i = 0; i < STEPS; i++) hash.update(Float64Array.of(trainer.step().loss))
    hash.update(trainer.parameters)
  }
  return hash.digest('hex')
}

const digests = Object.fromEntries(
  KERNELS.filter((name) => process.argv.includes(name)).map((name) => {
    const code = codeOf(name)
    const subjects = [...new Set(CASES.map(({ subject }) => subject))]
    return [
      name,
      {
        ...Object.fromEntries(subjects.map((subject) => [subject, digestCases(code, subject)])),
        training: digestTraining(code),
      },
    ]
  }),
)
process.stdout.write(JSON.stringify(digests))
