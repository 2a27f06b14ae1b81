/** The stores of the expectation's view: what they ask, and which answers they take. */
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type {} from '../../../src/renderer/env'
import { useBridge } from '../../../src/renderer/bridge/lab'
import { useOtherSideStore } from '../../../src/renderer/rooms/inspect/expectation/other-side.store'
import { useWhatIfStore } from '../../../src/renderer/rooms/inspect/expectation/what-if.store'
import { useInspectStore } from '../../../src/renderer/rooms/inspect/inspect.store'
import { useRunsStore } from '../../../src/renderer/stores/runs.store'
import { LabError } from '../../../src/shared'
import type { BundledModel, RunDetail, RunRow, TextComparison, Trace } from '../../../src/shared'
import { createFakeLab } from '../support/fake-lab'
import type { Answers } from '../support/fake-lab'
import { createTrace } from './fixture'

const read = (text: string): Trace => {
  const tokens = [...text]
  return createTrace({ tokens, probability: new Float32Array(tokens.length).fill(0.5) })
}
const compared = (text: string, changed: string): TextComparison => ({
  original: read(text),
  changed: read(changed),
  difference: Float64Array.from(text, (symbol, t) => (symbol === changed[t] ? 0 : 0.5)),
  originalStep: Int32Array.from(text, (_, t) => t),
})
const MODELS = [
  { id: 'one', language: 'ko', title: { en: 'One', ko: '하나' }, text: 'abca', sequence: 64, otherSide: 'other' },
  { id: 'other', language: 'ko', title: { en: 'Other', ko: '다른' }, text: 'acba', sequence: 64, otherSide: null },
  { id: 'english', language: 'en', title: { en: 'E', ko: '영' }, text: 'ab', sequence: 64, otherSide: 'other' },
] as unknown as readonly BundledModel[]
const detail = (run: string, reverse = false) =>
  ({
    run,
    name: run,
    probe: 'abca',
    corpora: [{ sha256: 'same' }],
    configuration: { tokens: 'character', reverse, sequence: 32 },
  }) as unknown as RunDetail

async function open(answers: Partial<NonNullable<Answers['inspect']>> = {}) {
  const fake = createFakeLab({
    runs: {
      show: async ({ run }) => detail(run, run.startsWith('back')),
      list: async () =>
        ['one', 'back', 'forth'].map((run) => ({ run, corpus: 'x', modelStep: 3, createdAt: 1 }) as RunRow),
    },
    inspect: {
      models: async () => MODELS,
      kept: async () => [{ step: 3, validationLoss: null, isBest: false }],
      trace: async ({ text }) => read(text),
      compare: async ({ text, changed }) => compared(text, changed),
      ...answers,
    },
  })
  useBridge(fake.bridge)
  const inspect = useInspectStore()
  const asked = (name: string) => fake.calls.filter((call) => call.name === name).map(({ input }) => input)
  return { inspect, whatIf: useWhatIfStore(), other: useOtherSideStore(), asked }
}

beforeEach(() => {
  vi.useFakeTimers()
  setActivePinia(createPinia())
})
afterEach(() => {
  vi.useRealTimers()
  useBridge(null)
})

describe('what if', () => {
  it('asks once the typing pauses, with the one character replaced', async () => {
    const { inspect, whatIf, asked } = await open()
    await inspect.openExample('one')
    whatIf.choose(1)
    expect(whatIf.present).toBe('b')
    whatIf.type('x')
    whatIf.type('c')
    await vi.advanceTimersByTimeAsync(200)
    expect(asked('inspect.compare')).toEqual([
      { model: 'one', text: 'abca', changed: 'acca', top: 5, skipUnknown: false },
    ])
    expect(whatIf.effect).toMatchObject({ at: 1, movedBefore: 0 })
    whatIf.type('b')
    await vi.advanceTimersByTimeAsync(200)
    expect([whatIf.comparison, asked('inspect.compare').length]).toEqual([null, 1])
  })

  it('drops an answer that came after the change was taken back', async () => {
    let answer: () => void = () => undefined
    const { inspect, whatIf } = await open({
      compare: ({ text, changed }) =>
        new Promise((resolve) => {
          answer = () => resolve(compared(text, changed))
        }),
    })
    await inspect.openExample('one')
    whatIf.choose(0)
    whatIf.type('b')
    await vi.advanceTimersByTimeAsync(200)
    whatIf.clear()
    answer()
    await vi.advanceTimersByTimeAsync(0)
    expect([whatIf.at, whatIf.comparison]).toEqual([null, null])
  })

  it('says beside the field what the model does not know', async () => {
    const { inspect, whatIf } = await open({
      compare: async () => {
        throw new LabError('E_SYMBOLS_UNKNOWN', { symbols: '"☃"' })
      },
    })
    await inspect.openExample('one')
    whatIf.choose(0)
    whatIf.type('☃')
    await vi.advanceTimersByTimeAsync(200)
    expect(whatIf.refusal?.code).toBe('E_SYMBOLS_UNKNOWN')
  })
})

describe('the other side', () => {
  it('of a bundled model reads the text from its end', async () => {
    const { inspect, other, asked } = await open()
    await inspect.openExample('one')
    await other.look('ko')
    expect([other.other?.name, other.trace?.tokens.join('')]).toEqual(['다른', 'acba'])
    expect(asked('inspect.trace').at(-1)).toMatchObject({ model: 'other', text: 'acba' })
  })

  it('of a run is one that learnt the same text from its end', async () => {
    const { inspect, other } = await open()
    await useRunsStore().load()
    await inspect.choose('one')
    await other.look('en')
    expect(other.others).toEqual([{ id: 'back', name: 'back', model: { run: 'back', step: null } }])
  })
})

describe('the room', () => {
  it('begins with the example in the page’s language, at its most surprising character', async () => {
    const { inspect, asked } = await open()
    await inspect.loadBundled()
    expect([inspect.exampleIn('ko')?.id, inspect.exampleIn('en')?.id]).toEqual(['one', 'english'])
    await inspect.openExample('one')
    expect(asked('inspect.trace').at(-1)).toMatchObject({ model: 'one', text: 'abca' })
    // All are as surprising as each other: the first of them behind the beginning, not the end.
    expect(inspect.step).toBe(1)
  })

  it('opens where an address says, and says where it is', async () => {
    const { inspect, asked } = await open()
    const place = {
      run: 'one',
      model: null,
      checkpoint: 3,
      view: 'unrolled',
      text: 'cab',
      step: 1,
      layer: 0,
      fields: {},
    } as const
    await inspect.open(place)
    expect(asked('inspect.trace').at(-1)).toMatchObject({ run: 'one', step: 3, text: 'cab' })
    expect(inspect.address).toEqual(place)
    expect(inspect.sequence).toBe(32)
  })

  it('reads with another of the run’s models', async () => {
    const { inspect, asked } = await open()
    await inspect.choose('one')
    await inspect.chooseCheckpoint(0)
    expect(asked('inspect.trace').map((input) => (input as { step: number | null }).step)).toEqual([null, 0])
    await inspect.openExample('one')
    expect(inspect.reference).toEqual({ model: 'one' })
    expect(inspect.checkpoint).toBeNull()
  })
})
