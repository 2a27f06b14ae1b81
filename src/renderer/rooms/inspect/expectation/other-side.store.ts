/** The network that reads from the other side: which there are, which is chosen, and what it made of the text. */
import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { ModelReference, Trace } from '../../../../shared'
import { lab } from '../../../bridge/lab'
import { useNoticesStore } from '../../../stores/notices.store'
import { useRunsStore } from '../../../stores/runs.store'
import { TOP, useInspectStore } from '../inspect.store'
import { areOppositeSides, possibleOthers, turnedText } from './other-side'

/** More runs of one text than these aren't looked through. */
const MOST_LOOKED_AT = 40

export interface OtherSide {
  readonly id: string
  readonly name: string
  readonly model: ModelReference
}

export const useOtherSideStore = defineStore('other-side', () => {
  const inspect = useInspectStore()
  const runs = useRunsStore()
  const notices = useNoticesStore()
  const others = shallowRef<readonly OtherSide[]>([])
  const chosen = ref<string | null>(null)
  const trace = shallowRef<Trace | null>(null)
  let looked = 0
  let asked = 0

  const other = computed(() => others.value.find(({ id }) => id === chosen.value) ?? null)

  /** Bundled models have their other side; a run has those that learnt the same bytes from the other end. */
  async function look(language: 'en' | 'ko'): Promise<void> {
    looked += 1
    const mine = looked
    await notices.attempt(async () => {
      const found = inspect.bundled === null ? await ofRun() : ofBundled(language)
      if (mine !== looked) return
      others.value = found
      if (!found.some(({ id }) => id === chosen.value)) chosen.value = found[0]?.id ?? null
      await read()
    })
  }

  function ofBundled(language: 'en' | 'ko'): OtherSide[] {
    const otherId = inspect.example?.otherSide
    const model = inspect.bundledModels.find(({ id }) => id === otherId)
    return model ? [{ id: model.id, name: model.title[language], model: { model: model.id } }] : []
  }

  async function ofRun(): Promise<OtherSide[]> {
    const own = inspect.detail
    if (own === null) return []
    const rows = possibleOthers(runs.list, own.run).slice(0, MOST_LOOKED_AT)
    const details = await Promise.all(rows.map(({ run }) => lab.runs.show({ run })))
    return details
      .filter((detail) => areOppositeSides(own, detail))
      .map(({ run, name }) => ({ id: run, name, model: { run, step: null } }))
  }

  async function read(): Promise<void> {
    asked += 1
    const mine = asked
    const tokens = inspect.trace?.tokens
    const text = tokens ? turnedText(tokens, inspect.tokenKind) : null
    if (other.value === null || text === null) {
      trace.value = null
      return
    }
    const answer = await lab.inspect.trace({ ...other.value.model, text, top: TOP, skipUnknown: false })
    if (mine === asked) trace.value = answer.tokens.length === tokens?.length ? answer : null
  }

  async function choose(id: string): Promise<void> {
    chosen.value = id
    await notices.attempt(read)
  }

  return { others, chosen, other, trace, look, choose }
})
