/** A run before it begins: the texts that were chosen, the setting, and what it comes to on this machine. */
import { defineStore } from 'pinia'
import { computed, reactive, ref, shallowRef } from 'vue'
import { DEFAULT_CONFIGURATION } from '../../../shared'
import type {
  ChosenCorpus,
  EncodingChoice,
  RunConfiguration,
  RunDetail,
  RunId,
  RunRow,
  SampleCorpus,
  TaskRequest,
  TrainingMachine,
} from '../../../shared'
import { currentBridge, lab, open } from '../../bridge/lab'
import { useNoticesStore } from '../../stores/notices.store'
import { useRunsStore } from '../../stores/runs.store'
import { meaningfulSetting } from './form/fields'
import type { SettingName } from './form/fields'
import { presetSetting } from './form/presets'
import type { PresetName } from './form/presets'
import { FIRST_SETTING, suggestSetting } from './form/suggested-setting'
import { suggestPatience, useSuggestions } from './form/use-suggestions'
import { diskOutlookOf, outlookOf } from './form/training-outlook'
import { taskSetting } from './memory/memory-setting'
import { fitTraining } from './training-fit'

const FIRST: RunConfiguration = { ...DEFAULT_CONFIGURATION, ...FIRST_SETTING }
/** As many as the contract takes. */
const MOST_TEXTS = 64

