/**
 * The experiments of the room: how each is set, what runs now and how far it is, and what was found. A series (capacity of
 * several rules or sizes) is one run after the other. What a run found is read from it again after a restart.
 */
import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import { toRows } from '../../../../engine'
import type { ExperimentCue, KeptExperiment, RunId } from '../../../../shared'
import { LabError, LIVE_STATUSES, seedOf } from '../../../../shared'
import { onEvent } from '../../../bridge/events'
import { lab } from '../../../bridge/lab'
import { useNoticesStore } from '../../../stores/notices.store'
import { FIRST_SET, startingNames } from '../memory/starting-patterns'
import { useRecallStore } from '../recall.store'
import { NEW_DRAFT, parseExperimentDraft } from './experiment-draft'
import type { ShownRuns } from './experiment-draft'
import {
  effortOf,
  isStoredRequest,
  LEAST_PATTERNS,
  MOST_LINES,
  requestsOf,
  settingsOf,
  trialsOf,
} from './experiment-settings'
import type { Experiment, ExperimentSettings, Network, StoredExperiment, StoredRequest } from './experiment-settings'

const DRAFT = 'recall-experiments'
/** Of the ready example's cue. */
const EXAMPLE_CORRUPT = 0.2

/** A series that goes on. */
interface Series {
  readonly kind: StoredExperiment
  readonly requests: readonly StoredRequest[]
  /** Which of them runs. */
  readonly at: number
  /** null until its row is written. */
  readonly run: RunId | null
  readonly isStopping: boolean
  readonly startedAt: number
}

/** A run to be opened or done once more. */
interface Asked {
  readonly run: RunId
  readonly deed: 'open' | 'repeat'
}

const isLive = ({ status }: Pick<KeptExperiment, 'status'>): boolean => LIVE_STATUSES.includes(status)

