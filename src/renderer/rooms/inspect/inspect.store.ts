/**
 * The room's state: which run reads which text, what came of it, which step is looked at, and what the network wrote on.
 * Answers that were overtaken by a newer question are dropped.
 */
import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { ModelReference, RunDetail, Trace } from '../../../shared'
import { LabError, MOST_TEXT } from '../../../shared'
import { lab } from '../../bridge/lab'
import { useNoticesStore } from '../../stores/notices.store'
import type { Quantity } from './hidden-states'
import { layerOf, quantitiesOf, symmetricLimit, unitsByTime } from './hidden-states'
import { completeHidden, statesInTrace } from './read-states'
import { mostSurprisingStep, textLoss } from './surprise'
import { orderUnits } from './unit-order'
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
  const detail = shallowRef<RunDetail | null>(null)
  const text = ref('')
  const skipUnknown = ref(false)
  const trace = shallowRef<Trace | null>(null)
  /** What the trace is of. */
  const readText = ref('')
  const readSkipping = ref(false)
  const readRun = ref<string | null>(null)
  /** The very model that read it: a run that goes on training has newer ones. */
  const model = computed<ModelReference | null>(() =>
    readRun.value === null ? null : { run: readRun.value, step: trace.value?.model.step ?? null },
  )
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
  let timer: ReturnType<typeof setTimeout> | undefined

  /** The text the run watched while it trained; else the beginning of what it wrote. */
  const ownText = computed(() => detail.value?.probe || detail.value?.sample?.slice(0, SAMPLE_SHOWN) || '')
  const loss = computed(() =>
    trace.value ? textLoss(trace.value, detail.value?.configuration?.tokens ?? 'character') : null,
  )
  /** What another cell had and this one has not becomes the hidden state. */
  const quantity = computed<Quantity>(() =>
    trace.value &&
    quantitiesOf(trace.value.model.cell).includes(chosenQuantity.value) &&
    statesInTrace(trace.value, chosenQuantity.value)
      ? chosenQuantity.value
      : 'hidden',
  )
  const layer = computed(() => Math.min(chosenLayer.value, (trace.value?.model.layers ?? 1) - 1))
  const values = computed(() => (trace.value ? layerOf(trace.value, quantity.value, layer.value) : null))
  /** (H) units from top to bottom. */
  const units = computed(() => (values.value ? orderUnits(values.value, order.value) : new Uint32Array()))
  /** (H, T) as drawn. */
  const picture = computed(() => (values.value ? unitsByTime(values.value, units.value) : new Float32Array()))
  /** Where the colours end, for the picture and for the vector of one step alike. */
  const limit = computed(() => (quantity.value === 'cell' ? symmetricLimit(picture.value) : 1))

  /** An earlier text of the same run stays in sight, another run's doesn't. */
  function refuse(error: unknown): void {
    if (readRun.value !== run.value) trace.value = null
    if (error instanceof LabError && ABOUT_THE_TEXT.includes(error.code)) refusal.value = error
    else notices.fail(error)
  }

  function take(answer: Trace, question: Question, place: Place): void {
    const last = answer.tokens.length - 1
    trace.value = answer
    readRun.value = run.value
    readText.value = question.text
    readSkipping.value = question.skipUnknown
    refusal.value = null
    if (place === 'keep') step.value = Math.min(step.value, last)
    else step.value = place === 'end' ? last : mostSurprisingStep(answer.probability)
  }

  async function read(place: Place): Promise<void> {
    clearTimeout(timer)
    asked += 1
    const mine = asked
    if (run.value === null || text.value === '') {
      trace.value = null
      refusal.value = null
      return
    }
    try {
      const of = run.value
      const question = { text: text.value, skipUnknown: skipUnknown.value }
      const answer = await lab.inspect.trace({ run: of, ...question, top: TOP, lane: 'room' })
      if (mine !== asked) return
      const subject = { ...question, trace: answer, model: { run: of, step: answer.model.step } }
      const whole = await completeHidden(subject, () => mine !== asked)
      if (mine === asked) take(whole, question, place)
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

  /** Reads another run; a text nobody changed gives way to the new run's own. */
  async function choose(next: string): Promise<void> {
    if (next === run.value) return
    const untouched = text.value === ownText.value
    chosen += 1
    const mine = chosen
    run.value = next
    written.value = null
    skipUnknown.value = false
    await notices.attempt(async () => {
      const found = await lab.runs.show({ run: next })
      if (mine !== chosen) return
      detail.value = found
      if (untouched) text.value = ownText.value
      await read(untouched ? 'surprise' : 'keep')
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
    const of = run.value
    if (of === null || writing.value) return
    const prompt = skipUnknown.value && trace.value ? trace.value.tokens.join('') : text.value
    writing.value = true
    await notices.attempt(async () => {
      const settings = { length: length.value, temperature: temperature.value, seed: seed.value }
      const answer = await lab.inspect.sample({ run: of, prompt, ...settings })
      if (of === run.value) written.value = answer
    })
    writing.value = false
  }

  return {
    run,
    detail,
    text,
    ownText,
    skipUnknown,
    trace,
    model,
    readText,
    readSkipping,
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
    type,
    read,
    useOwnText,
    leaveOut,
    write,
  }
})
