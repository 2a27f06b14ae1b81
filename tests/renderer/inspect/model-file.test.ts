/** A model's file on its way into the room: what is asked, what is told when it can't be, and what is shown afterwards. */
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type {} from '../../../src/renderer/env'
import { useBridge } from '../../../src/renderer/bridge/lab'
import { i18n } from '../../../src/renderer/i18n'
import { useInspectStore } from '../../../src/renderer/rooms/inspect/inspect.store'
import { readAlphabet } from '../../../src/renderer/rooms/inspect/model-file/alphabet'
import { useModelFileStore } from '../../../src/renderer/rooms/inspect/model-file/model-file.store'
import { useAppStore } from '../../../src/renderer/stores/app.store'
import { errorSentence, useNoticesStore } from '../../../src/renderer/stores/notices.store'
import { useRunsStore } from '../../../src/renderer/stores/runs.store'
import { LabError, MODEL_FAULTS } from '../../../src/shared'
import type { ChosenModel, ModelFault, RunDetail, RunRow, Settings } from '../../../src/shared'
import { createFakeLab } from '../support/fake-lab'
import type { Answers } from '../support/fake-lab'
import { stubMatchMedia } from '../support/match-media'
import { createTrace } from './fixture'

const CHOSEN: ChosenModel = {
  token: 't1',
  name: 'mine.safetensors',
  cell: 'lstm',
  layers: 1,
  hidden: 2,
  vocabularySize: 3,
  hasAlphabet: false,
}
const ROW = { run: 'new', name: 'mine.safetensors', createdAt: 1, modelStep: 0 } as RunRow

function open(chosen: () => ChosenModel | null, answers: Answers['carry'] = {}, probe: string | null = null) {
  const lab = createFakeLab({
    settings: { change: async (patch) => patch as Settings },
    carry: { chooseModel: async () => chosen(), takeModel: async () => ROW, ...answers },
    runs: { show: async () => ({ run: 'new', probe, sample: null, configuration: null }) as RunDetail },
    inspect: {
      kept: async () => [],
      sample: async () => ({ prompt: '\n', text: 'aba' }),
      trace: async ({ text }) => {
        const tokens = [...text]
        return createTrace({
          tokens,
          probability: new Float32Array(tokens.length).fill(0.5),
          hidden: new Float32Array(2 * tokens.length),
        })
      },
    },
  })
  useBridge(lab.bridge)
  return { lab, file: useModelFileStore(), inspect: useInspectStore(), told: () => useNoticesStore().notices }
}

const inputsOf = (lab: ReturnType<typeof createFakeLab>, name: string) =>
  lab.calls.filter((call) => call.name === name).map(({ input }) => input)

beforeEach(() => {
  vi.useFakeTimers()
  stubMatchMedia()
  vi.stubGlobal('document', { documentElement: { dataset: {} } })
  setActivePinia(createPinia())
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
  useBridge(null)
  i18n.global.locale.value = 'en'
})

describe('a model’s file', () => {
  it('that says what it reads is taken in, shown, and reads what it writes itself', async () => {
    const { lab, file, inspect, told } = open(() => ({ ...CHOSEN, hasAlphabet: true }))
    await file.choose()
    expect(inputsOf(lab, 'carry.takeModel')).toEqual([{ token: 't1', alphabet: null, probe: null, parent: null }])
    expect(file.asked).toBeNull()
    expect(useRunsStore().rows.get('new')).toEqual(ROW)
    expect([inspect.run, inspect.text, inspect.trace?.tokens.join('')]).toEqual(['new', '\naba', '\naba'])
    expect(inputsOf(lab, 'settings.change')).toEqual([{ run: 'new' }])
    expect(told().map(({ kind }) => kind)).toEqual(['done'])
  })

  it('of tensors alone is asked about, and taken in with the answer', async () => {
    const { lab, file, inspect } = open(() => CHOSEN, {}, 'abc')
    await file.drop([new File([], 'mine.safetensors')])
    expect(file.asked).toEqual(CHOSEN)
    expect(inputsOf(lab, 'carry.takeModel')).toEqual([])
    await file.answer({ tokens: 'jamo', symbols: 'abc', probe: 'abc' })
    expect(inputsOf(lab, 'carry.takeModel')).toEqual([
      { token: 't1', alphabet: { tokens: 'jamo', symbols: 'abc' }, probe: 'abc', parent: null },
    ])
    expect([file.asked, inspect.run, inspect.text]).toEqual([null, 'new', 'abc'])
  })

  it('whose alphabet is refused stays asked about', async () => {
    const takeModel = async (): Promise<never> => {
      throw new LabError('E_ALPHABET_SIZE', { file: 'mine.safetensors', given: 2, symbols: 3 })
    }
    const { file, told } = open(() => CHOSEN, { takeModel })
    await file.choose()
    await file.answer({ tokens: 'character', symbols: 'ab', probe: null })
    expect(file.asked).toEqual(CHOSEN)
    expect(told().map(({ text }) => text)).toEqual([
      'mine.safetensors: the alphabet has 2 symbols, and the model needs 3.',
    ])
    expect(file.busy).toBe(false)
  })

  it('that is none is told, and nothing is asked or shown', async () => {
    const { lab, file, inspect, told } = open(() => {
      throw new LabError('E_MODEL', { file: 'x', reason: 'its header is cut off', fault: 'headerCut' })
    })
    await file.choose()
    expect(told().map(({ text }) => text)).toEqual(['x: this is not a model the lab can read (its header is cut off).'])
    expect([file.asked, inspect.run, useAppStore().settings.run]).toEqual([null, null, null])
    expect(inputsOf(lab, 'carry.takeModel')).toEqual([])
  })

  it('is one at a time; a dialog that was left asks nothing', async () => {
    const { lab, file, told } = open(() => null)
    await file.drop([new File([], 'a'), new File([], 'b')])
    expect(told().map(({ text }) => text)).toEqual(['Drop one model file at a time.'])
    expect(lab.calls).toEqual([])
    await file.choose()
    expect([file.asked, file.busy]).toEqual([null, false])
  })
})

describe('an alphabet', () => {
  it('is its code points in their order', () => {
    expect(readAlphabet('나\n👩a')).toEqual({ symbols: ['나', '\n', '👩', 'a'], twice: null })
    expect(readAlphabet('aba').twice).toBe('a')
    expect(readAlphabet('')).toEqual({ symbols: [], twice: null })
  })
})

describe('what is wrong with a file', () => {
  const details = { file: 'f', tensor: 'decoder.bias', found: '2', expected: '3', field: 'cell' }
  it.each(Object.keys(MODEL_FAULTS) as ModelFault[])('%s is one sentence in either language', (fault) => {
    const error = new LabError('E_MODEL', { ...details, fault, reason: 'REASON' })
    for (const locale of ['en', 'ko'] as const) {
      i18n.global.locale.value = locale
      const sentence = errorSentence(error)
      expect(sentence).not.toMatch(/REASON|\{|modelFaults/)
      expect(/[가-힣]/.test(sentence)).toBe(locale === 'ko')
    }
  })
})
