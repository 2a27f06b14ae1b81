/**
 * The room's state: which run reads which text, what came of it, which step is looked at, and what the network wrote on.
 * Answers that were overtaken by a newer question are dropped.
 */
import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { BundledModel, KeptModel, ModelReference, RunDetail, Trace } from '../../../shared'
import { LabError, LIVE_STATUSES, MOST_TEXT } from '../../../shared'
import { lab } from '../../bridge/lab'
import { useNoticesStore } from '../../stores/notices.store'
import type { Quantity } from './hidden-states'
import { TEXT_FIELDS } from './inspect-address'
import type { InspectAddress, InspectView, ViewField, ViewFields } from './inspect-address'
import { layerOf, quantitiesOf, symmetricLimit, unitsByTime } from './hidden-states'
import { completeHidden, statesInTrace } from './read-states'
import { mostSurprisingStep, textLoss } from './surprise'
import { orderUnits } from './unit-order'
import type { ViewSubject } from './view-subject'
import type { UnitOrder } from './unit-order'

export const TOP = 5
export const TEXT_MOST = MOST_TEXT
const READ_DELAY_MS = 250
const SAMPLE_SHOWN = 80
/** Said beside the text and not as a notice: they are about what stands in it. */
const ABOUT_THE_TEXT = ['E_SYMBOLS_UNKNOWN', 'E_TEXT', 'E_TEXT_EMPTY', 'E_INPUT']

/** Where the chosen step goes when a new text has been read. */
type Place = 'keep' | 'end' | 'surprise'

interface Question {
  readonly text: string
  readonly skipUnknown: boolean
}

export interface Written {
  readonly prompt: string
  readonly text: string
}

