/** PyTorch's and NumPy's numbers through the command line alone: model and pattern files made by hand. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readReference } from '../engine/support/reference'
import { temporaryDirectory } from '../lab/support/temporary'
import { documentOf } from './support/command-line'

type Nested = number | Nested[]
interface NetworkCase {
  cell: string
  B: number
  V: number
  H: number
  L: number
  parameters: Record<string, Nested>
  inputs_TB: number[][]
  logits_TBV: number[][][]
  top_hidden_TBH: number[][][]
}

interface MemoryCase {
  neurons: number
  patterns: number[][]
  cue: number[]
  synchronous: Record<string, { states: number[][]; energy: number[] }>
}

/** Of the largest absolute value, in float32. */
const FLOAT32 = 2e-5
const FLOAT64 = 1e-9

const shapeOf = (value: Nested): number[] => (typeof value === 'number' ? [] : [value.length, ...shapeOf(value[0])])
const flat = (value: Nested): number[] => (typeof value === 'number' ? [value] : value.flatMap(flat))
const symbolOf = (id: number): string => String.fromCharCode(97 + id)

/** The format's own description, written out: a length, a JSON header, the values. */
function writeSafetensors(file: string, { cell, H, L, V, parameters }: NetworkCase): void {
  const vocabulary = Array.from({ length: V }, (_, id) => symbolOf(id))
  const engram = { version: 1, cell, layers: L, hidden: H, tokens: 'character', vocabulary, author: 'somebody else' }
  const header: Record<string, unknown> = { __metadata__: { format: 'pt', engram: JSON.stringify(engram) } }
  const parts: Buffer[] = []
  let offset = 0
  for (const [name, values] of Object.entries(parameters)) {
    const part = Buffer.from(Float32Array.from(flat(values)).buffer)
    header[name] = { dtype: 'F32', shape: shapeOf(values), data_offsets: [offset, offset + part.length] }
    offset += part.length
    parts.push(part)
  }
  const json = Buffer.from(JSON.stringify(header))
  const length = Buffer.alloc(8)
  length.writeBigUInt64LE(BigInt(json.length))
  writeFileSync(file, Buffer.concat([length, json, ...parts]))
}

function expectClose(found: readonly number[], expected: readonly number[]): void {
  expect(found).toHaveLength(expected.length)
  const scale = Math.max(...expected.map(Math.abs))
  expected.forEach((value, i) => expect(Math.abs(found[i] - value)).toBeLessThanOrEqual(FLOAT32 * scale))
}

describe('trace --full of a model made by hand', () => {
  const cases = readReference<{ cases: NetworkCase[] }>('rnn.json').cases
  it.each(cases.map((reference) => [`${reference.cell}, ${reference.L} layer(s)`, reference] as const))(
    '%s: PyTorch’s logits and hidden states',
    async (_name, reference) => {
      const directory = temporaryDirectory()
      const model = join(directory, 'model.safetensors')
      writeSafetensors(model, reference)
      for (let b = 0; b < reference.B; b++) {
        const text = reference.inputs_TB.map((row) => symbolOf(row[b])).join('')
        const { steps } = await documentOf<{ steps: { logits: number[]; hidden: number[][] }[] }>(
          ['trace', '--model', model, '--text', text, '--full'],
          directory,
        )
        expectClose(
          steps.flatMap(({ logits }) => logits),
          reference.logits_TBV.flatMap((row) => row[b]),
        )
        expectClose(
          steps.flatMap(({ hidden }) => hidden[reference.L - 1]),
          reference.top_hidden_TBH.flatMap((row) => row[b]),
        )
      }
    },
  )
})

describe('recall of patterns made by hand', () => {
  const cases = readReference<{ cases: MemoryCase[] }>('hopfield.json').cases
  const rowOf = (values: readonly number[]): string => values.map((value) => (value > 0 ? '#' : '.')).join('')

  function optionsOf(name: string): string[] {
    const [rule, word, value] = name.split(' ')
    if (word !== undefined) return ['--rule', rule, `--${word}`, value]
    const [plain, bias] = rule.split('+')
    return ['--rule', plain, ...(bias === undefined ? [] : ['--bias', 'hebbian'])]
  }

  it.each(cases.map((reference, at) => [at, reference] as const))(
    'case %i: NumPy’s states and energies, synchronously',
    async (_at, { patterns, cue, synchronous, neurons }) => {
      const directory = temporaryDirectory()
      const [set, from] = [join(directory, 'patterns.txt'), join(directory, 'cue.txt')]
      writeFileSync(set, patterns.map((values, m) => `# p${m}\n${rowOf(values)}\n`).join(''))
      writeFileSync(from, `${rowOf(cue)}\n`)
      for (const [name, expected] of Object.entries(synchronous)) {
        const words = ['recall', '--patterns', set, '--cue', from, '--update', 'synchronous', '--max-sweeps', '20']
        const found = await documentOf<{ frames: number[][]; energy: number[] }>(
          [...words, '--frames', ...optionsOf(name)],
          directory,
        )
        expect(found.frames, name).toEqual(expected.states)
        expect(found.energy).toHaveLength(expected.energy.length)
        found.energy.forEach((energy, k) =>
          expect(Math.abs(energy - expected.energy[k])).toBeLessThan(FLOAT64 * neurons),
        )
      }
    },
  )
})
