/** Reading and writing with a model, and recalls as they are streamed, in the real worker. */
import { writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { BYTE_SYMBOLS, createMemory, toGrid } from '../../../src/engine'
import type { Lab, SampleRequest } from '../../../src/lab'
import { readCueFile, readPatternFile, spoilPattern } from '../../../src/lab'
import { createLayout } from '../../../src/engine'
import type { ModelShape } from '../../../src/engine'
import { gradientsOf } from '../../../src/lab/interactive/read-with-model'
import { encodeModel } from '../../../src/lab/models/model-file'
import type { Model } from '../../../src/lab/models/model-file'
import type { RecallBatch, RecallRequest, RecallSettings, RecallStart } from '../../../src/shared'
import { errorOf, failureOf } from '../support/errors'
import { temporaryDirectory } from '../support/temporary'
import { openTestLab, RESOURCES } from '../support/test-lab'

const VOCABULARY = ['\n', ' ', 'a', 'b', '가', '👩']

function modelFile(cell: ModelShape['cell'] = 'lstm', changes: Partial<Model> = {}): string {
  const described = { vocabulary: VOCABULARY, tokens: 'character', reverse: false, ...changes } as const
  const sizes = { layers: 2, hidden: 5, vocabulary: described.vocabulary.length, embedding: 0 }
  const shape: ModelShape = cell === 'window' ? { cell, window: 3, ...sizes } : { cell, ...sizes }
  const parameters = Float32Array.from({ length: createLayout(shape).size }, (_, i) => ((i * 37) % 19) / 19 - 0.5)
  const file = join(temporaryDirectory(), 'model.safetensors')
  writeFileSync(file, Buffer.concat(encodeModel({ ...described, shape, parameters })))
  return file
}

/** A kernel rounds to float32 where the reference, which traces, keeps more. */
const KERNEL_DIGITS = 6
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

const SAMPLE: SampleRequest = { prompt: '', length: 60, temperature: 1, topK: null, topP: null, seed: 1 }

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

const LETTERS = readPatternFile(join(RESOURCES, 'patterns', 'letters-16.txt'))
const FOUR = { ...LETTERS, patterns: LETTERS.patterns.filter(({ name }) => 'ANTV'.includes(name)) }
const SETTINGS: RecallSettings = {
  rule: 'hebbian',
  update: 'asynchronous',
  bias: 'none',
  degree: 3,
  beta: 1,
  temperature: 0,
  maxSweeps: 100,
  seed: 1,
}

interface Followed {
  readonly start: RecallStart
  readonly batches: readonly RecallBatch[]
  readonly state: Int8Array
}

/** Rebuilds the state from the visits, as a room does. */
async function follow(lab: Lab, request: RecallRequest): Promise<Followed> {
  const batches: RecallBatch[] = []
  let start: RecallStart | null = null
  await new Promise<void>((done, fail) => {
    const unlisten = lab.listen({
      recall: (batch) => {
        batches.push(batch)
        if (batch.end === null) return
        unlisten()
        done()
      },
    })
    lab.recall.start(request).then((answer) => (start = answer), fail)
  })
  if (start === null) throw new Error('the end came before the beginning')
  const state = request.cue.slice()
  let pending: number[] = []
  let visits = 0
  for (const { neurons, flipped } of batches) {
    neurons.forEach((neuron, k) => {
      if (flipped[k]) pending.push(neuron)
      visits += 1
      if (request.settings.update === 'synchronous' && visits % state.length !== 0) return
      for (const one of pending) state[one] = -state[one]
      pending = []
    })
  }
  return { start, batches, state }
}

function requestOf(changes: Partial<RecallSettings> = {}, share = 0.2): RecallRequest {
  return { set: FOUR, cue: new Int8Array(spoilPattern(FOUR, 'A', share, 1)), settings: { ...SETTINGS, ...changes } }
}

/** E by the definition, for the rules that have one of this form. */
function energyOf({ set, settings }: RecallRequest, state: Int8Array): number {
  const memory = createMemory(
    set.patterns.map(({ name, rows }) => ({ name, values: toGrid(name, rows).values })),
    settings,
  )
  memory.follow(state.slice())
  return memory.energy()
}

describe('a recall', () => {
  it.each([
    [{ rule: 'hebbian', bias: 'hebbian' }],
    [{ rule: 'storkey' }],
    [{ rule: 'pseudo-inverse' }],
    [{ rule: 'dense' }],
    [{ rule: 'modern', beta: 0.1 }],
    [{ rule: 'pseudo-inverse', update: 'synchronous' }],
  ] as const)('with %o: the visits lead from the cue to the end, downhill', async (changes) => {
    const { lab } = await openTestLab()
    const request = requestOf(changes)
    const { start, batches, state } = await follow(lab, request)
    const energies = batches.flatMap((batch) => Array.from(batch.energies))
    const end = batches.at(-1)?.end
    expect(start.energy).toBeCloseTo(energyOf(request, request.cue), 6)
    expect(energies.at(-1)).toBeCloseTo(energyOf(request, state), 6)
    expect(energies.at(-1)).toBeLessThan(start.energy)
    if (request.settings.update === 'asynchronous') {
      let previous = start.energy
      for (const energy of energies) {
        expect(energy).toBeLessThanOrEqual(previous + 1e-9 * Math.max(1, Math.abs(previous)))
        previous = energy
      }
    }
    expect(energies).toHaveLength((end?.sweeps ?? 0) * state.length)
    expect(end).toMatchObject({ converged: true, cycle: 0 })
    expect(batches.filter((batch) => batch.end !== null)).toHaveLength(1)
    expect(batches.every((batch) => batch.recall === start.recall)).toBe(true)
    const overlaps = FOUR.patterns.map(
      ({ name, rows }) => toGrid(name, rows).values.reduce((sum, value, i) => sum + value * state[i], 0) / state.length,
    )
    expect(end?.verdict.overlap).toBeCloseTo(
      overlaps[FOUR.patterns.findIndex(({ name }) => name === end?.verdict.pattern)],
      9,
    )
  })

  it('with the pseudo-inverse brings the letter back', async () => {
    const { lab } = await openTestLab()
    const { state, batches, start } = await follow(lab, requestOf({ rule: 'pseudo-inverse' }))
    const [letter] = FOUR.patterns.filter(({ name }) => name === 'A')
    expect(state).toEqual(toGrid('A', letter.rows).values)
    expect(batches.at(-1)?.end?.verdict).toMatchObject({ kind: 'stored', pattern: 'A', overlap: 1 })
    expect(start.overlaps).toHaveLength(4)
  })

  it('of the same seed visits in the same order', async () => {
    const { lab } = await openTestLab()
    const order = async (seed: number) =>
      (await follow(lab, requestOf({ seed }))).batches.flatMap(({ neurons }) => [...neurons])
    const first = await order(3)
    expect(await order(3)).toEqual(first)
    expect(await order(4)).not.toEqual(first)
  })

  it('above temperature 0 takes all its sweeps, and can be stopped before', async () => {
    const { lab } = await openTestLab()
    const { batches } = await follow(lab, requestOf({ temperature: 1, maxSweeps: 7 }))
    expect(batches.at(-1)?.end).toMatchObject({ sweeps: 7, converged: false })
    let heard = 0
    const moving = new Promise<void>((done) => {
      lab.listen({
        recall: () => {
          heard += 1
          if (heard === 3) done()
        },
      })
    })
    const { recall } = await lab.recall.start(requestOf({ temperature: 1, maxSweeps: 100_000 }))
    await moving
    await lab.recall.stop(recall)
    const before = heard
    await follow(lab, requestOf()) // the worker is free, and whatever was on its way has arrived
    expect(heard - before).toBeLessThanOrEqual(3)
    await lab.recall.stop(recall)
    await lab.recall.stop('none')
  })

  it.each([
    ['a cue of another size', { cue: Int8Array.of(1, -1) }, 'E_PATTERN'],
    ['a cue that is not ±1', { cue: new Int8Array(256) }, 'E_PATTERN'],
    [
      'equal patterns',
      { set: { ...FOUR, patterns: [FOUR.patterns[0], { ...FOUR.patterns[0], name: 'again' }] } },
      'E_PATTERNS_EQUAL',
    ],
  ] as const)('of %s is refused', async (_what, changes, code) => {
    const { lab } = await openTestLab()
    await expect(lab.recall.start({ ...requestOf(), ...changes } as RecallRequest)).rejects.toEqual(errorOf(code))
  })

  it('of no pattern is refused or answered, never broken', async () => {
    const { lab } = await openTestLab()
    const request = { ...requestOf(), set: { ...FOUR, patterns: [] } }
    await expect(lab.recall.start(request)).rejects.toEqual(errorOf('E_PATTERNS_NONE'))
  })
})

describe('pattern files', () => {
  const fileWith = (content: string, name = 'mine.txt'): string => {
    const file = join(temporaryDirectory(), name)
    writeFileSync(file, content)
    return file
  }

  it('are read as text of any signs, and as JSON', () => {
    const text = fileWith('\ufeff# first one\r\n#.1+\r\n0-■□\r\n\r\n# 둘\n....\n####\n')
    const rows = [
      { name: 'first one', rows: ['#.##', '..#.'] },
      { name: '둘', rows: ['....', '####'] },
    ]
    expect(readPatternFile(text)).toEqual({ width: 4, height: 2, patterns: rows })
    expect(readPatternFile(fileWith(JSON.stringify({ width: 4, height: 2, patterns: rows })))).toEqual(
      readPatternFile(text),
    )
    expect(readPatternFile(fileWith('#.\n.#\n', 'cross.txt')).patterns[0].name).toBe('cross')
  })

  it.each([
    ['ragged rows', '# a\n##\n#\n', 'E_PATTERN_RAGGED'],
    ['a sign nobody knows', '# a\n#2\n', 'E_PATTERN_CELL'],
    ['two sizes', '# a\n##\n# b\n#\n', 'E_PATTERN_SIZE'],
    ['nothing', '', 'E_PATTERN_EMPTY'],
    ['a name alone', '# a\n', 'E_PATTERN_EMPTY'],
    ['broken JSON', '{"width":', 'E_PATTERN_JSON'],
    ['JSON of another kind', '{"width":2}', 'E_PATTERN_JSON'],
    ['JSON with another size', '{"width":3,"height":1,"patterns":[{"name":"a","rows":["##"]}]}', 'E_PATTERN_SIZE'],
    ['JSON without a pattern', '{"width":3,"height":1,"patterns":[]}', 'E_PATTERN_EMPTY'],
    ['JSON with numbers for rows', '{"width":1,"height":1,"patterns":[{"name":"a","rows":[1]}]}', 'E_PATTERN_JSON'],
  ] as const)('with %s are refused', (_what, content, code) => {
    expect(failureOf(() => readPatternFile(fileWith(content)))).toEqual(errorOf(code))
  })

  it('of a cue may hold real numbers, 0 counting as +1', () => {
    expect(Array.from(readCueFile(fileWith('{"values":[[0.2,-0.7],[0,-0]]}'), 4))).toEqual([1, -1, 1, 1])
    for (const wrong of [
      '{"values":[[1],[1,2]]}',
      '{"values":[]}',
      '{"values":[[]]}',
      '{"values":[["1"]]}',
      '{"values":[[1e999]]}',
    ]) {
      expect(failureOf(() => readCueFile(fileWith(wrong), 1))).toEqual(errorOf('E_PATTERN_VALUES'))
    }
    expect(failureOf(() => readCueFile(fileWith('# a\n#\n# b\n.\n'), 1))).toEqual(errorOf('E_PATTERN'))
  })

  it('of a cue of another size are refused by the name of the file', () => {
    const cue = fileWith('##\n')
    const reason = 'it has 2 cells, and the patterns have 4'
    expect(failureOf(() => readCueFile(cue, 4))).toEqual(errorOf('E_PATTERN', { name: basename(cue), reason }))
  })

  it('that are not there, or no files, are told', () => {
    expect(failureOf(() => readPatternFile('/nowhere/x.txt'))).toEqual(errorOf('E_FILE_MISSING', { file: 'x.txt' }))
    expect(failureOf(() => readPatternFile(temporaryDirectory()))).toEqual(errorOf('E_FILE_NOT_REGULAR'))
    expect(failureOf(() => spoilPattern(FOUR, 'Z', 0, 1))).toEqual(errorOf('E_PATTERN_UNKNOWN', { name: 'Z' }))
  })
})

describe('what comes with the lab', () => {
  it('are texts and pattern sets that can be opened', async () => {
    const { lab } = await openTestLab()
    const samples = await lab.corpora.samples()
    expect(samples.length).toBeGreaterThan(2)
    for (const { id } of samples) {
      const summary = await lab.corpora.inspect(await lab.corpora.sampleFile(id), 'auto', 'character')
      expect(summary).toMatchObject({ encoding: 'utf-8', changes: { bom: 0, lineEnds: 0, nfc: 0, replaced: 0 } })
    }
    await expect(lab.corpora.sampleFile('../secret')).rejects.toEqual(errorOf('E_FILE_MISSING'))
    for (const { id, width, height, count } of await lab.patterns.sets()) {
      const set = await lab.patterns.open(id)
      expect([set.width, set.height, set.patterns.length]).toEqual([width, height, count])
    }
    const own = await lab.patterns.save(null, 'mine', FOUR)
    expect(await lab.patterns.open(own.id)).toEqual(FOUR)
    expect((await lab.patterns.sets()).at(-1)).toEqual(own)
    await expect(lab.patterns.open('none')).rejects.toEqual(errorOf('E_PATTERN_SET_UNKNOWN'))
  })
})
