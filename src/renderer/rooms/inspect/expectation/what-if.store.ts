/** The change that is tried out: which character, by what, and how both texts are read. Overtaken answers are dropped. */
import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { TextComparison } from '../../../../shared'
import { LabError } from '../../../../shared'
import { lab } from '../../../bridge/lab'
import { useNoticesStore } from '../../../stores/notices.store'
import { TOP, useInspectStore } from '../inspect.store'
import { changedText, changeEffect, characterSpans, comparisonColumns, spanAt } from './what-if'

const ASK_DELAY_MS = 200

export const useWhatIfStore = defineStore('what-if', () => {
  const inspect = useInspectStore()
  const notices = useNoticesStore()
  /** The token that was chosen to be another. */
  const at = ref<number | null>(null)
  const replacement = ref('')
  const comparison = shallowRef<TextComparison | null>(null)
  const refusal = shallowRef<LabError | null>(null)
  let asked = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  const spans = computed(() => characterSpans(inspect.trace?.tokens ?? [], inspect.tokenKind))
  const span = computed(() => (at.value === null ? -1 : spanAt(spans.value, at.value)))
  /** What stands there. */
  const present = computed(() => spans.value[span.value]?.text ?? '')
  const columns = computed(() => (comparison.value ? comparisonColumns(comparison.value) : null))
  const effect = computed(() =>
    comparison.value && columns.value ? changeEffect(comparison.value, columns.value) : null,
  )

  function clear(): void {
    clearTimeout(timer)
    asked += 1
    at.value = null
    replacement.value = ''
    comparison.value = null
    refusal.value = null
  }

  /** Chooses the character that is to be another. */
  function choose(token: number): void {
    clear()
    at.value = token
  }

  async function ask(): Promise<void> {
    clearTimeout(timer)
    asked += 1
    const mine = asked
    const model = inspect.reference
    if (model === null || span.value < 0 || replacement.value === '' || replacement.value === present.value) {
      comparison.value = null
      refusal.value = null
      return
    }
    const text = spans.value.map((part) => part.text).join('')
    const changed = changedText(spans.value, span.value, replacement.value)
    try {
      const answer = await lab.inspect.compare({ ...model, text, changed, top: TOP, skipUnknown: false })
      if (mine !== asked) return
      comparison.value = answer
      refusal.value = null
    } catch (error) {
      if (mine !== asked) return
      comparison.value = null
      if (error instanceof LabError && error.code === 'E_SYMBOLS_UNKNOWN') refusal.value = error
      else notices.fail(error)
    }
  }

  /** Asks when the typing pauses. */
  function type(next: string): void {
    replacement.value = next
    clearTimeout(timer)
    timer = setTimeout(() => void ask(), ASK_DELAY_MS)
  }

  return { at, replacement, comparison, refusal, present, columns, effect, choose, type, ask, clear }
})
