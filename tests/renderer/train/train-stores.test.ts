/** The stores of the Train room against a lab that answers what a test says. */
import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, describe, expect, it } from 'vitest'
import { useBridge } from '../../../src/renderer/bridge/lab'
import { usePrepareStore } from '../../../src/renderer/rooms/train/prepare.store'
import { useWatchStore } from '../../../src/renderer/rooms/train/watch.store'
import { DEFAULT_CONFIGURATION, LabError, withRateChange } from '../../../src/shared'
import type { Baseline, ChosenCorpus, RunConfiguration, RunCurve, RunDetail, RunRow } from '../../../src/shared'
import { createFakeLab } from '../support/fake-lab'
import type { Answers, FakeLab } from '../support/fake-lab'

const MACHINE = { cores: 2, freeBytes: 2e9, diskFreeBytes: 100e9, pace: 1, earlier: [] }
const text = (token: string, tokens = 50_000) =>
  ({
    token,
    name: `${token}.txt`,
    sizeBytes: tokens,
    tokens,
    characters: tokens,
    vocabularySize: 40,
    probe: 'a probe',
    encoding: 'utf-8',
  }) as ChosenCorpus
const EMPTY = new Float64Array(0)
const CURVE: RunCurve = {
  step: EMPTY,
  trainLoss: EMPTY,
  minTrainLoss: EMPTY,
  maxTrainLoss: EMPTY,
  validationLoss: EMPTY,
  gradientNorm: EMPTY,
  learningRate: EMPTY,
  charactersPerSecond: EMPTY,
}
const BASELINE: Baseline = { vocabularySize: 40, uniform: 3.7, orders: [{ context: 0, loss: 3 }] }

function useLab(answers: Answers): FakeLab {
  const fake = createFakeLab(answers)
  useBridge(fake.bridge)
  return fake
}
const inputs = (fake: FakeLab, name: string) =>
  fake.calls.filter((call) => call.name === name).map(({ input }) => input)

beforeEach(() => setActivePinia(createPinia()))

