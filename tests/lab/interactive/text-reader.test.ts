/** What a window asks about a text: the same numbers as the command line's, piece by piece, and questions that are overtaken. */
import { describe, expect, it } from 'vitest'
import type { RecurrentCell } from '../../../src/engine'
import { GradientReader } from '../../../src/lab/interactive/gradient-reader'
import { ModelDigests } from '../../../src/lab/interactive/model-digests'
import { ModelReaders } from '../../../src/lab/interactive/model-readers'
import { RecentlyUsed } from '../../../src/lab/interactive/recently-used'
import { Slices } from '../../../src/lab/interactive/slices'
import { TextReader } from '../../../src/lab/interactive/text-reader'
import type { Model } from '../../../src/lab/models/model-file'
import { MOST_STATES_AT_ONCE } from '../../../src/shared'
import { errorOf } from '../support/errors'
import { fileOf, untrained } from '../support/models'
import { openTestLab } from '../support/test-lab'

const VOCABULARY = ['a', 'b', 'c', '가']

function model(cell: RecurrentCell | 'window', hidden = 4): Model {
  const sizes = { layers: 2, hidden, vocabulary: VOCABULARY.length, embedding: 0 }
  const shape = cell === 'window' ? { cell, window: 3, ...sizes } : { cell, ...sizes }
  return { shape, parameters: untrained(shape), vocabulary: VOCABULARY, tokens: 'character', reverse: false }
}

/** What reads with this model, whatever its path: with the kernel that needs no file. */
function readersOf(made: Model, breathe = async (): Promise<void> => undefined, now?: () => number) {
  const slices = new Slices(breathe, now)
  const digests = new ModelDigests()
  const readers = new ModelReaders(() => ({ name: 'scalar' }))
  return {
    texts: new TextReader(() => made, digests, readers, slices),
    gradients: new GradientReader(() => made, digests, slices),
  }
}

const TEXT = 'abc가'.repeat(30)

describe('gradients by path', () => {
  it.each(['vanilla', 'gru', 'lstm'] as const)('%s: are those of the command line at every place', async (cell) => {
    const { lab } = await openTestLab()
    const choice = { file: fileOf(model(cell)) }
    for (const at of [1, 70, TEXT.length - 1]) {
      const found = await lab.analysis.paths(choice, { text: TEXT, skipUnknown: false, at })
      const text = [...TEXT].slice(0, at + 1).join('')
      const told = await lab.analysis.gradients(choice, { text, skipUnknown: false })
      expect(found).toMatchObject({ cell, layers: 2, hidden: 4, at, read: TEXT[at - 1], target: TEXT[at] })
      expect(found.total).toEqual(told.norms)
      expect(found.singularValues).toEqual(cell === 'vanilla' ? told.singularValue.map(({ h }) => h) : null)
      const paths = [found.cellTotal, found.throughHidden, found.throughCell]
      expect(paths.map((path) => path?.map((layer) => layer.length) ?? null)).toEqual(
        paths.map(() => (cell === 'lstm' ? [at, at] : null)),
      )
    }
  })

  it('of a place beyond the text are of its last token; a window and a single token are refused', async () => {
    const { lab } = await openTestLab()
    const choice = { file: fileOf(model('gru')) }
    expect(await lab.analysis.paths(choice, { text: 'abc', skipUnknown: false, at: 9 })).toMatchObject({ at: 2 })
    await expect(lab.analysis.paths(choice, { text: 'a', skipUnknown: false, at: 1 })).rejects.toEqual(
      errorOf('E_TEXT_SHORT', { tokens: 1, least: 2 }),
    )
    const window = { file: fileOf(model('window')) }
    await expect(lab.analysis.paths(window, { text: 'ab', skipUnknown: false, at: 1 })).rejects.toEqual(
      errorOf('E_NO_RECURRENCE'),
    )
    await expect(lab.analysis.spectrum(window, 0)).rejects.toEqual(errorOf('E_NO_RECURRENCE'))
  })
})

