/** Which side of the room is open: the recall, the memory behind it, or experiments; kept over a restart. */
import { defineStore } from 'pinia'
import { ref } from 'vue'
import { lab } from '../../bridge/lab'

export const RECALL_VIEWS = ['recall', 'memory', 'experiments'] as const
export type RecallView = (typeof RECALL_VIEWS)[number]

const DRAFT = 'recall-view'

export const useRecallViewStore = defineStore('recall-view', () => {
  const view = ref<RecallView>('recall')

  async function open(): Promise<void> {
    const kept = await lab.drafts.read({ key: DRAFT })
    view.value = RECALL_VIEWS.find((known) => known === kept) ?? 'recall'
  }

  async function show(next: RecallView): Promise<void> {
    view.value = next
    await lab.drafts.write({ key: DRAFT, value: next })
  }

  return { view, open, show }
})
