/** Where one stands in the room, written as an address and read again. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { INSPECT_VIEWS, parseAddress, printAddress } from '../../../src/renderer/rooms/inspect/inspect-address'
import type { InspectAddress } from '../../../src/renderer/rooms/inspect/inspect-address'
import { roomOf } from '../../../src/renderer/shell/room-address'

const PLACE: InspectAddress = {
  run: 'abc',
  model: null,
  checkpoint: 300,
  view: 'expectation',
  text: '나는 사과를 &=#?\n',
  step: 4,
  layer: 1,
  fields: {},
}

describe('the room’s address', () => {
  it('is the room’s name and what is looked at', () => {
    expect(printAddress({ ...PLACE, text: 'a b' })).toBe(
      '#/inspect?run=abc&at=300&view=expectation&text=a+b&step=5&layer=2',
    )
  })

  it('comes back as it was, whatever the text', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 400 })
    const view = fc.constantFrom(...INSPECT_VIEWS)
    fc.assert(
      fc.property(text, view, fc.nat(5000), fc.nat(3), fc.boolean(), (written, shown, step, layer, isModel) => {
        const of = isModel ? { run: null, model: 'apple-ko', checkpoint: null } : {}
        const place = { ...PLACE, ...of, text: written, view: shown, step, layer }
        expect(parseAddress(printAddress(place))).toEqual(place)
      }),
      { seed: 61, numRuns: 300 },
    )
  })

  it('has what the view in sight remembers, and nothing of another', () => {
    const fields = { unit: '7', tool: 'spectrum', instead: '3:들' }
    const hidden = printAddress({ ...PLACE, view: 'hidden', text: 'a', fields })
    expect(hidden).toBe('#/inspect?run=abc&at=300&view=hidden&text=a&step=5&layer=2&unit=7&tool=spectrum')
    expect(parseAddress(hidden)?.fields).toEqual({ unit: '7', tool: 'spectrum' })
    const expectation = printAddress({ ...PLACE, fields })
    expect(parseAddress(expectation)?.fields).toEqual({ instead: '3:들' })
    expect(parseAddress(`${expectation}${'x'.repeat(7000)}`)?.fields).toEqual({})
  })

  it('begins at the beginning where it isn’t understood', () => {
    expect(parseAddress('#/inspect?run=abc&at=-1&view=nothing&step=0&layer=x')).toEqual({
      run: 'abc',
      model: null,
      checkpoint: null,
      view: 'reading',
      text: '',
      step: 0,
      layer: 0,
      fields: {},
    })
  })

  it.each(['', '#', '#/runs?run=abc', '#/inspect', '#/inspect?view=hidden', '#/inspect?run=../x', '#/inspect?run='])(
    '%j is none',
    (address) => expect(parseAddress(address)).toBeNull(),
  )
})

describe('the room of an address', () => {
  it('is named at its beginning', () => {
    expect(['#/inspect?run=a', '#/train', '#/nothing', '', '#inspect'].map(roomOf)).toEqual([
      'inspect',
      'train',
      null,
      null,
      null,
    ])
  })
})
