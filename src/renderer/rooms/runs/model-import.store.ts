/**
 * The model of a run that was trained on elsewhere, brought back as a run whose parent is the first: its file chosen, its
 * alphabet asked for where it holds tensors alone.
 */
import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'
import type { ChosenModel, RunId } from '../../../shared'
import { lab } from '../../bridge/lab'
import { i18n } from '../../i18n'
import { useNoticesStore } from '../../stores/notices.store'
import type { GivenAlphabet } from '../inspect/model-file/alphabet'
import { useBrowseStore } from './browse/browse.store'

const TOLD_MS = 6000

export const useModelImportStore = defineStore('model-import', () => {
  const notices = useNoticesStore()
  const browse = useBrowseStore()
  /** One whose alphabet is asked for. */
  const asked = shallowRef<ChosenModel | null>(null)
  const busy = ref(false)
  let parent: RunId | null = null

  async function whileBusy(work: () => Promise<unknown>): Promise<void> {
    if (busy.value) return
    busy.value = true
    await notices.attempt(work)
    busy.value = false
  }

  async function take({ token, name }: ChosenModel, alphabet: GivenAlphabet | null): Promise<void> {
    const given = alphabet && { tokens: alphabet.tokens, symbols: alphabet.symbols }
    await lab.carry.takeModel({ token, alphabet: given, probe: alphabet?.probe ?? null, parent })
    asked.value = null
    await browse.refresh()
    notices.show({ kind: 'done', text: i18n.global.t('runs.modelTaken', { name }), forMs: TOLD_MS })
  }

  const begin = (of: RunId) =>
    whileBusy(async () => {
      const chosen = await lab.carry.chooseModel({})
      if (chosen === null) return
      parent = of
      if (chosen.hasAlphabet) await take(chosen, null)
      else asked.value = chosen
    })
  /** Takes in the one that was asked about. */
  const answer = (alphabet: GivenAlphabet) =>
    whileBusy(async () => {
      if (asked.value) await take(asked.value, alphabet)
    })
  const close = (): void => void (asked.value = null)

  return { asked, busy, begin, answer, close }
})
