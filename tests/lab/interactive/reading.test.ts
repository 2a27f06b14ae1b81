/** A text that is read with a model, by characters, jamo and bytes, from its beginning and its end, in the real worker. */
import { writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { BYTE_SYMBOLS } from '../../../src/engine'
import { errorOf } from '../support/errors'
import { modelFile, SAMPLE, VOCABULARY } from '../support/models'
import { openTestLab } from '../support/test-lab'

describe('reading a text', () => {
  it.each([
    ['vanilla', []],
    ['window', []],
    ['gru', ['r', 'z', 'n']],
    ['lstm', ['i', 'f', 'g', 'o']],
  ] as const)('with %s has the shapes that were promised', async (cell, gates) => {
    const { lab } = await openTestLab()
    const text = 'ab 가👩\r\n'
    const trace = await lab.analysis.trace({ file: modelFile(cell) }, { text, top: 3, skipUnknown: false, full: true })
    expect(trace.tokens).toEqual(['a', 'b', ' ', '가', '👩', '\n'])
    const [T, L, H, V] = [6, 2, 5, VOCABULARY.length]
    expect(trace.model).toMatchObject({
      cell,
      layers: L,
      hidden: H,
      vocabularySize: V,
      step: null,
      reverse: false,
      tokens: 'character',
    })
    expect(trace.hidden).toHaveLength(T * L * H)
    expect(trace.cell?.length ?? null).toBe(cell === 'lstm' ? T * L * H : null)
    expect(Object.keys(trace.gates).sort()).toEqual([...gates].sort())
    for (const values of Object.values(trace.gates)) expect(values).toHaveLength(T * L * H)
    expect(trace.logits).toHaveLength(T * V)
    expect(trace.probability).toHaveLength(T)
    expect(Array.from(trace.probability, Number.isNaN)).toEqual([false, false, false, false, false, true])
    for (let t = 0; t < T; t++) {
      const next = Array.from(trace.topProbabilities.subarray(t * 3, (t + 1) * 3))
      expect(next).toEqual([...next].sort((a, b) => b - a))
      const sum = next.reduce((total, p) => total + p, 0)
      expect(sum).toBeGreaterThan(0.3)
      expect(sum).toBeLessThanOrEqual(1 + 1e-6)
    }
    const mean = Array.from(trace.probability.subarray(0, T - 1), (p) => -Math.log(p)).reduce((a, b) => a + b) / (T - 1)
    expect(trace.loss).toBeCloseTo(mean, 5)
    const all = await lab.analysis.trace({ file: modelFile(cell) }, { text: 'a', top: 100, skipUnknown: false })
    expect(all.top).toBe(V)
    expect(all.topProbabilities.reduce((total, p) => total + p, 0)).toBeCloseTo(1, 5)
    expect(all).toMatchObject({ loss: null, logits: null })
  })

  it('lists the symbols it does not know, or leaves them out', async () => {
    const { lab } = await openTestLab()
    const model = { file: modelFile() }
    const ask = (text: string, skipUnknown: boolean) => lab.analysis.trace(model, { text, top: 1, skipUnknown })
    await expect(ask('axbx"y', false)).rejects.toEqual(errorOf('E_SYMBOLS_UNKNOWN', { symbols: '"x" "\\"" "y"' }))
    expect((await ask('axbx"y', true)).tokens).toEqual(['a', 'b'])
    await expect(ask('xyz', true)).rejects.toEqual(errorOf('E_TEXT_EMPTY'))
    expect((await ask('가'.normalize('NFD'), false)).tokens).toEqual(['가'])
  })

  it('with a file that is no model, or that changed meanwhile, tells so or reads it anew', async () => {
    const { lab } = await openTestLab()
    const file = modelFile()
    const ask = () => lab.analysis.trace({ file }, { text: 'ab', top: 1, skipUnknown: false })
    expect((await ask()).model.cell).toBe('lstm')
    writeFileSync(file, 'no model')
    await expect(ask()).rejects.toEqual(errorOf('E_MODEL', { file: 'model.safetensors' }))
    await expect(lab.analysis.trace({}, { text: 'a', top: 1, skipUnknown: false })).rejects.toEqual(errorOf('E_INPUT'))
    await expect(lab.analysis.sample({ run: 'none' }, SAMPLE)).rejects.toEqual(errorOf('E_RUN_UNKNOWN'))
  })
})

describe('other tokens', () => {
  it('jamo are read apart and written together', async () => {
    const { lab } = await openTestLab()
    const model = { file: modelFile('gru', { tokens: 'jamo', vocabulary: ['\n', 'ᄀ', 'ᅡ', 'ᆨ'] }) }
    const trace = await lab.analysis.trace(model, { text: '각가', top: 1, skipUnknown: false })
    expect(trace.tokens).toEqual(['ᄀ', 'ᅡ', 'ᆨ', 'ᄀ', 'ᅡ'])
    const { prompt, text } = await lab.analysis.sample(model, { ...SAMPLE, prompt: '각' })
    expect(prompt).toBe('각')
    expect(text).toBe(text.normalize('NFC'))
    expect([...text.normalize('NFD')]).toHaveLength(SAMPLE.length)
  })

  it('bytes are named by two digits, and written as far as they are UTF-8', async () => {
    const { lab } = await openTestLab()
    const model = { file: modelFile('lstm', { tokens: 'byte', vocabulary: BYTE_SYMBOLS }) }
    const trace = await lab.analysis.trace(model, { text: 'a\r각'.normalize('NFD'), top: 1, skipUnknown: false })
    expect(trace.tokens.slice(0, 5)).toEqual(['61', '0d', 'e1', '84', '80'])
    expect(trace.model.vocabularySize).toBe(256)
    const { prompt, text } = await lab.analysis.sample(model, SAMPLE)
    expect(prompt).toBe('\n')
    expect(text).not.toBe('')
  })

  it('of a model that reads from the end stay in its order, and it says so', async () => {
    const { lab } = await openTestLab()
    const [forward, backward] = [false, true].map((reverse) => ({ file: modelFile('lstm', { reverse }) }))
    const ask = (model: { file: string }) => lab.analysis.trace(model, { text: 'ab', top: 1, skipUnknown: false })
    const there = await ask(backward)
    expect(there.model.reverse).toBe(true)
    expect({ ...there, model: { ...there.model, reverse: false } }).toEqual(await ask(forward))
    const written = await lab.analysis.sample(backward, SAMPLE)
    expect(written).toEqual({ ...(await lab.analysis.sample(forward, SAMPLE)), reverse: true })
  })
})
