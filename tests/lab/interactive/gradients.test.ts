/** Gradients of a text through time, of each layer and gate, from the real worker. */
import { describe, expect, it } from 'vitest'
import type { ModelShape } from '../../../src/engine'
import { gradientsOf } from '../../../src/lab/interactive/read-with-model'
import { errorOf } from '../support/errors'
import { modelFile } from '../support/models'
import { openTestLab } from '../support/test-lab'

describe('gradients through time', () => {
  it('of each layer and gate come from the worker', async () => {
    const { lab } = await openTestLab()
    const model = { file: modelFile('gru') }
    const { norms, spectralRadius, singularValue } = await lab.analysis.gradients(model, {
      text: 'ab x가\r\n',
      skipUnknown: true,
    })
    expect(norms.map((layer) => layer.length)).toEqual([4, 4])
    for (const layer of norms) expect(Math.min(...layer)).toBeGreaterThan(0)
    expect(spectralRadius.map((radii) => Object.keys(radii))).toEqual([
      ['r', 'z', 'n'],
      ['r', 'z', 'n'],
    ])
    singularValue.forEach((values, layer) => {
      for (const [gate, value] of Object.entries(values)) {
        expect(value).toBeGreaterThanOrEqual(spectralRadius[layer][gate] - 1e-12)
      }
    })
    await expect(lab.analysis.gradients(model, { text: 'a', skipUnknown: false })).rejects.toEqual(
      errorOf('E_TEXT_SHORT', { tokens: 1, least: 2 }),
    )
  })

  it('of a network without recurrence are refused', () => {
    const shape: ModelShape = { cell: 'window', window: 2, layers: 1, hidden: 1, vocabulary: 2, embedding: 0 }
    const model = { shape, tokens: 'character' as const, vocabulary: ['a', 'b'], parameters: new Float32Array(1) }
    expect(() => gradientsOf(model, { text: 'ab', skipUnknown: false })).toThrow(
      /A window network hands no hidden state/,
    )
  })
})
