/**
 * A model's file on its way into the room: chosen or dropped, its alphabet asked for where it holds tensors alone, then taken
 * in as a run and shown.
 */
import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'
import type { ChosenModel } from '../../../../shared'
import { currentBridge, lab, open } from '../../../bridge/lab'
import { i18n } from '../../../i18n'
import { useAppStore } from '../../../stores/app.store'
import { useNoticesStore } from '../../../stores/notices.store'
import { useRunsStore } from '../../../stores/runs.store'
import { useInspectStore } from '../inspect.store'
import type { GivenAlphabet } from './alphabet'

const TOLD_MS = 6000

export const useModelFileStore = defineStore('model-file', () => {
  const app = useAppStore()
  const runs = useRunsStore()
  const notices = useNoticesStore()
  const inspect = useInspectStore()
  /** One whose alphabet is asked for. */
  const asked = shallowRef<ChosenModel | null>(null)
  const busy = ref(false)

  async function whileBusy(work: () => Promise<unknown>): Promise<boolean> {
    if (busy.value) return false
    busy.value = true
    const isDone = await notices.attempt(work)
    busy.value = false
    return isDone
  }

  async function consider(chosen: ChosenModel | null): Promise<void> {
    if (chosen === null) return
    if (chosen.hasAlphabet) await take(chosen, null)
    else asked.value = chosen
  }

  async function take({ token, name }: ChosenModel, alphabet: GivenAlphabet | null): Promise<void> {
    const given = alphabet && { tokens: alphabet.tokens, symbols: alphabet.symbols }
    const row = await lab.carry.takeModel({ token, alphabet: given, probe: alphabet?.probe ?? null, parent: null })
    runs.put(row)
    asked.value = null
    notices.show({ kind: 'done', text: i18n.global.t('inspect.modelFile.opened', { name }), forMs: TOLD_MS })
    await inspect.openRun(row.run)
    await app.change({ run: row.run })
  }

  const choose = () => whileBusy(async () => consider(await lab.carry.chooseModel({})))
  const takeChosen = (token: string) => whileBusy(async () => consider(await lab.carry.lookAtModel({ token })))
  const drop = (files: readonly File[]) =>
    whileBusy(async () => {
      if (files.length === 1) await consider(open(await currentBridge().dropModel(files[0])))
      else notices.show({ kind: 'error', text: i18n.global.t('inspect.modelFile.oneAtATime') })
    })
  /** Takes in the one that was asked about. */
  const answer = (alphabet: GivenAlphabet) =>
    whileBusy(async () => {
      if (asked.value) await take(asked.value, alphabet)
    })
  const close = (): void => void (asked.value = null)

  return { asked, busy, choose, takeChosen, drop, answer, close }
})
