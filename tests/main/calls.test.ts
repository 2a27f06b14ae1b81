/** The one door for calls: who may knock, and with what. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseCall } from '../../src/main/ipc/register-calls'
import { isAllowedSender } from '../../src/main/ipc/sender'
import { CALLS } from '../../src/shared'
import { errorOf, failureOf } from '../lab/support/errors'
import { callerOf, openDoor, OWN } from './support/call-door'
import type { Caller } from './support/call-door'

const NAMES = Object.entries(CALLS).flatMap(([group, calls]) => Object.keys(calls).map((name) => `${group}.${name}`))

/** What is right for a call whose input is right. */
const CUE = Int8Array.from([1, -1])
const SET = { width: 2, height: 1, patterns: [{ name: 'a', rows: ['#.'] }] }
const EXPERIMENT = { kind: 'attractors', set: SET, settings: {}, starts: 5 }
const RIGHT: Readonly<Record<string, unknown>> = {
  'settings.change': { theme: 'dark' },
  'corpora.openSample': { id: 'rhymes-en' },
  'corpora.inspect': { token: 'abc', encoding: 'auto', tokens: 'character' },
  'corpora.alphabet': { token: 'abc', encoding: 'auto', tokens: 'jamo' },
  'training.start': { corpora: ['abc'], encoding: 'auto', configuration: {}, name: '', probe: '' },
  'corpora.baseline': { run: 'r', onlyKnown: false },
  'corpora.generate': { task: 'repeat', distances: { shortest: 4, longest: 20 }, length: 1000, seed: 1 },
  'training.save': { run: 'r' },
  'training.changeRate': { run: 'r', learningRate: 0.001 },
  'training.pause': { run: 'r' },
  'training.resume': { run: 'r' },
  'training.stop': { run: 'r' },
  'training.watch': { run: 'r', probe: null, temperature: 0.5 },
  'runs.show': { run: 'r' },
  'runs.curve': { run: 'r' },
  'runs.rename': { run: 'r', name: 'new' },
  'runs.browse': {
    filter: 'cell:lstm',
    place: 'kept',
    sort: { key: 'created', descending: true },
    group: null,
    atStep: null,
  },
  'runs.columns': { filter: 'cell:lstm', place: 'kept' },
  'runs.rows': { runs: ['r'], atStep: 100 },
  'runs.siblings': { run: 'r' },
  'runs.curves': { runs: ['r'], buckets: 400, smoothing: 0.9 },
  'runs.compare': { runs: ['r', 's'] },
  'runs.change': { runs: ['r'], patch: { starred: true } },
  'runs.tag': { runs: ['r'], tag: 'good', isThere: true },
  'runs.delete': { runs: ['r'] },
  'runs.restore': { runs: ['r'] },
  'runs.disk': { run: null },
  'training.repeat': { run: 'r', seed: null, name: '' },
  'training.fork': { run: 'r', configuration: {}, name: '' },
  'training.goOn': { run: 'r', steps: 100 },
  'carry.exportRuns': { runs: ['r'], withCorpus: false },
  'carry.saveModel': { run: 'r', best: true },
  'carry.importRuns': { tokens: ['abc'] },
  'carry.lookAtModel': { token: 'abc' },
  'files.read': { token: 'abc' },
  'carry.takeModel': { token: 'abc', alphabet: { tokens: 'character', symbols: 'a가' }, probe: null, parent: null },
  'carry.handOff': { run: 'r' },
  'data.restore': { token: 'abc' },
  'data.move': { token: 'abc' },
  'data.removeOld': { place: 0 },
  'data.free': { what: 'orphans' },
  'inspect.trace': { run: 'r', text: 'a', top: 5, skipUnknown: false },
  'inspect.kept': { run: 'r' },
  'inspect.compare': { run: 'r', text: 'a', changed: 'b', top: 5, skipUnknown: false },
  'inspect.tensor': { model: 'apple-ko', name: 'decoder.weight' },
  'inspect.states': { run: 'r', text: 'a', skipUnknown: false, quantity: 'cell', from: 0, to: 1 },
  'inspect.gradients': { run: 'r', text: 'ab', skipUnknown: false, at: 1 },
  'inspect.spectrum': { model: 'apple-ko', layer: 0 },
  'inspect.answers': { run: 'r', task: 'delay', distances: [4, 20], seed: 1 },
  'inspect.sample': { run: 'r', prompt: '', length: 5, temperature: 1, seed: 1 },
  'recall.start': { set: SET, cue: CUE, settings: {} },
  'recall.follow': { recall: 'x', visit: 1 },
  'recall.stop': { recall: 'x' },
  'experiments.start': { request: EXPERIMENT, name: '' },
  'experiments.stop': { run: 'r' },
  'experiments.show': { run: 'r' },
  'recall.weights': { set: SET, settings: {}, rows: [0] },
  'recall.overlaps': { set: SET },
  'patterns.open': { id: 'letters-16' },
  'patterns.save': { id: null, title: 't', set: SET },
  'patterns.rename': { id: 'mine', title: 't' },
  'patterns.duplicate': { id: 'letters-16', title: 't' },
  'patterns.remove': { id: 'mine' },
  'patterns.restore': { id: 'mine' },
  'files.save': { kind: 'csv', name: 'table', bytes: Uint8Array.of(65) },
  'files.open': { kind: 'patterns' },
  'drafts.read': { key: 'k' },
  'drafts.write': { key: 'k', value: null },
  'events.acknowledge': { sequence: 1 },
}
const rightInput = (name: string): Record<string, unknown> => (RIGHT[name] ?? {}) as Record<string, unknown>

