/** The gradients of up to three runs, each as it was initialised and as it is trained now, for one step of one text. */
import { computed, onScopeDispose, shallowRef, watch } from 'vue'
import type { ComputedRef, ShallowRef } from 'vue'
import { LabError } from '../../../../shared'
import type { GradientReport, ModelReference } from '../../../../shared'
import { lab } from '../../../bridge/lab'
import type { ViewSubject } from '../view-subject'

export const STAGES = ['trained', 'initial'] as const
export type Stage = (typeof STAGES)[number]

export interface AskedGradient {
  /** The run, or the bundled model. */
  readonly of: string
  readonly stage: Stage
  readonly report: GradientReport | null
  readonly error: LabError | null
}

interface Question {
  readonly of: string
  readonly stage: Stage
  readonly model: ModelReference
}

const keyOf = ({ of, stage }: Pick<Question, 'of' | 'stage'>): string => `${of} ${stage}`
const ASK_DELAY_MS = 60

export interface Gradients {
  readonly found: ComputedRef<readonly AskedGradient[]>
  readonly waiting: ShallowRef<number>
}

/**
 * @param others runs beside the subject's own
 * @param isTrained whether a run has trained since its first checkpoint: one that came as a file has only that
 */
export function useGradients(
  subject: () => ViewSubject,
  at: () => number,
  others: () => readonly string[],
  isTrained: (run: string) => boolean,
): Gradients {
  const answers = shallowRef<ReadonlyMap<string, AskedGradient>>(new Map())
  const waiting = shallowRef(0)
  let asked = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  const questions = computed<readonly Question[]>(() => {
    const { model, trace } = subject()
    const beginning = (run: string, hasOne: boolean): readonly Question[] =>
      hasOne ? [{ of: run, stage: 'initial', model: { run, step: 0 } }] : []
    const own: readonly Question[] =
      'run' in model
        ? // What read is at step 0 itself: it was not trained here, or its beginning was chosen.
          [{ of: model.run, stage: 'trained', model }, ...beginning(model.run, trace.model.step !== 0)]
        : [{ of: model.model, stage: 'trained', model }]
    const beside = others().flatMap((run): readonly Question[] => [
      { of: run, stage: 'trained', model: { run, step: null } },
      ...beginning(run, isTrained(run)),
    ])
    return [...own, ...beside]
  })

  async function ask(question: Question, mine: number): Promise<void> {
    const { text, skipUnknown } = subject()
    const answer: { report: GradientReport | null; error: LabError | null } = { report: null, error: null }
    try {
      answer.report = await lab.inspect.gradients({ ...question.model, text, skipUnknown, at: at() })
    } catch (error) {
      answer.error = error instanceof LabError ? error : new LabError('E_INTERNAL', { what: String(error) })
    }
    if (mine !== asked) return
    answers.value = new Map([...answers.value, [keyOf(question), { ...question, ...answer }]])
    waiting.value -= 1
  }

  /** Nobody waits for what was asked before: a large model would hold up the others. */
  function stop(): void {
    asked += 1
    if (waiting.value > 0) void lab.inspect.stopGradients({}).catch(() => undefined)
    waiting.value = 0
  }

  function askAll(): void {
    stop()
    waiting.value = questions.value.length
    for (const question of questions.value) void ask(question, asked)
  }

  watch(
    () => [questions.value, subject().text, subject().skipUnknown, subject().trace, at()] as const,
    ([, text], before) => {
      if (text !== before?.[1]) answers.value = new Map()
      clearTimeout(timer)
      timer = setTimeout(askAll, ASK_DELAY_MS)
    },
    { immediate: true },
  )
  onScopeDispose(() => {
    clearTimeout(timer)
    stop()
  })

  /** In the order of the questions; an earlier place's answer stays until the new one is there. */
  const found = computed(() =>
    questions.value.flatMap((question) => {
      const answer = answers.value.get(keyOf(question))
      return answer ? [answer] : []
    }),
  )
  return { found, waiting }
}
