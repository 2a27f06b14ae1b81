/**
 * The same text read by each of the compared runs, one after the other: their hidden states, and how far back the last
 * prediction reaches. So many at once as are seen together; the rest when they are asked for.
 */
import { computed, onScopeDispose, shallowRef, watch } from 'vue'
import { LabError } from '../../../../../shared'
import type { GradientReport, RunDetail, RunId, Trace } from '../../../../../shared'
import { lab } from '../../../../bridge/lab'
import { completeHidden } from '../../../inspect/read-states'

export interface ComparedReading {
  readonly run: RunId
  /** With all its hidden states; null where the run cannot read the text. */
  readonly trace: Trace | null
  readonly refusal: LabError | null
  readonly gradients: GradientReport | null
  readonly gradientRefusal: LabError | null
}

export const READ_AT_ONCE = 6
export const MOST_READ_TEXT = 400
/** Of the interactive worker's readings: a newer text ends an older one. */
const LANE = 'compare'
const TYPING_MS = 300

const asLabError = (error: unknown): LabError =>
  error instanceof LabError ? error : new LabError('E_INTERNAL', { what: String(error) })

/** The text that most of them watched while they trained; of equals the first. */
export function commonText(details: readonly Pick<RunDetail, 'probe'>[]): string {
  const counts = new Map<string, number>()
  for (const { probe } of details) if (probe) counts.set(probe, (counts.get(probe) ?? 0) + 1)
  const [most = ''] = [...counts].reduce<readonly [string?, number?]>(
    (best, each) => (each[1] > (best[1] ?? 0) ? each : best),
    [],
  )
  return most.slice(0, MOST_READ_TEXT)
}

async function readStates(run: RunId, text: string, isOver: () => boolean): Promise<Trace> {
  const question = { text, skipUnknown: false }
  const trace = await lab.inspect.trace({ run, ...question, top: 1, lane: LANE })
  return completeHidden({ trace, model: { run, step: trace.model.step }, ...question }, isOver)
}

export async function readWith(
  { run, modelStep }: Pick<RunDetail, 'run' | 'modelStep'>,
  text: string,
  isOver: () => boolean,
): Promise<ComparedReading> {
  const nothing = { run, trace: null, refusal: null, gradients: null, gradientRefusal: null }
  if (modelStep === null) return { ...nothing, refusal: new LabError('E_RUN_NO_MODEL', { run }) }
  let trace: Trace
  try {
    trace = await readStates(run, text, isOver)
  } catch (error) {
    return { ...nothing, refusal: asLabError(error) }
  }
  try {
    const at = Math.max(1, trace.tokens.length - 1)
    const gradients = await lab.inspect.gradients({ run, step: trace.model.step, text, skipUnknown: false, at })
    return { ...nothing, trace, gradients }
  } catch (error) {
    return { ...nothing, trace, gradientRefusal: asLabError(error) }
  }
}

export function useComparedReadings(details: () => readonly RunDetail[], text: () => string) {
  const found = shallowRef<ReadonlyMap<RunId, ComparedReading>>(new Map())
  const wanted = shallowRef(READ_AT_ONCE)
  const reading = shallowRef<RunId | null>(null)
  let asked = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  async function readAll(): Promise<void> {
    asked += 1
    const mine = asked
    const isOver = (): boolean => mine !== asked
    const question = text()
    for (const detail of details().slice(0, wanted.value)) {
      if (question === '' || found.value.has(detail.run)) continue
      reading.value = detail.run
      const answer = await readWith(detail, question, isOver)
      if (isOver()) return
      found.value = new Map([...found.value, [detail.run, answer]])
    }
    reading.value = null
  }

  function startAgain(delayMs: number): void {
    asked += 1
    found.value = new Map()
    wanted.value = READ_AT_ONCE
    clearTimeout(timer)
    timer = setTimeout(() => void readAll(), delayMs)
  }
  watch(details, () => startAgain(0), { immediate: true })
  watch(text, () => startAgain(TYPING_MS))
  onScopeDispose(() => {
    asked += 1
    clearTimeout(timer)
  })

  /** In the order of the runs, those that are read or being read. */
  const shown = computed(() => details().slice(0, wanted.value))
  const left = computed(() => Math.max(0, details().length - wanted.value))
  function readMore(): void {
    wanted.value += READ_AT_ONCE
    void readAll()
  }
  return { found, reading, shown, left, readMore }
}
