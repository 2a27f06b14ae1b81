/** Runs chosen in the list: one that is looked at, and any number that something is done with. */
import { computed, shallowRef } from 'vue'
import type { Ref } from 'vue'
import type { Line } from './browse.store'

export function useSelection(lines: Ref<readonly Line[]>, chosen: Ref<string | null>) {
  const selected = shallowRef<ReadonlySet<string>>(new Set())
  let anchor: string | null = null

  const indexOf = (run: string | null): number => (run === null ? -1 : lines.value.indexOf(run))

  function toggle(run: string): void {
    const next = new Set(selected.value)
    if (!next.delete(run)) next.add(run)
    selected.value = next
    anchor = run
  }

  /** All from where the last one was chosen to here. */
  function extendTo(run: string): void {
    const [from, to] = [indexOf(anchor ?? chosen.value), indexOf(run)]
    if (from < 0 || to < 0) return toggle(run)
    const between = lines.value.slice(Math.min(from, to), Math.max(from, to) + 1)
    selected.value = new Set([...selected.value, ...between.filter((line) => typeof line === 'string')])
  }

  function selectAll(): void {
    selected.value = new Set(lines.value.filter((line) => typeof line === 'string'))
  }

  /** These and no others. */
  function replace(runs: readonly string[]): void {
    selected.value = new Set(runs)
    anchor = null
  }

  function clear(): void {
    selected.value = new Set()
    anchor = null
  }

  function drop(runs: readonly string[]): void {
    const next = new Set(selected.value)
    for (const run of runs) next.delete(run)
    selected.value = next
  }

  /** What an action is about: those selected, else the one looked at. */
  const meant = computed<readonly string[]>(() =>
    selected.value.size > 0 ? [...selected.value] : chosen.value === null ? [] : [chosen.value],
  )
  return { selected, meant, toggle, extendTo, selectAll, replace, clear, drop, indexOf }
}
export type Selection = ReturnType<typeof useSelection>
