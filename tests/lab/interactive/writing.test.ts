/** A text that a model writes, in the real worker: its length, its seed and how it is drawn. */
import { describe, expect, it } from 'vitest'
import type { SampleRequest } from '../../../src/lab'
import { errorOf } from '../support/errors'
import { modelFile, SAMPLE, VOCABULARY } from '../support/models'
import { openTestLab } from '../support/test-lab'

describe('writing a text', () => {
  it('is the same for the same seed, and has the length that was asked for', async () => {
    const { lab } = await openTestLab()
    const model = { file: modelFile() }
    const write = async (changes: Partial<SampleRequest> = {}) => lab.analysis.sample(model, { ...SAMPLE, ...changes })
    const first = await write()
    expect(first.prompt).toBe('\n')
    expect([...first.text]).toHaveLength(60)
    expect([...first.text].every((symbol) => VOCABULARY.includes(symbol))).toBe(true)
    expect(await write()).toEqual(first)
    expect((await write({ seed: 2 })).text).not.toBe(first.text)
    expect((await write({ prompt: 'ab' })).prompt).toBe('ab')
    const greedy = await write({ temperature: 0 })
    expect(await write({ temperature: 0, seed: 9 })).toEqual(greedy)
    expect(await write({ topK: 1, seed: 5 })).toEqual(greedy)
    expect(await write({ topP: 1e-9, seed: 5 })).toEqual(greedy)
    await expect(write({ prompt: 'z' })).rejects.toEqual(errorOf('E_SYMBOLS_UNKNOWN', { symbols: '"z"' }))
    expect((await write({ prompt: 'azb', skipUnknown: true })).prompt).toBe('ab')
    expect((await write({ prompt: 'z', skipUnknown: true })).prompt).toBe('\n')
  })
})