describe('a run before it begins', () => {
  const answers: Answers = {
    corpora: {
      choose: async () => [text('a'), text('b')],
      openSample: async ({ id }) => text(id),
      generate: async ({ task }) => text(task, 1000),
      inspect: async ({ token, tokens }) => ({ ...text(token), tokens: tokens === 'jamo' ? 90_000 : 50_000 }),
    },
    training: { machine: async () => MACHINE, start: async () => ({ run: 'r' }) as RunRow },
  }

  it('takes several texts, in an order a person gives them', async () => {
    const fake = useLab(answers)
    const prepare = usePrepareStore()
    await prepare.choose()
    await prepare.openSample('c')
    await prepare.generate({ task: 'copy', distances: { shortest: 3, longest: 3 }, length: 1000, seed: 1 })
    prepare.moveUp('copy')
    prepare.moveUp('a')
    prepare.remove('b')
    expect(prepare.corpora.map(({ token }) => token)).toEqual(['a', 'copy', 'c'])
    expect(prepare.tokens).toBe(50_000 + 1000 + 50_000 + 2)
    await prepare.start('')
    expect(inputs(fake, 'training.start')).toMatchObject([{ corpora: ['a', 'copy', 'c'], probe: 'a probe', tags: [] }])
  })

  it('is set so that a made task is learnt, as long as its text stays, and keeps what a person changed', async () => {
    useLab(answers)
    const prepare = usePrepareStore()
    const before = { ...prepare.configuration }
    const task = { task: 'delay', distances: { shortest: 4, longest: 16 }, length: 1000, seed: 1 } as const
    await prepare.generate(task)
    expect(prepare.configuration).toMatchObject({
      cell: 'gru',
      gateBias: 2,
      hidden: 64,
      steps: 4000,
      schedule: 'cosine',
    })
    prepare.remove('delay')
    expect(prepare.configuration).toEqual({
      ...before,
      batch: prepare.configuration.batch,
      epochs: expect.any(Number) as number,
    })
    await prepare.openSample('c')
    expect(prepare.configuration).toMatchObject({ cell: before.cell, hidden: before.hidden, batch: 16, steps: null })
    prepare.remove('c')

    prepare.set({ hidden: 96 })
    await prepare.generate(task)
    expect(prepare.configuration).toMatchObject({ cell: 'gru', hidden: 96 })
    prepare.set({ cell: 'lstm' })
    prepare.remove('delay')
    expect(prepare.configuration).toMatchObject({ cell: 'lstm', hidden: 96, gateBias: before.gateBias, steps: null })
  })

  it('is set as suggested for its text, but for what a person has set', async () => {
    useLab({ ...answers, corpora: { ...answers.corpora, openSample: async ({ id }) => text(id, 300_000) } })
    const prepare = usePrepareStore()
    prepare.set({ hidden: 64 })
    await prepare.openSample('long')
    expect(prepare.configuration).toMatchObject({ cell: 'gru', hidden: 64, learningRate: 0.006, schedule: 'cosine' })
    prepare.remove('long')
    expect(prepare.configuration).toMatchObject({
      cell: 'vanilla',
      hidden: 64,
      learningRate: 0.002,
      schedule: 'constant',
    })
  })

  it('is read again when its tokens are others', async () => {
    const fake = useLab(answers)
    const prepare = usePrepareStore()
    await prepare.choose()
    prepare.set({ tokens: 'jamo' })
    await expect.poll(() => prepare.tokens).toBe(180_001)
    expect(inputs(fake, 'corpora.inspect')).toMatchObject([{ tokens: 'jamo' }, { tokens: 'jamo' }])
  })

  it('knows what it comes to as one types, and is refused where the machine cannot', async () => {
    useLab(answers)
    const prepare = usePrepareStore()
    await prepare.choose()
    expect(prepare.outlook).toBeNull()
    expect(prepare.canStart).toBe(true)
    await prepare.meetMachine()
    const before = prepare.outlook?.seconds ?? 0
    prepare.set({ hidden: 256 })
    expect(prepare.outlook?.seconds).toBeGreaterThan(before)
    prepare.set({ hidden: 4096, layers: 4, cell: 'lstm' })
    expect(prepare.outlook).toMatchObject({ isTooLarge: true, memory: { field: 'hidden' } })
    expect(prepare.canStart).toBe(false)
    prepare.set({ hidden: 16, layers: 1 })
    expect(prepare.canStart).toBe(true)
    prepare.setInvalid('hidden', true)
    expect(prepare.canStart).toBe(false)
  })

  it('tells what it writes at most, warns of a disk that may be too small, and refuses one that is', async () => {
    const machineWith = (diskFreeBytes: number) => ({
      ...answers,
      training: { ...answers.training, machine: async () => ({ ...MACHINE, diskFreeBytes }) },
    })
    useLab(machineWith(100e9))
    const prepare = usePrepareStore()
    await prepare.choose()
    expect(prepare.disk).toBeNull()
    await prepare.meetMachine()
    const { least = 0, most = 0 } = prepare.disk ?? {}
    expect(prepare.disk).toMatchObject({ isTight: false, isImpossible: false })
    useLab(machineWith((least + most) / 2))
    await prepare.meetMachine()
    expect(prepare.disk).toMatchObject({ isTight: true, isImpossible: false })
    expect(prepare.canStart).toBe(true)
    useLab(machineWith(least - 1))
    await prepare.meetMachine()
    expect(prepare.disk).toMatchObject({ isTight: true, isImpossible: true })
    expect(prepare.canStart).toBe(false)
  })

  it('has a preset until a person changes something', async () => {
    useLab(answers)
    const prepare = usePrepareStore()
    await prepare.choose()
    await prepare.meetMachine()
    prepare.usePreset('coffee')
    expect([prepare.preset, prepare.configuration.schedule]).toEqual(['coffee', 'cosine'])
    prepare.set({ hidden: 33 })
    expect([prepare.preset, prepare.configuration.hidden, prepare.configuration.schedule]).toEqual([null, 33, 'cosine'])
  })

  it('tells what was suggested for a text from what a person changed, and takes it back with the text', async () => {
    const first = 30
    const short = { ...answers, corpora: { ...answers.corpora, openSample: async () => text('short', 10_000) } }
    useLab(short)
    const prepare = usePrepareStore()
    const changed = () => (Object.keys(prepare.configuration) as (keyof RunConfiguration)[]).filter(prepare.isChanged)
    // Before any choice nothing is changed, whatever the lab begins with.
    expect(changed()).toEqual([])
    await prepare.openSample('short')
    const { epochs, patience } = prepare.configuration
    expect(epochs).toBeGreaterThan(100)
    // A text that is read so often is learnt by heart: the run is to end by itself.
    expect(patience).toBe(10)
    expect([prepare.source, prepare.base.epochs, changed()]).toEqual(['text', epochs, []])
    prepare.set({ hidden: 64 })
    expect(changed()).toEqual(['hidden'])
    prepare.remove('short')
    expect(prepare.configuration).toMatchObject({ epochs: first, patience: 0, hidden: 64 })
    expect([prepare.source, changed()]).toEqual(['first', ['hidden']])
  })

  it('suggests no patience for a long text, nor for one made for a memory task', async () => {
    const texts = { openSample: async () => text('long', 1_000_000), generate: async () => text('task', 10_000) }
    useLab({ ...answers, corpora: { ...answers.corpora, ...texts } })
    const prepare = usePrepareStore()
    await prepare.openSample('long')
    expect(prepare.configuration.patience).toBe(0)
    prepare.remove('long')
    await prepare.generate({ task: 'delay', distances: { shortest: 10, longest: 10 }, length: 1000, seed: 1 })
    expect(prepare.configuration.patience).toBe(0)
    expect(DEFAULT_CONFIGURATION.patience).toBe(0)
  })

  it('keeps the setting of a preset when another text is added, and of a run whose text is replaced', async () => {
    useLab(answers)
    const prepare = usePrepareStore()
    await prepare.choose()
    await prepare.meetMachine()
    prepare.usePreset('coffee')
    prepare.set({ hidden: 33 })
    await prepare.openSample('c')
    expect(prepare.configuration).toMatchObject({ schedule: 'cosine', hidden: 33 })
    const made = { ...DEFAULT_CONFIGURATION, cell: 'lstm' as const, epochs: 77 }
    prepare.change({ run: 'r', corpora: [text('kept')], configuration: made } as unknown as RunDetail)
    expect([prepare.source, prepare.isChanged('epochs')]).toEqual(['run', false])
    await prepare.openSample('d')
    expect(prepare.configuration).toMatchObject({ cell: 'lstm', epochs: 77 })
  })

  it('starts without what means nothing for its cell', async () => {
    const fake = useLab(answers)
    const prepare = usePrepareStore()
    await prepare.choose()
    prepare.set({ cell: 'lstm', gateBias: 2, initialisation: 'orthogonal' })
    prepare.set({ cell: 'window' })
    await prepare.start('')
    const [{ configuration }] = inputs(fake, 'training.start') as { configuration: RunConfiguration }[]
    expect(configuration).toMatchObject({ cell: 'window', gateBias: 0, initialisation: 'default' })
    expect(prepare.configuration).toMatchObject({ gateBias: 2, initialisation: 'orthogonal' })
  })
})

