/** The answers of a group's runs, asked again as each has a newer model; one question at a time. */
import { computed, shallowRef, watch } from 'vue'
import type { ComputedRef, ShallowRef } from 'vue'
import { answersRequest, LabError, taskOfText } from '../../../../shared'
import type { RunDetail, RunId, RunRow, TaskAnswers } from '../../../../shared'
import { lab } from '../../../bridge/lab'
import { useNoticesStore } from '../../../stores/notices.store'
import { useRunsStore } from '../../../stores/runs.store'
import { runsOfGroup } from '../group/group'
import type { MemoryRun } from './memory-results'

interface Asked {
  readonly step: number
  readonly answers: TaskAnswers
}

export interface GroupAnswers {
  /** In the order in which they were started. */
  readonly members: ComputedRef<readonly RunRow[]>
  readonly runs: ComputedRef<readonly MemoryRun[]>
  readonly details: ShallowRef<ReadonlyMap<RunId, RunDetail>>
}

export function useAnswers(group: () => string): GroupAnswers {
  const notices = useNoticesStore()
  const rows = useRunsStore()
  const details = shallowRef<ReadonlyMap<RunId, RunDetail>>(new Map())
  const asked = shallowRef<ReadonlyMap<RunId, Asked>>(new Map())
  let isAsking = false

  const members = computed(() => runsOfGroup(rows.list, group()))
  const runs = computed(() =>
    members.value.flatMap((row): MemoryRun[] => {
      const [task, configuration] = [taskOfText(row.corpus), details.value.get(row.run)?.configuration]
      if (task === null || !configuration) return []
      const { cell, initialisation, gateBias } = configuration
      const variant = { cell, initialisation, gateBias }
      return [{ run: row.run, distance: task.distance, variant, answers: asked.value.get(row.run)?.answers ?? null }]
    }),
  )

  async function readDetails(): Promise<void> {
    const missing = members.value.filter(({ run }) => !details.value.has(run))
    const found = await Promise.all(missing.map(({ run }) => lab.runs.show({ run })))
    details.value = new Map([...details.value, ...found.map((detail) => [detail.run, detail] as const)])
  }

  /** One that has learnt since it was asked; drawn parameters know nothing. */
  const next = (): RunRow | undefined =>
    members.value.find(({ run, modelStep }) => modelStep !== null && modelStep > (asked.value.get(run)?.step ?? 0))

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
    try {
      const answers = await lab.inspect.answers({ run, step: modelStep, ...answersRequest(task) })
      asked.value = new Map(asked.value).set(run, { step: modelStep, answers })
    } catch (error) {
      // It went on meanwhile, and keeps this one no more: the newest is asked.
      if (!(error instanceof LabError) || error.code !== 'E_RUN_NO_MODEL_AT') throw error
      const answers = await lab.inspect.answers({ run, step: null, ...answersRequest(task) })
      asked.value = new Map(asked.value).set(run, { step: modelStep, answers })
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
  return { members, runs, details }
}