export const usePrepareStore = defineStore('prepare', () => {
  const runs = useRunsStore()
  const notices = useNoticesStore()
  const corpora = shallowRef<readonly ChosenCorpus[]>([])
  const samples = shallowRef<readonly SampleCorpus[]>([])
  const encoding = shallowRef<EncodingChoice>('auto')
  const busy = shallowRef(false)
  const machine = shallowRef<TrainingMachine | null>(null)
  const preset = shallowRef<PresetName | null>(null)
  const chosenBeginning = shallowRef<RunId | null>(null)
  const configuration = reactive<RunConfiguration>({ ...FIRST })
  const suggestions = useSuggestions(configuration, FIRST)
  /** Texts that were made for a memory task. */
  const tasks = new Map<string, TaskRequest>()
  /** Fields in which something is typed that can't be read. */
  const invalid = ref(new Set<SettingName>())

  /** The run whose setting is changed and whose text is read again. */
  const parent = shallowRef<RunId | null>(null)

  /** Line ends join texts. */
  const tokens = computed(() =>
    corpora.value.reduce((sum, { tokens: count }) => sum + count, Math.max(0, corpora.value.length - 1)),
  )
  /** Of several texts the alphabets overlap: the largest is the best guess. */
  const vocabularySize = computed(() => Math.max(2, ...corpora.value.map(({ vocabularySize: size }) => size)))
  const fit = computed(() => fitTraining(configuration, tokens.value, vocabularySize.value))
  const outlook = computed(() =>
    machine.value === null ? null : outlookOf(configuration, fit.value, vocabularySize.value, machine.value),
  )
  const disk = computed(() =>
    machine.value === null ? null : diskOutlookOf(configuration, fit.value, corpora.value, machine.value),
  )
  const canStart = computed(
    () =>
      corpora.value.length > 0 &&
      !busy.value &&
      fit.value.totalSteps >= 1 &&
      invalid.value.size === 0 &&
      outlook.value?.isTooLarge !== true &&
      disk.value?.isImpossible !== true,
  )
  /** Runs whose network might be the same: the lab looks closely. */
  const beginnings = computed(() =>
    runs.list.filter(
      ({ kind, modelStep, cell, hidden, layers }) =>
        kind === 'training' &&
        modelStep !== null &&
        cell === configuration.cell &&
        hidden === configuration.hidden &&
        layers === configuration.layers,
    ),
  )
  const beginWith = computed(() => beginnings.value.find(({ run }) => run === chosenBeginning.value)?.run ?? null)

  async function whileBusy<Value>(work: () => Promise<Value>): Promise<Value> {
    busy.value = true
    try {
      return await work()
    } finally {
      busy.value = false
    }
  }

  /** A person's change: what was preset isn't any more. */
  function set(patch: Partial<RunConfiguration>): void {
    preset.value = null
    Object.assign(configuration, patch)
    if (patch.tokens !== undefined && corpora.value.length > 0) void notices.attempt(() => readAs(encoding.value))
  }

  function setInvalid(name: SettingName, isInvalid: boolean): void {
    if (isInvalid) invalid.value.add(name)
    else invalid.value.delete(name)
  }

  /** What it is made of changes with the text and the machine. */
  function usePreset(name: PresetName): void {
    if (machine.value === null) return
    const text = { tokens: tokens.value, vocabularySize: vocabularySize.value }
    suggestions.impose(presetSetting(name, { ...configuration }, text, machine.value), 'preset')
    preset.value = name
    invalid.value.clear()
  }

  async function meetMachine(): Promise<void> {
    machine.value = await lab.training.machine({})
  }

  let hasArrived = false
  /** Whether a text was brought in that the room has not shown yet; answered once. */
  function takeArrival(): boolean {
    const taken = hasArrived
    hasArrived = false
    return taken
  }

  async function take(chosen: readonly ChosenCorpus[] | null): Promise<void> {
    if (!chosen || chosen.length === 0) return
    hasArrived = true
    const earlier = parent.value === null ? corpora.value : []
    parent.value = null
    corpora.value = [...earlier, ...chosen].slice(0, MOST_TEXTS)
    if (configuration.tokens !== 'character' || encoding.value !== 'auto') await readAll(encoding.value)
    followTexts()
  }

  /** Suggestions come and go with their texts; a person's changes, and the setting of a preset or of a run, stay. */
  function followTexts(): void {
    if (corpora.value.length === 0) {
      preset.value = null
      suggestions.suggest(FIRST, 'first')
    } else if (preset.value !== null) usePreset(preset.value)
    else if (suggestions.source.value === 'first' || suggestions.source.value === 'text') suggestForTexts()
  }

  function suggestForTexts(): void {
    const made = corpora.value.map(({ token }) => tasks.get(token))
    const [task] = made
    if (task !== undefined && made.length === 1) {
      suggestions.suggest(taskSetting(task, FIRST.seed), 'text')
      return
    }
    const forText = suggestSetting({
      tokens: tokens.value,
      vocabularySize: vocabularySize.value,
      validation: configuration.validation,
    })
    const isTask = made.every((one) => one !== undefined)
    suggestions.suggest({ ...FIRST, patience: suggestPatience(forText.epochs, isTask), ...forText }, 'text')
  }

  /** A run's own text and setting, to be changed and trained as its child. */
  function change({ run, corpora: texts, configuration: made }: RunDetail): void {
    if (made === null) return
    corpora.value = texts.map((summary, place) => ({ ...summary, token: `kept-${place}` }))
    // What was changed while that one trained isn't a part of the setting. Without dropout, where it acts was not chosen.
    const dropoutBeforeDecoder =
      made.dropout > 0 ? made.dropoutBeforeDecoder : DEFAULT_CONFIGURATION.dropoutBeforeDecoder
    suggestions.impose({ ...made, rateChanges: undefined, dropoutBeforeDecoder }, 'run')
    preset.value = null
    invalid.value.clear()
    parent.value = run
  }

  async function loadSamples(): Promise<void> {
    if (samples.value.length === 0) samples.value = await lab.corpora.samples({})
  }

  const choose = () => whileBusy(async () => take(await lab.corpora.choose({})))
  /** Texts that were chosen among other files. */
  const takeChosen = (tokens: readonly string[]) =>
    whileBusy(async () =>
      take(
        await Promise.all(tokens.map((token) => lab.corpora.inspect({ token, encoding: 'auto', tokens: 'character' }))),
      ),
    )
  const openSample = (id: string) => whileBusy(async () => take([await lab.corpora.openSample({ id })]))
  const generate = (task: TaskRequest) =>
    whileBusy(async () => {
      const made = await lab.corpora.generate(task)
      tasks.set(made.token, task)
      await take([made])
    })
  const drop = (files: readonly File[]) => whileBusy(async () => take(open(await currentBridge().dropFiles(files))))

  /** The texts of another run go together: without it they have no names. */
  function remove(token: string): void {
    corpora.value = parent.value === null ? corpora.value.filter((corpus) => corpus.token !== token) : []
    parent.value = null
    followTexts()
  }

  /** Texts are joined in their order. */
  function moveUp(token: string): void {
    const at = corpora.value.findIndex((corpus) => corpus.token === token)
    if (at < 1 || parent.value !== null) return
    const moved = [...corpora.value]
    moved.splice(at - 1, 2, moved[at], moved[at - 1])
    corpora.value = moved
  }

  async function readAll(choice: EncodingChoice): Promise<void> {
    if (parent.value !== null) return // a kept text was decoded once and for all
    const read = corpora.value.map(({ token }) =>
      lab.corpora.inspect({ token, encoding: choice, tokens: configuration.tokens }),
    )
    corpora.value = await Promise.all(read)
    encoding.value = choice
  }

  /** Reads the chosen files again, in an encoding a person named. */
  const readAs = (choice: EncodingChoice) => whileBusy(() => readAll(choice))

  /** Starts with the batch and sequence that fit, and without what means nothing for the cell. */
  function start(name: string, changes: Partial<RunConfiguration> = {}, tags: readonly string[] = []): Promise<RunRow> {
    const { batch, sequence } = fit.value
    const wanted = meaningfulSetting({ ...configuration, batch, sequence, ...changes }, DEFAULT_CONFIGURATION)
    const run = parent.value
    if (run !== null) {
      return whileBusy(async () => {
        const row = await lab.training.fork({ run, configuration: wanted, name })
        for (const tag of tags) await lab.runs.tag({ runs: [row.run], tag, isThere: true })
        return row
      })
    }
    return whileBusy(() =>
      lab.training.start({
        corpora: corpora.value.map(({ token }) => token),
        encoding: encoding.value,
        configuration: wanted,
        name,
        probe: corpora.value[0]?.probe ?? '',
        beginWith: changes.cell === undefined ? beginWith.value : null,
        tags: [...tags],
      }),
    )
  }

  return {
    corpora,
    samples,
    encoding,
    busy,
    machine,
    preset,
    configuration,
    base: suggestions.base,
    source: suggestions.source,
    isChanged: suggestions.isChanged,
    invalid,
    parent,
    change,
    tokens,
    vocabularySize,
    fit,
    outlook,
    disk,
    canStart,
    beginnings,
    beginWith,
    beginWithRun: (run: RunId | null) => void (chosenBeginning.value = run),
    set,
    setInvalid,
    usePreset,
    meetMachine,
    loadSamples,
    choose,
    takeArrival,
    takeChosen,
    openSample,
    generate,
    drop,
    remove,
    moveUp,
    readAs,
    start,
  }
})