describe('the spectrum', () => {
  it('has every gate of the layer, with the radius that the command line tells', async () => {
    const { lab } = await openTestLab()
    const choice = { file: fileOf(model('gru')) }
    const told = await lab.analysis.gradients(choice, { text: 'ab', skipUnknown: false })
    const found = await lab.analysis.spectrum(choice, 1)
    expect(found.map(({ gate }) => gate)).toEqual(['r', 'z', 'n'])
    for (const { gate, eigenvalues, spectralRadius, singularValue } of found) {
      expect(eigenvalues).toHaveLength(8)
      expect([spectralRadius, singularValue]).toEqual([told.spectralRadius[1][gate], told.singularValue[1][gate]])
      const radii = Array.from({ length: 4 }, (_, i) => Math.hypot(eigenvalues[2 * i], eigenvalues[2 * i + 1]))
      expect(Math.max(...radii)).toBeCloseTo(spectralRadius, 10)
    }
    await expect(lab.analysis.spectrum(choice, 2)).rejects.toEqual(errorOf('E_INPUT'))
  })
})

describe('a reading', () => {
  it('of a short text is the whole trace', async () => {
    const { lab } = await openTestLab()
    const choice = { file: fileOf(model('lstm')) }
    const { logits: _logits, ...whole } = await lab.analysis.trace(choice, { text: TEXT, top: 3, skipUnknown: false })
    expect(await lab.analysis.read(choice, { text: TEXT, top: 3, skipUnknown: false })).toEqual(whole)
    const fewer = await lab.analysis.read(choice, { text: TEXT, top: 1, skipUnknown: false })
    expect(Array.from(fewer.topTokens)).toEqual(Array.from(whole.topTokens).filter((_, i) => i % 3 === 0))
  })

  it('of a long one leaves the states to be asked for, and they are those of the trace', async () => {
    const { lab } = await openTestLab()
    const choice = { file: fileOf(model('lstm', 64)) }
    const text = 'abca가'.repeat(100)
    const whole = await lab.analysis.trace(choice, { text, top: 2, skipUnknown: false })
    const { hidden, cell, gates, ...rest } = await lab.analysis.read(choice, { text, top: 2, skipUnknown: false })
    expect([hidden.length, cell, gates, rest.partial]).toEqual([0, null, {}, true])
    expect(rest.topProbabilities).toEqual(whole.topProbabilities)
    const ask = (quantity: 'hidden' | 'cell' | 'f' | 'z', from: number, to: number) =>
      lab.analysis.states(choice, { text, skipUnknown: false, quantity, from, to })
    const step = 2 * 64
    expect(await ask('hidden', 0, 500)).toEqual(whole.hidden)
    expect(await ask('cell', 499, 500)).toEqual(whole.cell?.slice(499 * step))
    expect(await ask('f', 250, 260)).toEqual(whole.gates.f.slice(250 * step, 260 * step))
    await expect(ask('z', 0, 1)).rejects.toEqual(errorOf('E_STATES', { quantity: 'z', from: 0, to: 1 }))
    await expect(ask('hidden', 0, 501)).rejects.toEqual(errorOf('E_STATES'))
    await expect(ask('hidden', 3, 3)).rejects.toEqual(errorOf('E_STATES'))
  })

  it('of more states than cross at once is refused', async () => {
    const large = model('vanilla', 200)
    const { texts: reader } = readersOf(large)
    const to = Math.floor(MOST_STATES_AT_ONCE / 400)
    const request = { text: 'a'.repeat(to + 1), skipUnknown: false, quantity: 'hidden', from: 0 } as const
    expect(await reader.states('m', { ...request, to })).toHaveLength(to * 400)
    await expect(reader.states('m', { ...request, to: to + 1 })).rejects.toEqual(errorOf('E_STATES'))
  })
})

