/** A file of tensors alone is imported by a command, its symbols given or taken from a text; else the command says how. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { alphabetOf, referenceCases, tensorFile, textOf, writeFileOf } from '../lab/support/pytorch-file'
import { temporaryDirectory } from '../lab/support/temporary'
import { documentOf, runCommand } from './support/command-line'

/** What the reference's float64 states and ours, computed in float32, may differ by. */
const STATE_TOLERANCE = 2e-6

it('tensors alone and their alphabet have PyTorch’s hidden states', async () => {
  const directory = temporaryDirectory()
  const reference = referenceCases().find(({ cell, L }) => cell === 'gru' && L === 2)
  if (!reference) throw new Error('the reference has no such network')
  const model = writeFileOf(tensorFile(reference))
  const importIt = (...words: string[]): string[] => ['runs', 'import', '--model', model, ...words]
  const refused = await runCommand(importIt(), directory)
  expect([refused.code, refused.stdout]).toEqual([1, ''])
  expect(refused.stderr).toMatch(/^error: by-hand\.safetensors: .*--alphabet SYMBOLS.*--alphabet-of FILE/)
  expect(refused.stderr.trim().split('\n')).toHaveLength(1)

  const { run } = await documentOf<{ run: string }>(importIt('--alphabet', alphabetOf(reference)), directory)
  const text = textOf(reference, 1)
  const { steps } = await documentOf<{ steps: { token: string; hidden: number[][] }[] }>(
    ['trace', '--run', run, '--text', text],
    directory,
  )
  expect(steps.map(({ token }) => token).join('')).toBe(text)
  for (const [t, { hidden }] of steps.entries()) {
    for (const [unit, value] of hidden[reference.L - 1].entries()) {
      expect(Math.abs(value - reference.top_hidden_TBH[t][1][unit])).toBeLessThan(STATE_TOLERANCE)
    }
  }

  const learnt = join(temporaryDirectory(), 'learnt.txt')
  writeFileSync(learnt, alphabetOf(reference).repeat(2))
  const other = await documentOf<{ run: string }>(importIt('--alphabet-of', learnt), directory)
  const traced = await documentOf<{ tokens: string[] }>(['trace', '--run', other.run, '--text', 'b가나'], directory)
  expect(traced.tokens).toEqual(['b', '가', '나'])
})