export const useInspectStore = defineStore('inspect', () => {
  const notices = useNoticesStore()
  const run = ref<string | null>(null)
  /** Of the lab's own models; then there is no run. */
  const bundled = ref<string | null>(null)
  const bundledModels = shallowRef<readonly BundledModel[]>([])
  /** Those of the run that can be opened, and which of them is; null: the newest. */
  const kept = shallowRef<readonly KeptModel[]>([])
  const checkpoint = ref<number | null>(null)
  const view = ref<InspectView>('reading')
  /** What the views remember of themselves, as the address has it. */
  const fields = shallowRef<ViewFields>({})
  /** How often an address was opened: the views then take their fields anew. */
  const opened = ref(0)
  const detail = shallowRef<RunDetail | null>(null)
  const text = ref('')
  const skipUnknown = ref(false)
  /** What was read last, and what came of it. */
  const subject = shallowRef<ViewSubject | null>(null)
  const trace = computed(() => subject.value?.trace ?? null)
  const refusal = shallowRef<LabError | null>(null)
  const step = ref(0)
  const chosenQuantity = ref<Quantity>('hidden')
  const chosenLayer = ref(0)
  const order = ref<UnitOrder>('index')
  const temperature = ref(1)
  const seed = ref(1)
  const length = ref(200)
  const written = shallowRef<Written | null>(null)
  const writing = ref(false)
  let chosen = 0
  let asked = 0
  let readModel: string | null = null
  let timer: ReturnType<typeof setTimeout> | undefined

  /** The beginning of what a run writes that has no text of its own: one that came as a file. */
  const ownWriting = ref('')

  const example = computed(() => bundledModels.value.find(({ id }) => id === bundled.value) ?? null)
  /** The text the run watched while it trained; else the beginning of what it wrote. */
  const ownText = computed(
    () =>
      example.value?.text ||
      detail.value?.probe ||
      detail.value?.sample?.slice(0, SAMPLE_SHOWN) ||
      (example.value === null ? ownWriting.value : ''),
  )
  const reference = computed<ModelReference | null>(() => {
    if (bundled.value !== null) return { model: bundled.value }
    return run.value === null ? null : { run: run.value, step: checkpoint.value }
  })
  /** T: through how many time steps its gradients went; null: not known. */
  const sequence = computed(() => example.value?.sequence ?? detail.value?.configuration?.sequence ?? null)
  const tokenKind = computed(() => trace.value?.model.tokens ?? 'character')
  const loss = computed(() => (trace.value ? textLoss(trace.value, tokenKind.value) : null))
  /** What another cell had and this one has not becomes the hidden state. */
  const quantity = computed<Quantity>(() =>
    trace.value &&
    quantitiesOf(trace.value.model.cell).includes(chosenQuantity.value) &&
    statesInTrace(trace.value, chosenQuantity.value)
      ? chosenQuantity.value
      : 'hidden',
  )
  const address = computed<InspectAddress>(() => ({
    run: run.value,
    model: bundled.value,
    checkpoint: checkpoint.value,
    view: view.value,
    text: text.value,
    step: step.value,
    layer: layer.value,
    fields: fields.value,
  }))
  const layer = computed(() => Math.min(chosenLayer.value, (trace.value?.model.layers ?? 1) - 1))
  const values = computed(() => (trace.value ? layerOf(trace.value, quantity.value, layer.value) : null))
  /** (H) units from top to bottom. */
  const units = computed(() => (values.value ? orderUnits(values.value, order.value) : new Uint32Array()))
  /** (H, T) as drawn. */
  const picture = computed(() => (values.value ? unitsByTime(values.value, units.value) : new Float32Array()))
  /** Where the colours end, for the picture and for the vector of one step alike. */
  const limit = computed(() => (quantity.value === 'cell' ? symmetricLimit(picture.value) : 1))

  const modelKey = (): string => JSON.stringify([run.value, bundled.value])

  /** An earlier text of the same run stays in sight, another run's doesn't. */
  function refuse(error: unknown): void {
    if (readModel !== modelKey()) subject.value = null
    if (error instanceof LabError && ABOUT_THE_TEXT.includes(error.code)) refusal.value = error
    else notices.fail(error)
  }

  function setField(name: ViewField, value: string): void {
    if ((fields.value[name] ?? '') === value) return
    const { [name]: _, ...others } = fields.value
    fields.value = value === '' ? others : { ...others, [name]: value }
  }

  /** Of a text that isn't read any more. */
  function forgetPlaces(): void {
    for (const name of TEXT_FIELDS) setField(name, '')
  }

  /** A run that goes on training has newer models: what is asked later is asked of the very one that read. */
  function subjectOf(answer: Trace, model: ModelReference, question: Question): ViewSubject {
    const reader = 'run' in model ? { run: model.run, step: answer.model.step } : model
    return { trace: answer, model: reader, ...question }
  }

  function take(next: ViewSubject, place: Place): void {
    const { tokens, probability } = next.trace
    const last = tokens.length - 1
    if (subject.value && subject.value.trace.tokens.join('') !== tokens.join('')) forgetPlaces()
    subject.value = next
    readModel = modelKey()
    refusal.value = null
    if (place === 'keep') step.value = Math.min(step.value, last)
    else step.value = place === 'end' ? last : mostSurprisingStep(probability)
  }

  async function read(place: Place): Promise<void> {
    clearTimeout(timer)
    asked += 1
    const mine = asked
    const model = reference.value
    if (model === null || text.value === '') {
      subject.value = null
      refusal.value = null
      return
    }
    try {
      const question = { text: text.value, skipUnknown: skipUnknown.value }
      const answer = await lab.inspect.trace({ ...model, ...question, top: TOP, lane: 'room' })
      if (mine !== asked) return
      const whole = await completeHidden(subjectOf(answer, model, question), () => mine !== asked)
      if (mine === asked) take(subjectOf(whole, model, question), place)
    } catch (error) {
      if (mine === asked) refuse(error)
    }
  }

  /** A text that is being typed is read when the typing pauses; the step follows to its end. */
  function type(next: string): void {
    text.value = next
    clearTimeout(timer)
    timer = setTimeout(() => void read('end'), READ_DELAY_MS)
  }

  /** Turns to another model, and answers whether nothing newer was asked for meanwhile. */
  async function turnTo(next: { run: string | null; model: string | null }): Promise<boolean> {
    chosen += 1
    const mine = chosen
    run.value = next.run
    bundled.value = next.model
    checkpoint.value = null
    written.value = null
    skipUnknown.value = false
    kept.value = []
    if (next.run === null) {
      await loadBundled()
      if (mine === chosen) detail.value = null
      return mine === chosen
    }
    const [found, models] = await Promise.all([lab.runs.show({ run: next.run }), lab.inspect.kept({ run: next.run })])
    const writing = found.probe || found.sample ? '' : await beginningOf(next.run)
    if (mine !== chosen) return false
    detail.value = found
    ownWriting.value = writing
    kept.value = models
    checkpoint.value = betterThanLast(found, models)
    return true
  }

  /** The step of the best parameters of a run that has ended, where the last ones are worse; else null. */
  function betterThanLast(found: RunDetail, models: readonly KeptModel[]): number | null {
    if (LIVE_STATUSES.includes(found.status) || found.bestValidationLoss === null) return null
    const best = models.slice(0, -1).find(({ isBest }) => isBest)
    const isBetter = found.validationLoss === null || found.bestValidationLoss < found.validationLoss
    return best && isBetter ? best.step : null
  }

  async function beginningOf(of: string): Promise<string> {
    const settings = { length: SAMPLE_SHOWN, temperature: 1, seed: 1 }
    const { prompt, text: added } = await lab.inspect.sample({ run: of, step: null, prompt: '', ...settings })
    return prompt + added
  }

  async function turnAndRead(next: { run: string | null; model: string | null }): Promise<void> {
    const untouched = text.value === ownText.value
    await notices.attempt(async () => {
      if (!(await turnTo(next))) return
      if (untouched) text.value = ownText.value
      await read(untouched ? 'surprise' : 'keep')
    })
  }

  /** Reads another run; a text nobody changed gives way to the new run's own. */
  async function choose(next: string): Promise<void> {
    if (next !== run.value) await turnAndRead({ run: next, model: null })
  }

  /** The same with a model that comes with the lab. */
  async function chooseBundled(model: string): Promise<void> {
    if (model !== bundled.value) await turnAndRead({ run: null, model })
  }

  async function loadBundled(): Promise<void> {
    if (bundledModels.value.length === 0) bundledModels.value = await lab.inspect.models({})
  }

  /** Reads with the model that the run kept at a step; null: with its newest. */
  async function chooseCheckpoint(next: number | null): Promise<void> {
    if (next === checkpoint.value) return
    checkpoint.value = next
    written.value = null
    await read('keep')
  }

  /** The bundled model with which the page in that language begins: one that reads forwards. */
  const exampleIn = (language: BundledModel['language']) =>
    bundledModels.value.find((model) => model.otherSide !== null && model.language === language)

  /** Opens a model with its own text. */
  async function openWithOwnText(model: { run: string | null; model: string | null }, place: Place): Promise<void> {
    await notices.attempt(async () => {
      if (!(await turnTo(model))) return
      text.value = ownText.value
      await read(place)
    })
  }
  /** An example opens before its most surprising character: where the network learns which meaning was meant. */
  const openExample = (model: string) => openWithOwnText({ run: null, model }, 'surprise')
  const openRun = (of: string) => openWithOwnText({ run: of, model: null }, 'end')

  /** Stands where an address says. */
  async function open(to: InspectAddress): Promise<void> {
    await notices.attempt(async () => {
      const isSame = to.run === run.value && to.model === bundled.value
      if (!isSame && !(await turnTo(to))) return
      checkpoint.value = to.checkpoint
      view.value = to.view
      text.value = to.text
      step.value = to.step
      chosenLayer.value = to.layer
      await read('keep')
      fields.value = to.fields
      opened.value += 1
    })
  }

  async function useOwnText(): Promise<void> {
    text.value = ownText.value
    await read('surprise')
  }

  async function leaveOut(unknown: boolean): Promise<void> {
    skipUnknown.value = unknown
    await read('end')
  }

  /** The prompt is the text as it was read, so that symbols left out there are left out here. */
  async function write(): Promise<void> {
    const of = reference.value
    if (of === null || writing.value) return
    const prompt = skipUnknown.value && trace.value ? trace.value.tokens.join('') : text.value
    writing.value = true
    await notices.attempt(async () => {
      const settings = { length: length.value, temperature: temperature.value, seed: seed.value }
      const answer = await lab.inspect.sample({ ...of, prompt, ...settings })
      if (of === reference.value) written.value = answer
    })
    writing.value = false
  }

  return {
    run,
    bundled,
    bundledModels,
    example,
    kept,
    checkpoint,
    view,
    reference,
    sequence,
    tokenKind,
    address,
    fields,
    opened,
    setField,
    detail,
    text,
    ownText,
    skipUnknown,
    subject,
    trace,
    refusal,
    step,
    quantity,
    chosenQuantity,
    layer,
    chosenLayer,
    order,
    values,
    units,
    picture,
    limit,
    loss,
    temperature,
    seed,
    length,
    written,
    writing,
    choose,
    chooseBundled,
    chooseCheckpoint,
    loadBundled,
    exampleIn,
    openExample,
    openRun,
    open,
    type,
    read,
    useOwnText,
    leaveOut,
    write,
  }
})