const STRANGERS: readonly (readonly [string, Caller])[] = [
  ['another origin', { url: 'https://example.org/' }],
  ['another host of our scheme', { url: 'app://other/index.html' }],
  ['a blank page', { url: 'about:blank' }],
  ['a subframe', { parent: { url: OWN } }],
  ['a frame that is gone', { frame: null }],
  ['a window that is gone', { isDestroyed: true }],
  ['an unknown window', { id: 3 }],
]

describe('the sender', () => {
  const pages = { has: (id: number) => id === 1, devServer: null }

  it('is the top frame of a window of the lab', () => {
    expect(isAllowedSender(callerOf(), pages)).toBe(true)
    const server = { ...pages, devServer: 'http://localhost:5173' }
    expect(isAllowedSender(callerOf({ url: 'http://localhost:5173/' }), pages)).toBe(false)
    expect(isAllowedSender(callerOf({ url: 'http://localhost:5173/' }), server)).toBe(true)
  })

  it.each(STRANGERS)('is not %s', (_what, caller) => {
    expect(isAllowedSender(callerOf(caller), pages)).toBe(false)
  })

  it.each(STRANGERS)('as %s reaches no handler of any call', async (_what, caller) => {
    const { call, drop, dropRuns, dropModel, entered } = openDoor()
    expect(await dropRuns(['/a'], caller)).toMatchObject({ ok: false, error: { code: 'E_SENDER' } })
    expect(await dropModel(['/a'], caller)).toMatchObject({ ok: false, error: { code: 'E_SENDER' } })
    for (const name of NAMES) {
      expect(await call(name, rightInput(name), caller)).toMatchObject({ ok: false, error: { code: 'E_SENDER' } })
    }
    expect(await drop(['/a'], caller)).toMatchObject({ ok: false, error: { code: 'E_SENDER' } })
    expect(entered).toEqual([])
  })
})

describe('a call that is right', () => {
  it.each(NAMES)('%s reaches its handler with its input', async (name) => {
    const { call, entered } = openDoor((_name, input) => input)
    const answer = await call(name, rightInput(name))
    expect(answer).toMatchObject({ ok: true, value: rightInput(name) })
    expect(entered).toEqual([name])
  })
})