export const useExperimentsStore = defineStore('recall-experiments', () => {
  const table = useRecallStore()
  const notices = useNoticesStore()
  const kind = ref<Experiment>(NEW_DRAFT.kind)
  const settings = shallowRef<ExperimentSettings>(NEW_DRAFT.settings)
  const shown = shallowRef<ShownRuns>(NEW_DRAFT.runs)
  /** What is known of each run that is shown. */
  const kept = shallowRef<ReadonlyMap<RunId, KeptExperiment>>(new Map())
  const series = shallowRef<Series | null>(null)
  const now = ref(0)
  /** Resolves whoever waits for the end of the run that goes on. */
  let onOver: (() => void) | null = null

  const network = computed<Network>(() => ({ set: table.storedSet, settings: table.settings }))
  const canStart = computed(() => {
    const { rules, neurons } = settings.value.capacity
    if (kind.value === 'capacity') return rules.length * neurons.length <= MOST_LINES
    return table.stored.length >= LEAST_PATTERNS[kind.value]
  })
  /** The results that are shown of an experiment, in the order of their lines. */
  const resultsOf = (of: StoredExperiment): readonly KeptExperiment[] =>
    shown.value[of].flatMap((run) => kept.value.get(run) ?? [])
  const results = computed(() => (kind.value === 'rules' ? [] : resultsOf(kind.value)))
  const isRunning = computed(() => series.value !== null)
  /** Of the whole series: trials done and in all, the share of the work behind it, and the seconds it may still take. */
  const progress = computed(() => {
    const current = series.value
    if (!current) return null
    const trials = current.requests.map(trialsOf)
    const efforts = current.requests.map(effortOf)
    const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0)
    const inRun = (current.run && kept.value.get(current.run)?.trials) || 0
    const share =
      (sum(efforts.slice(0, current.at)) + (efforts[current.at] * inRun) / trials[current.at]) / sum(efforts)
    const elapsed = (now.value - current.startedAt) / 1000
    return {
      done: sum(trials.slice(0, current.at)) + inRun,
      total: sum(trials),
      share,
      secondsLeft: share > 0 && elapsed >= ENOUGH_SECONDS ? (elapsed * (1 - share)) / share : null,
    }
  })

  const put = (experiment: KeptExperiment): void => {
    kept.value = new Map(kept.value).set(experiment.run, experiment)
  }
  const showRuns = (of: StoredExperiment, runs: readonly RunId[]): void => {
    shown.value = { ...shown.value, [of]: [...runs] }
  }

  /** Reads what a run found; whether it is over is known afterwards. */
  async function read(run: RunId): Promise<KeptExperiment> {
    const experiment = await lab.experiments.show({ run })
    put(experiment)
    return experiment
  }

  /** Waits for the end of a run, and reads what it found in the end. */
  async function follow(run: RunId): Promise<void> {
    const over = new Promise<void>((resolve) => (onOver = resolve))
    if (isLive(await read(run))) await over
    onOver = null
    await read(run)
  }

  async function perform(request: StoredRequest): Promise<void> {
    const row = await lab.experiments.start({ request, name: '' })
    const current = series.value
    if (!current) return
    series.value = { ...current, run: row.run }
    const { run, status } = row
    put({
      run,
      status,
      settings: request,
      seed: seedOf(request),
      trials: 0,
      totalTrials: trialsOf(request),
      result: null,
    })
    showRuns(current.kind, [...shown.value[current.kind], run])
    await save()
    if (current.isStopping) await tellStop(run)
    await follow(run)
  }

  /** Starts a series, whose results take the place of what was shown. */
  async function begin(of: StoredExperiment, requests: readonly StoredRequest[]): Promise<void> {
    if (series.value || requests.length === 0) return
    const before = shown.value[of]
    const startedAt = (now.value = performance.now())
    showRuns(of, [])
    try {
      for (let at = 0; at < requests.length && !series.value?.isStopping; at++) {
        series.value = { kind: of, requests, at, run: null, isStopping: false, startedAt }
        // What one rule refuses the others may bear.
        await notices.attempt(() => perform(requests[at]))
      }
    } finally {
      series.value = null
      if (shown.value[of].length === 0) showRuns(of, before)
    }
    await save()
  }

  const cueRows = (): ExperimentCue => ({ rows: toRows(table.cue, table.width) })

  async function start(): Promise<void> {
    const of = kind.value
    if (of === 'rules' || !canStart.value) return
    await begin(of, requestsOf(of, settings.value, network.value, cueRows()))
  }

  /** The same on three bundled letters by the Hebbian rule: few patterns, so that mixtures of three are attractors too. */
  async function startExample(): Promise<void> {
    const of = kind.value
    if (of === 'rules') return
    const whole = await lab.patterns.open({ id: FIRST_SET })
    const names = startingNames(
      FIRST_SET,
      whole.patterns.map(({ name }) => name),
    )
    const set = { ...whole, patterns: whole.patterns.filter(({ name }) => names.includes(name)) }
    const recall = { ...table.settings, rule: 'hebbian', update: 'asynchronous', bias: 'none', temperature: 0 } as const
    await begin(
      of,
      requestsOf(of, settings.value, { set, settings: recall }, { from: names[0], corrupt: EXAMPLE_CORRUPT }),
    )
  }

  /** Ends what runs; what it found stays. One that ended by itself meanwhile needs no end. */
  async function tellStop(run: RunId): Promise<void> {
    try {
      await lab.experiments.stop({ run })
    } catch (error) {
      if (!(error instanceof LabError) || error.code !== 'E_RUN_STATE') throw error
    }
  }

  async function stop(): Promise<void> {
    const current = series.value
    if (!current || current.isStopping) return
    series.value = { ...current, isStopping: true }
    if (current.run !== null) await tellStop(current.run)
  }

  /** Shows a run that was made at any time, with its settings; the rule it used lies on the table then. */
  async function openRun(run: RunId): Promise<StoredRequest | null> {
    const { settings: request } = await read(run)
    if (!isStoredRequest(request)) return null
    kind.value = request.kind
    settings.value = settingsOf(settings.value, request)
    if (request.kind !== 'capacity') table.change(request.settings)
    if (series.value?.kind !== request.kind) showRuns(request.kind, [run])
    await save()
    return request
  }

  /** Once more with the same settings and seed. */
  async function repeat(run: RunId): Promise<void> {
    const request = await openRun(run)
    if (request) await begin(request.kind, [request])
  }

  /** Does once more what is shown. */
  const repeatShown = (): Promise<void> => {
    const of = kind.value
    const requests = results.value.flatMap((experiment) =>
      isStoredRequest(experiment.settings) ? [experiment.settings] : [],
    )
    return of === 'rules' ? Promise.resolve() : begin(of, requests)
  }

  /** Runs that are gone are left out. */
  async function load(of: StoredExperiment): Promise<void> {
    const missing = shown.value[of].filter((run) => !kept.value.has(run))
    const answers = await Promise.allSettled(missing.map(read))
    const gone = missing.filter((_, index) => answers[index].status === 'rejected')
    if (gone.length > 0)
      showRuns(
        of,
        shown.value[of].filter((run) => !gone.includes(run)),
      )
    const live = resultsOf(of).find(isLive)
    if (live && !series.value && isStoredRequest(live.settings)) void goOnWith(of, live.run, live.settings)
  }

  /** A run that went on while the page was loaded anew. */
  async function goOnWith(of: StoredExperiment, run: RunId, request: StoredRequest): Promise<void> {
    const startedAt = (now.value = performance.now())
    series.value = { kind: of, requests: [request], at: 0, run, isStopping: false, startedAt }
    await notices.attempt(() => follow(run))
    series.value = null
  }

  /** What was asked for elsewhere, until the view is there to do it. */
  const asked = shallowRef<Asked | null>(null)

  let isOpen = false
  async function open(): Promise<void> {
    if (isOpen) return
    isOpen = true
    const draft = parseExperimentDraft(await lab.drafts.read({ key: DRAFT }))
    settings.value = draft.settings
    shown.value = draft.runs
    await choose(draft.kind)
  }

  async function doAsked(): Promise<void> {
    const deed = asked.value
    if (!deed) return
    asked.value = null
    await open()
    await (deed.deed === 'repeat' ? repeat(deed.run) : openRun(deed.run))
  }

  async function choose(next: Experiment): Promise<void> {
    kind.value = next
    if (next !== 'rules') await load(next)
  }

  async function save(): Promise<void> {
    const draft = { version: 1, kind: kind.value, settings: settings.value, runs: shown.value }
    await lab.drafts.write({ key: DRAFT, value: JSON.stringify(draft) })
  }

  function change<Of extends Experiment>(of: Of, patch: Partial<ExperimentSettings[Of]>): void {
    settings.value = { ...settings.value, [of]: { ...settings.value[of], ...patch } }
  }

  onEvent('experiment', ({ progress: { run, ...found } }) => {
    const known = kept.value.get(run)
    if (!known) return
    now.value = performance.now()
    put({ ...known, ...found })
  })
  onEvent('run', ({ row }) => {
    const known = kept.value.get(row.run)
    if (known && known.status !== row.status) put({ ...known, status: row.status })
    if (row.run === series.value?.run && isLive(known ?? row) && !isLive(row)) onOver?.()
  })
  // Events may have been lost: whether it is over is read anew.
  onEvent('resync', () => {
    const run = series.value?.run
    if (run) void read(run).then((experiment) => isLive(experiment) || onOver?.(), notices.fail)
  })

  return {
    kind,
    settings,
    shown,
    kept,
    series,
    network,
    canStart,
    results,
    resultsOf,
    isRunning,
    progress,
    asked,
    doAsked,
    open,
    choose,
    change,
    save,
    start,
    startExample,
    stop,
    openRun,
    repeat,
    repeatShown,
  }
})

/** Before so much time has gone nobody can tell how long it takes. */
const ENOUGH_SECONDS = 2
