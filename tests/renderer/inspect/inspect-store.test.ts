/** The room's store: what it asks, when, and which answers it takes. */
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type {} from '../../../src/renderer/env'
import { useBridge } from '../../../src/renderer/bridge/lab'
import { useInspectStore } from '../../../src/renderer/rooms/inspect/inspect.store'
import { useNoticesStore } from '../../../src/renderer/stores/notices.store'
import { LabError } from '../../../src/shared'
import type { RunDetail, Trace } from '../../../src/shared'
import { createFakeLab } from '../support/fake-lab'
import type { Answers } from '../support/fake-lab'
import { createTrace } from './fixture'

const detail = (run: string) => ({ run, probe: `probe of ${run}`, sample: null, configuration: null }) as RunDetail
const tokensOf = (text: string): Trace => {
  const tokens = [...text]
  return createTrace({
    tokens,
    probability: new Float32Array(tokens.length).fill(0.5),
    hidden: new Float32Array(2 * tokens.length),
  })
}

function open(answers: Partial<NonNullable<Answers['inspect']>> = {}) {
  const lab = createFakeLab({
    runs: { show: async ({ run }) => detail(run) },
    inspect: { trace: async ({ text }) => tokensOf(text), kept: async () => [], ...answers },
  })
  useBridge(lab.bridge)
  return { lab, store: useInspectStore(), asked: () => lab.calls.filter(({ name }) => name === 'inspect.trace') }
}

beforeEach(() => {
  vi.useFakeTimers()
  setActivePinia(createPinia())
})
afterEach(() => {
  vi.useRealTimers()
  useBridge(null)
})

describe('the inspect store', () => {
  it('reads a chosen run’s own text, and another’s when nobody changed it', async () => {
    const { store } = open()
    await store.choose('one')
    expect(store.trace?.tokens.join('')).toBe('probe of one')
    await store.choose('two')
    expect(store.text).toBe('probe of two')
  })

  it('counts bits by the tokens the model reads, also where its setting isn’t known', async () => {
    const jamo = ['ᄂ', 'ᅡ', 'ᆯ']
    const read = createTrace({
      tokens: jamo,
      probability: Float32Array.of(0.5, 0.25, NaN),
      hidden: new Float32Array(6),
    })
    const { store } = open({ trace: async () => ({ ...read, model: { ...read.model, tokens: 'jamo' } }) })
    await store.choose('one')
    // Two tokens are predicted, and together with the first they are one character.
    expect(store.tokenKind).toBe('jamo')
    expect(store.loss?.bitsPerCharacter).toBeCloseTo((2 * (read.loss ?? NaN)) / Math.LN2, 12)
  })

  it('keeps a text that was typed when another run is chosen', async () => {
    const { store, asked } = open()
    await store.choose('one')
    store.type('mine')
    await store.choose('two')
    expect(store.text).toBe('mine')
    expect(asked().at(-1)?.input).toMatchObject({ run: 'two', text: 'mine', top: 5 })
  })

  it('waits for the typing to pause, then stands at the end of the text', async () => {
    const { store, asked } = open()
    await store.choose('one')
    store.type('ab')
    await vi.advanceTimersByTimeAsync(200)
    store.type('abc')
    await vi.advanceTimersByTimeAsync(200)
    expect(asked()).toHaveLength(1)
    await vi.advanceTimersByTimeAsync(50)
    expect(asked()).toHaveLength(2)
    expect([store.trace?.tokens.length, store.step]).toEqual([3, 2])
  })

  it('drops an answer that was overtaken', async () => {
    const waiting: (() => void)[] = []
    const { store } = open({
      trace: ({ text }) => new Promise((resolve) => waiting.push(() => resolve(tokensOf(text)))),
    })
    void store.choose('one')
    await vi.advanceTimersByTimeAsync(0)
    store.type('newer')
    await vi.advanceTimersByTimeAsync(250)
    waiting[1]()
    waiting[0]()
    await vi.advanceTimersByTimeAsync(0)
    expect(store.trace?.tokens.join('')).toBe('newer')
  })

  it('says beside the text what the model does not know, and leaves it out when asked to', async () => {
    const { store } = open({
      trace: async ({ text, skipUnknown }) => {
        if (text.includes('☃') && !skipUnknown) throw new LabError('E_SYMBOLS_UNKNOWN', { symbols: '"☃"' })
        return tokensOf(text.replace('☃', ''))
      },
      sample: async ({ prompt }) => ({ prompt, text: 'more' }),
    })
    await store.choose('one')
    store.type('a☃b')
    await vi.advanceTimersByTimeAsync(250)
    expect(store.refusal?.code).toBe('E_SYMBOLS_UNKNOWN')
    expect(useNoticesStore().notices).toEqual([])
    await store.leaveOut(true)
    expect([store.refusal, store.trace?.tokens.join('')]).toEqual([null, 'ab'])
    await store.write()
    expect(store.written).toEqual({ prompt: 'ab', text: 'more' })
  })

  it('does not keep another run’s picture in sight when the text is refused', async () => {
    const { store } = open({
      trace: async ({ text, ...of }) => {
        if ('run' in of && of.run === 'two') throw new LabError('E_SYMBOLS_UNKNOWN', { symbols: '"a"' })
        return tokensOf(text)
      },
    })
    await store.choose('one')
    await store.choose('two')
    expect([store.trace, store.refusal?.code]).toEqual([null, 'E_SYMBOLS_UNKNOWN'])
  })

  it('shows any other failure as a notice', async () => {
    const { store } = open({
      trace: async () => {
        throw new LabError('E_RUN_NO_MODEL', { run: 'one' })
      },
    })
    await store.choose('one')
    expect(useNoticesStore().notices).toHaveLength(1)
    expect(store.refusal).toBeNull()
  })

  it('has nothing to show for an empty text', async () => {
    const { store } = open()
    await store.choose('one')
    store.type('')
    await vi.advanceTimersByTimeAsync(250)
    expect(store.trace).toBeNull()
  })
})