const withOwn = (key: string, value: unknown): object => Object.defineProperty({}, key, { value, enumerable: true })
const HOSTILE: readonly (readonly [string, (right: Record<string, unknown>) => unknown])[] = [
  ['nothing', () => undefined],
  ['null', () => null],
  ['a number', () => 1],
  ['NaN', () => NaN],
  ['a text', () => '{}'],
  ['a big number', () => 10n],
  ['a list', () => []],
  ['a list with the right fields', (right) => Object.assign([], right)],
  ['a map', (right) => new Map(Object.entries(right))],
  ['a set', () => new Set()],
  ['a date', (right) => Object.assign(new Date(0), right)],
  ['bytes', () => new Uint8Array(4)],
  ['shared memory', () => new SharedArrayBuffer(4)],
  ['a child of the right input', (right) => Object.create(right)],
  ['another key', (right) => ({ ...right, surprise: 1 })],
  ['a path', (right) => ({ ...right, path: '/etc/passwd' })],
  ['a prototype of its own', (right) => Object.assign(withOwn('__proto__', { polluted: 1 }), right)],
  ['a constructor of its own', (right) => ({ ...right, constructor: { prototype: { polluted: 1 } } })],
  ['a toJSON of its own', (right) => ({ ...right, toJSON: 'x' })],
  ['a great nest', (right) => ({ ...right, deep: JSON.parse(`${'['.repeat(5000)}${']'.repeat(5000)}`) as unknown })],
]

describe.each(NAMES)('%s', (name) => {
  it.each(HOSTILE)('refuses %s', async (_what, make) => {
    const { call, entered } = openDoor()
    const answer = await call(name, make(rightInput(name)))
    expect(answer).toMatchObject({ ok: false, error: { code: 'E_INPUT' } })
    expect(entered).toEqual([])
    expect(JSON.stringify(answer)).not.toMatch(/ at |passwd|\.ts/)
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  })

  it('refuses every field that is missing or of another kind', () => {
    const right = rightInput(name)
    const wrong: unknown[] = [
      undefined,
      NaN,
      Infinity,
      -1,
      1.5,
      2 ** 53,
      'ключ/../',
      {},
      new Date(0),
      Symbol.iterator,
      () => 1,
    ]
    for (const field of Object.keys(right)) {
      const { [field]: _left, ...without } = right
      if (name !== 'settings.change') expect(failureOf(() => parseCall(name, without))).toEqual(errorOf('E_INPUT'))
      const refused = wrong.filter((value) => {
        try {
          parseCall(name, { ...right, [field]: value })
          return false
        } catch (error) {
          expect(error).toEqual(errorOf('E_INPUT'))
          return true
        }
      })
      expect(refused.length).toBeGreaterThanOrEqual(wrong.length - 3)
    }
  })
})

