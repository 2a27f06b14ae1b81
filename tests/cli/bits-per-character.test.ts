/** Bits per character: of the part of the text that the loss was measured on, whatever the tokens are. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { temporaryDirectory } from '../lab/support/temporary'
import { documentOf } from './support/command-line'

interface TrainDocument {
  readonly trainLoss: number
  readonly validationLoss: number
  readonly bitsPerCharacter: number
}

const SHAPE = ['--hidden', '8', '--batch', '4', '--sequence', '8', '--steps', '3']

it('are counted by jamo where they are the tokens, in the part that was measured', async () => {
  const directory = temporaryDirectory()
  const book = join(directory, 'book.txt')
  writeFileSync(book, '각'.repeat(300) + 'ab'.repeat(200)) // 1,300 tokens, of which 130 are held out
  const words = ['train', '--corpus', book, ...SHAPE, '--tokens', 'jamo']
  const last = await documentOf<TrainDocument>(words, directory)
  expect(last.bitsPerCharacter).toBeCloseTo(last.validationLoss / Math.LN2, 12)
  const first = await documentOf<TrainDocument>([...words, '--reverse'], directory)
  // From its end it is measured on the first 130: 43 syllables and a third of one, which is a character of its own.
  expect(first.bitsPerCharacter).toBeCloseTo(((first.validationLoss / Math.LN2) * 130) / 44, 12)
  const whole = await documentOf<TrainDocument>([...words, '--validation', '0'], directory)
  expect(whole.bitsPerCharacter).toBeCloseTo(((whole.trainLoss / Math.LN2) * 1300) / 700, 12)
})
