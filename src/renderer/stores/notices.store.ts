/** Sentences that must be seen: errors and short confirmations, newest last. */
import { defineStore } from 'pinia'
import { ref } from 'vue'
import { isModelFault, LabError, reportError } from '../../shared'
import type { ErrorDetails } from '../../shared'
import { i18n } from '../i18n'

export interface Notice {
  readonly id: number
  readonly kind: 'error' | 'done'
  readonly text: string
  readonly action?: { readonly label: string; readonly run: () => void }
  /** After how long it leaves by itself; nothing: when it is dismissed. */
  readonly forMs?: number
}

/** The sentence of an error in the language in use. */
export function errorSentence(error: unknown): string {
  const { code, details } = reportError(error)
  return i18n.global.t(`errors.${code}`, { ...details, ...faultOf(details) })
}

/** What is wrong with a model's file is a sentence of its own. */
function faultOf({ fault, ...details }: ErrorDetails): ErrorDetails {
  return isModelFault(fault) ? { reason: i18n.global.t(`modelFaults.${fault}`, details) } : {}
}

export const useNoticesStore = defineStore('notices', () => {
  const notices = ref<Notice[]>([])
  let next = 1

  function show(notice: Omit<Notice, 'id'>): number {
    const id = next++
    notices.value = [...notices.value.slice(-2), { ...notice, id }]
    if (notice.forMs !== undefined) setTimeout(() => dismiss(id), notice.forMs)
    return id
  }

  function dismiss(id: number): void {
    notices.value = notices.value.filter((notice) => notice.id !== id)
  }

  /** Shows an error. What is no LabError is a defect of the page: it is thrown on, so that a test sees it. */
  function fail(error: unknown): void {
    show({ kind: 'error', text: errorSentence(error) })
    if (!(error instanceof LabError)) throw error
  }

  /** Runs an action whose error a person should see; answers whether it worked. */
  async function attempt(action: () => Promise<unknown>): Promise<boolean> {
    try {
      await action()
      return true
    } catch (error) {
      fail(error)
      return false
    }
  }

  return { notices, show, dismiss, fail, attempt }
})
