/**
 * What the form would hold without a person's changes: the lab's first values, those suggested for the text, those of a
 * preset or those of the run whose setting is changed. Only what differs from them was changed by a person.
 */
import { computed, shallowRef } from 'vue'
import type { RunConfiguration } from '../../../../shared'

export const SUGGESTION_SOURCES = ['first', 'text', 'preset', 'run'] as const
export type SuggestionSource = (typeof SUGGESTION_SOURCES)[number]

/** Times a text is read from which on a network can learn it by heart. */
const MANY_PASSES = 10
/** Validations without a better one after which such a run ends by itself: a tenth of them may be bad luck, not ten in a row. */
const PATIENCE = 10

/**
 * A run over a short text reads it many times, overfits, and should stop by itself; a text that is read only a few times can
 * hardly be learnt by heart. A text made for a memory task is left to its end: there the loss stands still for long before
 * the network finds out what must be remembered.
 */
export function suggestPatience(epochs: number, isTask: boolean): number {
  return epochs >= MANY_PASSES && !isTask ? PATIENCE : 0
}

/** @param configuration the form's, changed in place */
export function useSuggestions(configuration: RunConfiguration, first: RunConfiguration) {
  const base = shallowRef<RunConfiguration>({ ...first })
  const source = shallowRef<SuggestionSource>('first')
  type Name = keyof RunConfiguration

  const isChanged = (name: Name): boolean => configuration[name] !== base.value[name]

  /** Gives every setting its new suggestion; what a person changed stays. */
  function suggest(next: RunConfiguration, from: SuggestionSource): void {
    const untouched = (Object.keys(next) as Name[]).filter((name) => !isChanged(name))
    Object.assign(configuration, Object.fromEntries(untouched.map((name) => [name, next[name]])))
    base.value = { ...next }
    source.value = from
  }

  /** Sets these values, whatever a person had changed of them. */
  function impose(values: Partial<RunConfiguration>, from: SuggestionSource): void {
    Object.assign(configuration, values)
    base.value = { ...base.value, ...values }
    source.value = from
  }

  return {
    base: computed(() => base.value),
    source: computed(() => source.value),
    isChanged,
    suggest,
    impose,
  }
}
