/**
 * Experiments as the room sees them: what is chosen, the runs that were started for it, and what each has found so far.
 * Several runs of one experiment (rules, sizes) go one after the other. What was found last is opened again from its run.
 */
import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import * as v from 'valibot'
import { toRows } from '../../../../engine'
import type { ExperimentRequest, KeptExperiment, RunRow } from '../../../../shared'
import { onEvent } from '../../../bridge/events'
import { lab } from '../../../bridge/lab'
import { useRecallStore } from '../recall.store'
import { capacityRequests, EXPERIMENTS, FIRST_CHOICES, tableRequest } from './experiment-kinds'
import type { ExperimentChoices, ExperimentName } from './experiment-kinds'

const DRAFT = 'recall-experiments'
const LIVE = ['queued', 'running', 'paused']

const KeptSchema = v.object({
  version: v.literal(1),
  chosen: v.picklist(EXPERIMENTS),
  runs: v.record(v.string(), v.array(v.string())),
})

/** Where an experiment stands. */
export type Found = Omit<KeptExperiment, 'seed'>

export const useExperimentsStore = defineStore('recall-experiments', () => {
  const table = useRecallStore()
  const chosen = ref<ExperimentName>('capacity')
  const choices = shallowRef<ExperimentChoices>(FIRST_CHOICES)
  /** Of each experiment the runs of its last start, in their order. */
  const found = shallowRef<ReadonlyMap<ExperimentName, readonly Found[]>>(new Map())
  const waiting = ref(0)
  let queue: ExperimentRequest[] = []
  let next: (() => void) | null = null
  const startedAt = ref(0)

  const shown = computed(() => found.value.get(chosen.value) ?? [])
  const running = computed(() => shown.value.find(({ status }) => LIVE.includes(status)) ?? null)
  const isBusy = computed(() => running.value !== null || waiting.value > 0)
  /** Trials done and in all, over the runs of what is shown. */
  const progress = computed(() => ({
    done: shown.value.reduce((sum, { trials }) => sum + trials, 0),
    total: shown.value.reduce((sum, { totalTrials }) => sum + totalTrials, 0),
  }))

  function put(kind: ExperimentName, one: Found): void {
    const others = found.value.get(kind) ?? []
    const place = others.findIndex(({ run }) => run === one.run)
    const list = place < 0 ? [...others, one] : others.map((other, i) => (i === place ? one : other))
    found.value = new Map(found.value).set(kind, list)
  }

  function find(run: string): { kind: ExperimentName; one: Found } | null {
    for (const [kind, list] of found.value) {
      const one = list.find((candidate) => candidate.run === run)
      if (one) return { kind, one }
    }
    return null
  }

  function take(row: RunRow): void {
    const known = find(row.run)
    if (!known) return
    put(known.kind, { ...known.one, status: row.status })
    if (!LIVE.includes(row.status)) {
      next?.()
      next = null
    }
  }

  async function write(): Promise<void> {
    const runs = Object.fromEntries([...found.value].map(([kind, list]) => [kind, list.map(({ run }) => run)]))
    await lab.drafts.write({ key: DRAFT, value: JSON.stringify({ version: 1, chosen: chosen.value, runs }) })
  }

  /** Starts the requests one after the other; what one found stays when the next begins. */
  async function carryOut(kind: ExperimentName, requests: readonly ExperimentRequest[]): Promise<void> {
    queue = [...requests]
    found.value = new Map(found.value).set(kind, [])
    startedAt.value = performance.now()
    for (let request = queue.shift(); request; request = queue.shift()) {
      waiting.value = queue.length + 1
      try {
        const row = await lab.experiments.start({ request, name: '' })
        const ended = new Promise<void>((resolve) => (next = resolve))
        const total = row.totalSteps ?? 0
        put(kind, { run: row.run, status: row.status, settings: request, trials: 0, totalTrials: total, result: null })
        await catchUp(kind, row.run)
        if (find(row.run)?.one.status === 'running') await ended
      } catch (error) {
        queue = []
        waiting.value = 0
        throw error
      }
    }
    waiting.value = 0
    await write()
  }

  /** A quick one may have ended before its row was known here. */
  async function catchUp(kind: ExperimentName, run: string): Promise<void> {
    const kept = await lab.experiments.show({ run })
    const known = find(run)?.one
    if (known && kept.trials >= known.trials) put(kind, kept)
  }

  function start(): Promise<void> {
    const { settings } = table
    if (chosen.value === 'capacity') return carryOut('capacity', capacityRequests(choices.value.capacity, settings))
    const cue = toRows(table.cue, table.width)
    return carryOut(chosen.value, [tableRequest(chosen.value, choices.value, table.storedSet, settings, cue)])
  }

  /** Ends what runs, keeping what it found, and begins none of those that wait. */
  async function stop(): Promise<void> {
    queue = []
    if (running.value) await lab.experiments.stop({ run: running.value.run })
  }

  /** What was found last, from its runs; those that are gone are passed over. */
  async function open(): Promise<void> {
    const text = await lab.drafts.read({ key: DRAFT })
    if (text === null || found.value.size > 0) return
    const kept = parse(text)
    if (!kept) return
    chosen.value = kept.chosen
    for (const kind of EXPERIMENTS) {
      for (const run of kept.runs[kind] ?? []) {
        const one = await lab.experiments.show({ run }).catch(() => null)
        if (one) put(kind, one)
      }
    }
  }

  onEvent('experiment', ({ progress: { run, trials, totalTrials, result } }) => {
    const known = find(run)
    if (known) put(known.kind, { ...known.one, trials, totalTrials, result })
  })
  onEvent('run', ({ row }) => take(row))

  return {
    chosen,
    choices,
    shown,
    running,
    isBusy,
    progress,
    startedAt,
    start,
    stop,
    open,
    /** Shows a run of its own, from the list of runs. */
    show: (kind: ExperimentName, one: Found) => {
      chosen.value = kind
      found.value = new Map(found.value).set(kind, [one])
    },
    choose: (kind: ExperimentName) => {
      chosen.value = kind
      return write()
    },
    change: <Kind extends ExperimentName>(kind: Kind, patch: Partial<ExperimentChoices[Kind]>) =>
      (choices.value = { ...choices.value, [kind]: { ...choices.value[kind], ...patch } }),
  }
})

function parse(text: string): v.InferOutput<typeof KeptSchema> | null {
  try {
    const parsed = v.safeParse(KeptSchema, JSON.parse(text))
    return parsed.success ? parsed.output : null
  } catch {
    return null
  }
}
