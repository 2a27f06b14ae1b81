/** A run before it begins: the texts that were chosen, and the setting. */
import { defineStore } from 'pinia'
import { computed, reactive, shallowRef } from 'vue'
import { DEFAULT_CONFIGURATION } from '../../../shared'
import type {
  ChosenCorpus,
  EncodingChoice,
  RunConfiguration,
  RunDetail,
  RunId,
  RunRow,
  SampleCorpus,
} from '../../../shared'
import { currentBridge, lab, open } from '../../bridge/lab'
import { fitTraining, suggestSetting } from './training-fit'

/** A network that learns something one can see within a minute. */
const FIRST_SETTING = { hidden: 128, batch: 16, sequence: 48, epochs: 30, validateEvery: 100 }

export const usePrepareStore = defineStore('prepare', () => {
  const corpora = shallowRef<readonly ChosenCorpus[]>([])
  const samples = shallowRef<readonly SampleCorpus[]>([])
  const encoding = shallowRef<EncodingChoice>('auto')
  const busy = shallowRef(false)
  const configuration = reactive<RunConfiguration>({ ...DEFAULT_CONFIGURATION, ...FIRST_SETTING })

  /** The run whose setting is changed and whose text is read again. */
  const parent = shallowRef<RunId | null>(null)

  const tokens = computed(() => corpora.value.reduce((sum, { tokens: count }) => sum + count, 0))
  /** Of several texts the alphabets overlap: the largest is the best guess. */
  const vocabularySize = computed(() => Math.max(2, ...corpora.value.map(({ vocabularySize: size }) => size)))
  const fit = computed(() => fitTraining(configuration, tokens.value, vocabularySize.value))

  async function whileBusy<Value>(work: () => Promise<Value>): Promise<Value> {
    busy.value = true
    try {
      return await work()
    } finally {
      busy.value = false
    }
  }

  let suggested: Pick<RunConfiguration, 'batch' | 'epochs'> = FIRST_SETTING

  function take(chosen: readonly ChosenCorpus[] | null): void {
    if (!chosen || chosen.length === 0) return
    corpora.value = chosen
    parent.value = null
    // What a person typed stays.
    if (configuration.batch !== suggested.batch || configuration.epochs !== suggested.epochs) return
    suggested = suggestSetting(tokens.value, configuration)
    Object.assign(configuration, suggested)
  }

  /** A run's own text and setting, to be changed and trained as its child. */
  function change({ run, corpora: texts, configuration: made }: RunDetail): void {
    if (made === null) return
    corpora.value = texts.map((summary, place) => ({ ...summary, token: `kept-${place}` }))
    Object.assign(configuration, made)
    parent.value = run
  }

  async function loadSamples(): Promise<void> {
    if (samples.value.length === 0) samples.value = await lab.corpora.samples({})
  }

  const choose = () => whileBusy(async () => take(await lab.corpora.choose({})))
  const openSample = (id: string) => whileBusy(async () => take([await lab.corpora.openSample({ id })]))
  const drop = (files: readonly File[]) => whileBusy(async () => take(open(await currentBridge().dropFiles(files))))

  function remove(token: string): void {
    corpora.value = corpora.value.filter((corpus) => corpus.token !== token)
    parent.value = null
  }

  /** Reads the chosen files again, in an encoding a person named. */
  function readAs(choice: EncodingChoice): Promise<void> {
    if (parent.value !== null) return Promise.resolve() // a kept text was decoded once and for all
    return whileBusy(async () => {
      const read = corpora.value.map(({ token }) =>
        lab.corpora.inspect({ token, encoding: choice, tokens: 'character' }),
      )
      corpora.value = await Promise.all(read)
      encoding.value = choice
    })
  }

  /** Starts with the batch and sequence that fit. */
  function start(name: string): Promise<RunRow> {
    const { batch, sequence } = fit.value
    const run = parent.value
    if (run !== null) {
      return whileBusy(() => lab.training.fork({ run, configuration: { ...configuration, batch, sequence }, name }))
    }
    return whileBusy(() =>
      lab.training.start({
        corpora: corpora.value.map(({ token }) => token),
        encoding: encoding.value,
        configuration: { ...configuration, batch, sequence },
        name,
        probe: corpora.value[0]?.probe ?? '',
      }),
    )
  }

  return {
    corpora,
    samples,
    encoding,
    busy,
    configuration,
    parent,
    change,
    tokens,
    vocabularySize,
    fit,
    loadSamples,
    choose,
    openSample,
    drop,
    remove,
    readAs,
    start,
  }
})
