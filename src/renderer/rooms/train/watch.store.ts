/** The run that is watched: its curve as it grows, and the newest of what it shows of itself. */
import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import { LabError } from '../../../shared'
import type { Baseline, ErrorCode, RunCurve, RunDetail, RunSnapshot } from '../../../shared'
import { onEvent } from '../../bridge/events'
import { lab } from '../../bridge/lab'
import { LIVE_INTERVAL_MS } from '../../composables/frame'
import { useNoticesStore } from '../../stores/notices.store'
import { useRunsStore } from '../../stores/runs.store'
import { CurveBuffer } from './curve-buffer'

/** Tokens: beyond it counting takes some seconds of the thread that reads texts. */
const MOST_COUNTED_UNASKED = 5_000_000
const UNCOUNTED: ReadonlySet<ErrorCode> = new Set(['E_CORPUS_GONE', 'E_NOTHING_HELD_OUT', 'E_RUN_STATE'])

export const useWatchStore = defineStore('watch', () => {
  const runs = useRunsStore()
  const notices = useNoticesStore()
  const run = ref<string | null>(null)
  const detail = shallowRef<RunDetail | null>(null)
  const curve = shallowRef<RunCurve | null>(null)
  const snapshot = shallowRef<RunSnapshot | null>(null)
  const temperature = ref(0.8)
  /** What counting reaches on its text, once that is known. */
  const baseline = shallowRef<Baseline | null>(null)
  /** A text so long that it is counted only when a person asks. */
  const countingWaits = ref(false)
  let buffer = new CurveBuffer()
  let refresh: number | null = null

  const row = computed(() => (run.value === null ? null : (runs.rows.get(run.value) ?? null)))
  /** What it writes: live, or the last of a run that has ended. */
  const sample = computed(() => snapshot.value?.sample ?? detail.value?.sample ?? '')

  function show(): void {
    refresh = null
    curve.value = buffer.view()
  }

  function showSoon(): void {
    refresh ??= window.setTimeout(show, LIVE_INTERVAL_MS)
  }

  async function read(watched: string): Promise<void> {
    const [nextDetail, nextCurve] = await Promise.all([
      lab.runs.show({ run: watched }),
      lab.runs.curve({ run: watched }),
    ])
    if (run.value !== watched) return
    detail.value = nextDetail
    buffer = new CurveBuffer(nextCurve)
    show()
  }

  async function watch(next: string | null): Promise<void> {
    if (next === run.value) return
    run.value = next
    detail.value = null
    snapshot.value = null
    baseline.value = null
    countingWaits.value = false
    buffer = new CurveBuffer()
    show()
    if (next === null) return
    await read(next)
    void notices.attempt(countUnlessLong)
    if (row.value?.here) await lab.training.watch({ run: next, probe: null, temperature: temperature.value })
    else await traceProbe(next)
  }

  async function countUnlessLong(): Promise<void> {
    const made = detail.value
    if (!made?.configuration || made.configuration.validation === 0) return
    const isLong = made.corpora.reduce((sum, { tokens }) => sum + tokens, 0) > MOST_COUNTED_UNASKED
    await count(isLong)
    countingWaits.value = isLong && run.value === made.run && baseline.value === null
  }

  /** What was counted before is there at once. A text that isn't kept here, or too short to hold any of it out, has no floors. */
  async function count(onlyKnown = false): Promise<void> {
    const counted = run.value
    if (counted === null) return
    countingWaits.value = false
    try {
      const found = await lab.corpora.baseline({ run: counted, onlyKnown })
      if (run.value === counted) baseline.value = found
    } catch (error) {
      if (!(error instanceof LabError) || !UNCOUNTED.has(error.code)) throw error
    }
  }

  async function changeRate(learningRate: number): Promise<void> {
    const changed = run.value
    if (changed === null) return
    await lab.training.changeRate({ run: changed, learningRate })
    const next = await lab.runs.show({ run: changed })
    if (run.value === changed) detail.value = next
  }

  /** A run that isn't trained here shows what its last parameters do with its probe text. */
  async function traceProbe(watched: string): Promise<void> {
    const { probe, modelStep } = detail.value ?? {}
    if (!probe || modelStep == null) return
    const trace = await lab.inspect.trace({ run: watched, text: probe, top: 1, skipUnknown: true })
    if (run.value !== watched || snapshot.value !== null) return
    const { layers, hidden: units } = trace.model
    const { tokens, hidden } = trace
    const written = detail.value?.sample ?? ''
    snapshot.value = { run: watched, step: modelStep, probe: tokens, hidden, layers, units, sample: written }
  }

  async function setTemperature(next: number): Promise<void> {
    temperature.value = next
    if (run.value !== null && row.value?.here) {
      await lab.training.watch({ run: run.value, probe: null, temperature: next })
    }
  }

  onEvent('points', (event) => {
    if (event.run !== run.value) return
    buffer.append(event.points)
    showSoon()
  })
  onEvent('snapshot', (event) => {
    if (event.snapshot.run === run.value) snapshot.value = event.snapshot
  })
  onEvent('resync', () => {
    if (run.value !== null) void notices.attempt(() => read(run.value ?? ''))
  })

  return {
    run,
    row,
    detail,
    curve,
    snapshot,
    sample,
    temperature,
    baseline,
    countingWaits,
    watch,
    count,
    changeRate,
    setTemperature,
  }
})
