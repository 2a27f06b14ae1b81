/** The answers of runs to the tasks that they learn, asked again as each has a newer model; one question at a time. */
import { computed, shallowRef, watch } from 'vue'
import type { ComputedRef, ShallowRef } from 'vue'
import { LabError, taskOfText, testSeed } from '../../../../shared'
import type { AnswersRequest, RunDetail, RunId, RunRow, TaskAnswers, TaskRequest } from '../../../../shared'
import { lab } from '../../../bridge/lab'
import { useNoticesStore } from '../../../stores/notices.store'
import type { MemoryRun } from './memory-results'

interface Asked {
  /** Infinity: it can't be tested, and isn't asked again. */
  readonly step: number
  readonly answers: TaskAnswers | null
}

async function answersAt(run: RunId, step: number, questions: AnswersRequest): Promise<TaskAnswers> {
  try {
    return await lab.inspect.answers({ run, step, ...questions })
  } catch (error) {
    // It went on meanwhile, and keeps this one no more: the newest is asked.
    if (!(error instanceof LabError) || error.code !== 'E_RUN_NO_MODEL_AT') throw error
    return lab.inspect.answers({ run, step: null, ...questions })
  }
}

export interface RunAnswers {
  readonly runs: ComputedRef<readonly MemoryRun[]>
  readonly details: ShallowRef<ReadonlyMap<RunId, RunDetail>>
}

/** @param testedOf the distances at which a run with that task is tested */
export function useAnswers(
  members: ComputedRef<readonly RunRow[]>,
  testedOf: (task: TaskRequest) => readonly number[],
): RunAnswers {
  const notices = useNoticesStore()
  const details = shallowRef<ReadonlyMap<RunId, RunDetail>>(new Map())
  const asked = shallowRef<ReadonlyMap<RunId, Asked>>(new Map())
  let isAsking = false

  const runs = computed(() =>
    members.value.flatMap((row): MemoryRun[] => {
      const [task, configuration] = [taskOfText(row.corpus), details.value.get(row.run)?.configuration]
      if (task === null || !configuration) return []
      const { cell, initialisation, gateBias } = configuration
      const variant = { cell, initialisation, gateBias }
      const answers = asked.value.get(row.run)?.answers ?? null
      return [{ run: row.run, trained: task.distances, tested: testedOf(task), variant, answers }]
    }),
  )

  async function readDetails(): Promise<void> {
    const missing = members.value.filter(({ run }) => !details.value.has(run))
    const found = await Promise.all(missing.map(({ run }) => lab.runs.show({ run })))
    details.value = new Map([...details.value, ...found.map((detail) => [detail.run, detail] as const)])
  }

  /** One that has learnt since it was asked; drawn parameters know nothing. */
  const next = (): RunRow | undefined =>
    members.value.find(
      ({ run, corpus, modelStep }) =>
        taskOfText(corpus) !== null && modelStep !== null && modelStep > (asked.value.get(run)?.step ?? 0),
    )

  async function ask(): Promise<void> {
    if (isAsking) return
    isAsking = true
    try {
      for (let row = next(); row !== undefined; row = next()) await askOne(row)
    } finally {
      isAsking = false
    }
  }

  async function askOne({ run, corpus, modelStep }: RunRow): Promise<void> {
    const task = taskOfText(corpus)
    if (task === null || modelStep === null) return
    const questions = { task: task.task, distances: [...testedOf(task)], seed: testSeed(task.seed) }
    try {
      const answers = await answersAt(run, modelStep, questions)
      asked.value = new Map(asked.value).set(run, { step: modelStep, answers })
    } catch (error) {
      asked.value = new Map(asked.value).set(run, { step: Infinity, answers: null })
      throw error
    }
  }

  watch(
    () => members.value.map(({ run }) => run).join(),
    () => notices.attempt(readDetails),
    { immediate: true },
  )
  watch(
    () => members.value.map(({ run, modelStep }) => `${run} ${modelStep}`).join(),
    () => notices.attempt(ask),
    { immediate: true },
  )
  return { runs, details }
}