describe('what stands inside an input', () => {
  it.each([
    ['configuration', new Map()],
    ['configuration', []],
    ['configuration', new Date(0)],
    ['configuration', Object.create({ hidden: 3 })],
    ['configuration', withOwn('__proto__', {})],
    ['configuration', { hidden: '128' }],
    ['configuration', { learningRate: NaN }],
    ['configuration', { seed: -1 }],
    ['corpora', []],
    ['corpora', ['../../x']],
    ['corpora', Array.from({ length: 65 }, () => 'a')],
    ['corpora', [new String('abc')]],
    ['probe', 'x'.repeat(401)],
    ['probe', '\ud800'],
    ['name', 'x'.repeat(10_000_000)],
  ])('as the %s of a run is refused (%#)', (field, value) => {
    expect(failureOf(() => parseCall('training.start', { ...rightInput('training.start'), [field]: value }))).toEqual(
      errorOf('E_INPUT'),
    )
  })

  it.each([
    ['cue', []],
    ['cue', [1, -1]],
    ['cue', new Uint8Array(2)],
    ['cue', new Int8Array(0)],
    ['cue', new Int8Array(65_537)],
    ['settings', []],
    ['settings', { beta: 0 }],
    ['settings', { maxSweeps: 1e9 }],
    ['set', { ...SET, patterns: [{ name: 'a', rows: ['#x'] }] }],
    ['set', { ...SET, patterns: [{ name: 'a', rows: ['#.', '#'] }] }],
    ['set', { ...SET, patterns: { length: 1, 0: SET.patterns[0] } }],
    ['set', { ...SET, width: 0 }],
  ])('as the %s of a recall is refused (%#)', (field, value) => {
    expect(failureOf(() => parseCall('recall.start', { ...rightInput('recall.start'), [field]: value }))).toEqual(
      errorOf('E_INPUT'),
    )
  })

  it.each([
    ['rows', []],
    ['rows', [-1]],
    ['rows', [0.5]],
    ['rows', [65_536]],
    ['rows', Array.from({ length: 17 }, (_, i) => i)],
    ['rows', Uint32Array.of(0)],
    ['settings', { rule: 'anything' }],
    ['set', { ...SET, patterns: null }],
  ])('as the %s of weights is refused (%#)', (field, value) => {
    expect(failureOf(() => parseCall('recall.weights', { ...rightInput('recall.weights'), [field]: value }))).toEqual(
      errorOf('E_INPUT'),
    )
  })

  it.each([
    ['patterns.save', { set: { ...SET, width: 3 } }],
    ['patterns.save', { set: { ...SET, patterns: [...SET.patterns, ...SET.patterns] } }],
    ['patterns.save', { set: { ...SET, patterns: [{ name: 'a', rows: ['#.', '..'] }] } }],
    ['patterns.save', { set: { ...SET, patterns: [{ name: 'x'.repeat(201), rows: ['#.'] }] } }],
    ['patterns.rename', { title: '' }],
    ['patterns.rename', { title: 'x'.repeat(201) }],
    ['patterns.rename', { title: '\ud800' }],
    ['patterns.duplicate', { title: '' }],
    ['patterns.remove', { id: '../x' }],
    ['patterns.restore', { id: '' }],
  ])('%s with %j is refused', (name, change) => {
    expect(failureOf(() => parseCall(name, { ...rightInput(name), ...change }))).toEqual(errorOf('E_INPUT'))
  })

  it.each([
    [{ step: -1 }],
    [{ step: 1.5 }],
    [{ step: '7' }],
    [{ step: 2 ** 53 }],
    [{ step: null, model: 'apple-ko' }],
    [{ model: 'apple-ko' }],
    [{ run: undefined, model: '../x' }],
    [{ changed: '' }],
    [{ changed: '\ud800' }],
  ])('a comparison with %j is refused', (change) => {
    const input = JSON.parse(JSON.stringify({ ...rightInput('inspect.compare'), ...change })) as unknown
    expect(failureOf(() => parseCall('inspect.compare', input))).toEqual(errorOf('E_INPUT'))
  })

  it('is a run’s model of a step, or a bundled one', () => {
    const reading = { text: 'a', top: 5, skipUnknown: false }
    expect(parseCall('inspect.trace', { run: 'r', step: 7, ...reading }).parsed).toEqual({
      run: 'r',
      step: 7,
      ...reading,
    })
    expect(parseCall('inspect.trace', { run: 'r', ...reading }).parsed).toEqual({ run: 'r', step: null, ...reading })
    expect(parseCall('inspect.trace', { model: 'apple-ko', ...reading }).parsed).toEqual({
      model: 'apple-ko',
      ...reading,
    })
    expect(failureOf(() => parseCall('inspect.trace', { model: 'a', step: 7, ...reading }))).toEqual(errorOf('E_INPUT'))
  })

  it('never ends otherwise than in an answer', () => {
    const anything = fc.anything({
      withDate: true,
      withMap: true,
      withSet: true,
      withTypedArray: true,
      withNullPrototype: true,
    })
    fc.assert(
      fc.property(fc.constantFrom(...NAMES), anything, anything, (name, input, field) => {
        const right = rightInput(name)
        const [key = 'x'] = Object.keys(right)
        for (const given of [input, { ...right, [key]: field }]) {
          try {
            parseCall(name, given)
          } catch (error) {
            expect(error).toEqual(errorOf('E_INPUT'))
          }
        }
      }),
      { numRuns: 3000, seed: 20268 },
    )
  })
})
