/** The data as a whole: a backup or a new folder that was chosen, and what comes of it while a person waits. */
import { defineStore } from 'pinia'
import { computed, shallowRef } from 'vue'
import { LabError } from '../../../shared'
import type { ChosenBackup, ChosenPlace, DataProgress } from '../../../shared'
import { onEvent } from '../../bridge/events'
import { lab } from '../../bridge/lab'
import { i18n } from '../../i18n'
import { createFormatter } from '../../i18n/format'
import { useAppStore } from '../../stores/app.store'
import { useNoticesStore } from '../../stores/notices.store'

export const useDataStore = defineStore('data', () => {
  const app = useAppStore()
  const notices = useNoticesStore()
  const backup = shallowRef<ChosenBackup | null>(null)
  const place = shallowRef<ChosenPlace | null>(null)
  const progress = shallowRef<DataProgress | null>(null)
  const isWorking = computed(() => progress.value !== null)
  /** Once the data are being opened there is nothing to end any more. */
  const canStop = computed(() => progress.value !== null && progress.value.stage !== 'settle')

  onEvent('data', (event) => {
    if (isWorking.value) progress.value = event.progress
  })

  const chooseBackup = () =>
    notices.attempt(async () => {
      if (!isWorking.value) backup.value = await lab.data.chooseBackup({})
    })
  const choosePlace = () =>
    notices.attempt(async () => {
      if (!isWorking.value) place.value = await lab.data.choosePlace({})
    })

  /** What was stopped by a person is no error to them. */
  async function perform(first: DataProgress['stage'], work: () => Promise<unknown>): Promise<void> {
    progress.value = { stage: first, share: 0 }
    try {
      await work()
      progress.value = { stage: 'settle', share: 1 } // until the page is loaded again
    } catch (error) {
      progress.value = null
      backup.value = place.value = null
      if (!(error instanceof LabError) || error.code !== 'E_CANCELLED') notices.fail(error)
    }
  }

  async function restore(): Promise<void> {
    const { token } = backup.value ?? {}
    if (token !== undefined) await perform('unpack', () => lab.data.restore({ token }))
  }

  async function move(): Promise<void> {
    const { token } = place.value ?? {}
    if (token !== undefined) await perform('copy', () => lab.data.move({ token }))
  }

  /** Of what is chosen, or of what is going on. */
  function leave(): void {
    if (canStop.value) void notices.attempt(() => lab.data.cancel({}))
    if (!isWorking.value) backup.value = place.value = null
  }

  /** The first page after a restore says what came of it. */
  function tellRestored(): void {
    const restored = app.info?.restored
    if (!restored) return
    const { t, locale } = i18n.global
    const { whole } = createFormatter(locale.value, (key, named) => t(key, named))
    const done = t('settings.restore.done', { count: whole(restored.runs) }, restored.runs)
    const kept = restored.keptAs === null ? '' : ` ${t('settings.restore.kept', { folder: restored.keptAs })}`
    notices.show({ kind: 'done', text: done + kept })
  }

  return { backup, place, progress, isWorking, canStop, chooseBackup, choosePlace, restore, move, leave, tellRestored }
})
