/** Every run's row, kept up to date by events. Large, so replaced and never reactive inside. */
import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import type { RunRow } from '../../shared'
import { onEvent } from '../bridge/events'
import { lab } from '../bridge/lab'

export const useRunsStore = defineStore('runs', () => {
  const rows = shallowRef<ReadonlyMap<string, RunRow>>(new Map())
  const loaded = shallowRef(false)

  /** Newest first. */
  const list = computed(() => [...rows.value.values()].sort((a, b) => b.createdAt - a.createdAt))
  /** The run this app trains now, or that waits for a person. */
  const active = computed(() => {
    const own = list.value.filter((row) => row.here && row.kind === 'training')
    return own.find((row) => row.status === 'running') ?? own.find((row) => row.status === 'paused') ?? null
  })

  /** What this app does now: what it trains before an experiment, and that before a run that waits for a person. */
  const current = computed(() => {
    if (active.value?.status === 'running') return active.value
    const isExperiment = (row: RunRow): boolean => row.here && row.kind !== 'training' && row.status === 'running'
    return list.value.find(isExperiment) ?? active.value
  })

  function put(row: RunRow): void {
    rows.value = new Map(rows.value).set(row.run, row)
  }

  async function load(): Promise<void> {
    const listed = await lab.runs.list({})
    rows.value = new Map(listed.map((row) => [row.run, row]))
    loaded.value = true
  }

  onEvent('run', (event) => put(event.row))
  onEvent('resync', () => void load())

  return { rows, list, active, current, loaded, load, put }
})