describe('a question that is overtaken', () => {
  /** A reader whose clock makes every piece long, and who hears others when it is told to. */
  function slowReader() {
    let now = 0
    const waiting: (() => void)[] = []
    const made = model('lstm')
    const breathe = () => new Promise<void>((done) => waiting.push(done))
    const readers = readersOf(made, breathe, () => (now += 100))
    const hearAll = async (until: Promise<unknown>) => {
      let isOver = false
      const ended = until.then(
        () => (isOver = true),
        () => (isOver = true),
      )
      while (!isOver) {
        waiting.splice(0).forEach((done) => done())
        await Promise.resolve()
      }
      await ended
    }
    return { ...readers, hearAll }
  }

  it('about the same model’s gradients ends, the newer is answered', async () => {
    const { gradients: reader, hearAll } = slowReader()
    const older = reader.paths('m', null, { text: TEXT, skipUnknown: false, at: 100 })
    const newer = reader.paths('m', null, { text: TEXT, skipUnknown: false, at: 90 })
    const other = reader.paths('n', null, { text: TEXT, skipUnknown: false, at: 80 })
    await hearAll(Promise.allSettled([older, newer, other]))
    await expect(older).rejects.toEqual(errorOf('E_CANCELLED'))
    expect((await newer).at).toBe(90)
    expect((await other).at).toBe(80)
  })

  it('ends when nobody waits for any', async () => {
    const { gradients, texts, hearAll } = slowReader()
    const asked = ['m', 'n'].map((path) => gradients.paths(path, null, { text: TEXT, skipUnknown: false, at: 100 }))
    const reading = texts.read('m', null, { text: TEXT, top: 1, skipUnknown: false, lane: 'room' })
    gradients.stopPaths()
    await hearAll(Promise.allSettled([...asked, reading]))
    for (const answer of asked) await expect(answer).rejects.toEqual(errorOf('E_CANCELLED'))
    expect((await reading).top).toBe(1)
  })

  it('in the same lane ends, in another or in none it does not', async () => {
    const { texts: reader, hearAll } = slowReader()
    const ask = (text: string, lane?: string) => reader.read('m', null, { text, top: 1, skipUnknown: false, lane })
    const long = TEXT.repeat(3)
    const asked = [ask(`${long}a`, 'room'), ask(`${long}b`), ask(`${long}c`, 'room'), ask(`${long}ab`, 'beside')]
    await hearAll(Promise.allSettled(asked))
    await expect(asked[0]).rejects.toEqual(errorOf('E_CANCELLED'))
    for (const answer of asked.slice(1)) expect((await answer).top).toBe(1)
  })

  it('about a changed text ends, and so does one about the spectrum; the newest is answered', async () => {
    const { texts, gradients, hearAll } = slowReader()
    const long = TEXT.repeat(3)
    const compare = (changed: string) => texts.compare('m', null, { text: long, changed, top: 1, skipUnknown: false })
    const compared = [compare(`${long}a`), compare(`${long}b`)]
    const spectra = [gradients.spectrum('m', 0), gradients.spectrum('n', 1)]
    await hearAll(Promise.allSettled([...compared, ...spectra]))
    await expect(compared[0]).rejects.toEqual(errorOf('E_CANCELLED'))
    expect((await compared[1]).changed.tokens.at(-1)).toBe('b')
    await expect(spectra[0]).rejects.toEqual(errorOf('E_CANCELLED'))
    expect(await spectra[1]).toHaveLength(4)
    const left = gradients.spectrum('m', 0)
    gradients.stopSpectrum()
    await hearAll(Promise.allSettled([left]))
    await expect(left).rejects.toEqual(errorOf('E_CANCELLED'))
  })

  it('leaves what others read meanwhile with the same network as it is', async () => {
    const { texts, hearAll } = slowReader()
    const request = { top: 2, skipUnknown: false, full: true }
    const long = TEXT.repeat(4)
    const alone = texts.trace('m', null, { text: long, ...request })
    await hearAll(alone)
    const both = [long, `ba${long}`].map((text) => texts.trace('m', null, { text, ...request }))
    await hearAll(Promise.all(both))
    expect(await both[0]).toEqual(await alone)
  })
})

describe('what was found before', () => {
  it('goes when there is no room, the longest unused first', () => {
    const kept = new RecentlyUsed<{ size: number }>(10, ({ size }) => size)
    kept.keep('a', { size: 4 })
    kept.keep('b', { size: 4 })
    kept.find('a')
    kept.keep('c', { size: 4 })
    expect(['a', 'b', 'c'].map((key) => kept.find(key) !== undefined)).toEqual([true, false, true])
    kept.keep('huge', { size: 100 })
    expect(['a', 'c', 'huge'].map((key) => kept.find(key) !== undefined)).toEqual([false, false, true])
  })

  it('is told again without being computed', async () => {
    const made = model('gru')
    let breaths = 0
    let now = 0
    const breathe = async () => void (breaths += 1)
    const { gradients: reader } = readersOf(made, breathe, () => (now += 100))
    const ask = () => reader.paths('m', 3, { text: TEXT, skipUnknown: false, at: 100 })
    const first = await ask()
    const before = breaths
    expect(before).toBeGreaterThan(0)
    expect(await ask()).toEqual(first)
    const spectrum = await reader.spectrum('m', 0)
    const after = breaths
    expect(after).toBeGreaterThan(before)
    expect(await reader.spectrum('n', 0)).toEqual(spectrum)
    expect(breaths).toBe(after)
  })
})
