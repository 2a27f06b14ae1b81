/** How the loss is looked at: a choice that stays while runs come and go. */
import { defineStore } from 'pinia'
import { ref } from 'vue'
import type { LossUnit, XAxis } from './loss-scale'

const SMOOTHING = 0.9

export const useLossViewStore = defineStore('loss-view', () => {
  const unit = ref<LossUnit>('nats')
  const axis = ref<XAxis>('step')
  const isLogarithmic = ref(false)
  const smoothing = ref(SMOOTHING)
  return { unit, axis, isLogarithmic, smoothing }
})
