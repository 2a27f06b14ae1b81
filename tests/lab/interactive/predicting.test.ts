/** How well a model predicts a text of files: the loss of a trace of it, counted by characters, whatever the tokens. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { BYTE_SYMBOLS } from '../../../src/engine'
import { errorOf } from '../support/errors'
import { modelFile } from '../support/models'
import { temporaryDirectory } from '../support/temporary'
import { openTestLab } from '../support/test-lab'

/** A kernel rounds to float32 where the reference, which traces, keeps more. */
const KERNEL_DIGITS = 6

describe('predicting a text', () => {
  function textFile(content: string): string {
    const file = join(temporaryDirectory(), 'text.txt')
    writeFileSync(file, content)
    return file
  }
  const TEXT = '가a b\nab👩 '.repeat(120)
  const QUESTION = { encoding: 'auto', skipUnknown: false } as const

  it('gives the loss of a trace of it', async () => {
    const { lab } = await openTestLab()
    const model = { file: modelFile('gru') }
    const { loss, ...rest } = await lab.analysis.evaluate(model, { files: [textFile(TEXT)], ...QUESTION })
    const trace = await lab.analysis.trace(model, { text: TEXT, top: 1, skipUnknown: false })
    expect(loss).toBeCloseTo(trace.loss ?? NaN, KERNEL_DIGITS)
    const characters = [...TEXT].length
    expect(rest).toMatchObject({ characters, tokens: characters })
    expect(rest.bitsPerCharacter).toBeCloseTo(loss / Math.LN2, 12)
    expect(rest.perplexity).toBeCloseTo(Math.exp(loss), 10)
  })

  it('reads it from its end where the model does', async () => {
    const { lab } = await openTestLab()
    const backward = { file: modelFile('lstm', { reverse: true }) }
    const { loss } = await lab.analysis.evaluate(backward, { files: [textFile(TEXT)], ...QUESTION })
    const turned = [...TEXT].reverse().join('')
    const trace = await lab.analysis.trace(backward, { text: turned, top: 1, skipUnknown: false })
    expect(loss).toBeCloseTo(trace.loss ?? NaN, KERNEL_DIGITS)
  })

  it.each([false, true])('counts characters, not jamo (from the end: %s)', async (reverse) => {
    const { lab } = await openTestLab()
    const model = { file: modelFile('gru', { tokens: 'jamo', vocabulary: ['\n', 'ᄀ', 'ᅡ', 'ᆨ'], reverse }) }
    const found = await lab.analysis.evaluate(model, { files: [textFile('각가\n가')], ...QUESTION })
    expect(found).toMatchObject({ characters: 4, tokens: 8 })
    expect(found.bitsPerCharacter).toBeCloseTo((2 * found.loss) / Math.LN2, 12)
  })

  it('reads bytes as they are, several files joined by a line end', async () => {
    const { lab } = await openTestLab()
    const model = { file: modelFile('gru', { tokens: 'byte', vocabulary: BYTE_SYMBOLS }) }
    const found = await lab.analysis.evaluate(model, { files: [textFile('각\r'), textFile('\ufeffb')], ...QUESTION })
    expect(found).toMatchObject({ characters: 9, tokens: 9 })
  })

  it('refuses what the model does not know, unless it is left out', async () => {
    const { lab } = await openTestLab()
    const model = { file: modelFile() }
    const files = [textFile('axbyab')]
    const ask = (skipUnknown: boolean) => lab.analysis.evaluate(model, { ...QUESTION, files, skipUnknown })
    await expect(ask(false)).rejects.toEqual(errorOf('E_SYMBOLS_UNKNOWN', { symbols: '"x" "y"' }))
    const { loss } = await lab.analysis.evaluate(model, { ...QUESTION, files: [textFile('abab')] })
    expect(await ask(true)).toMatchObject({ loss, tokens: 4 })
    const strange = { ...QUESTION, files: [textFile('xayz')], skipUnknown: true }
    await expect(lab.analysis.evaluate(model, strange)).rejects.toEqual(
      errorOf('E_TEXT_TOO_SHORT', { name: 'text.txt' }),
    )
  })
})