describe('a run that is watched', () => {
  let configuration: RunConfiguration
  const detail = (tokens = 1000) =>
    ({ run: 'r', configuration, corpora: [text('a', tokens)], probe: null, modelStep: null }) as unknown as RunDetail
  const answersOf = (more: Answers = {}, tokens?: number): Answers => ({
    runs: { show: async () => detail(tokens), curve: async () => CURVE },
    corpora: { baseline: async () => BASELINE },
    ...more,
  })
  beforeEach(() => (configuration = { ...DEFAULT_CONFIGURATION }))

  it('is held against counting on its own text', async () => {
    useLab(answersOf())
    const watched = useWatchStore()
    await watched.watch('r')
    await expect.poll(() => watched.baseline).toEqual(BASELINE)
  })

  it('of a long text is counted when a person asks', async () => {
    const baseline = async ({ onlyKnown }: { onlyKnown: boolean }) => (onlyKnown ? null : BASELINE)
    useLab(answersOf({ corpora: { baseline } }, 50_000_000))
    const watched = useWatchStore()
    await watched.watch('r')
    await expect.poll(() => watched.countingWaits).toBe(true)
    expect(watched.baseline).toBeNull()
    await watched.count()
    expect([watched.countingWaits, watched.baseline]).toEqual([false, BASELINE])
  })

  it('of a long text that was counted before has its floors at once', async () => {
    const fake = useLab(answersOf({}, 50_000_000))
    const watched = useWatchStore()
    await watched.watch('r')
    await expect.poll(() => watched.baseline).toEqual(BASELINE)
    expect(watched.countingWaits).toBe(false)
    expect(inputs(fake, 'corpora.baseline')).toEqual([{ run: 'r', onlyKnown: true }])
  })

  it('whose text is gone has no floors, and no complaint', async () => {
    const gone = async (): Promise<Baseline> => {
      throw new LabError('E_CORPUS_GONE', { run: 'r', name: 'a.txt' })
    }
    useLab(answersOf({ corpora: { baseline: gone } }))
    const watched = useWatchStore()
    await watched.watch('r')
    await watched.count()
    expect(watched.baseline).toBeNull()
  })

  it('shows a learning rate that was changed', async () => {
    const changeRate = async ({ learningRate }: { learningRate: number }) => {
      configuration = withRateChange(configuration, { after: 12, learningRate })
      return null
    }
    const fake = useLab(answersOf({ training: { changeRate } }))
    const watched = useWatchStore()
    await watched.watch('r')
    await watched.changeRate(0.0003)
    expect(inputs(fake, 'training.changeRate')).toEqual([{ run: 'r', learningRate: 0.0003 }])
    expect(watched.detail?.configuration?.rateChanges).toEqual([{ after: 12, learningRate: 0.0003 }])
  })
})
