/** What the memory is made of, asked of the lab while the Memory view is open: W and b, one neuron's weights, overlaps. */
import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { RecallWeights } from '../../../../shared'
import { lab } from '../../../bridge/lab'
import { errorSentence } from '../../../stores/notices.store'
import { useRecallStore } from '../recall.store'
import { isLinear } from './rule-formulas'
import type { ShelfEntry } from './shelf'

export interface StoredOverlaps {
  /** In the order of the overlaps. */
  readonly entries: readonly ShelfEntry[]
  /** (P, P) */
  readonly values: Float64Array
}

/** One neuron's weights to all others. */
export interface NeuronWeights {
  readonly neuron: number
  /** (N) */
  readonly row: Float64Array
  readonly bias: number
}

export const useWeightsStore = defineStore('recall-weights', () => {
  const table = useRecallStore()
  const map = shallowRef<RecallWeights | null>(null)
  const chosen = shallowRef<NeuronWeights | null>(null)
  const overlaps = shallowRef<StoredOverlaps | null>(null)
  /** Why there is no W: a sentence. */
  const problem = ref<string | null>(null)
  /** The neuron that was chosen last. */
  const neuron = ref(0)
  let asked = 0
  let askedNeuron = 0

  const isWhole = computed(() => map.value !== null && map.value.rows.length === map.value.neurons)
  const request = (rows: number[] | null) => ({ set: table.storedSet, settings: table.settings, rows })

  async function readMap(mine: number): Promise<void> {
    try {
      const found =
        isLinear(table.settings.rule) && table.stored.length > 0 ? await lab.recall.weights(request(null)) : null
      if (mine !== asked) return
      map.value = found
      problem.value = null
      await choose(found ? Math.min(neuron.value, found.neurons - 1) : 0)
    } catch (error) {
      if (mine !== asked) return
      map.value = chosen.value = null
      problem.value = errorSentence(error)
    }
  }

  async function readOverlaps(mine: number): Promise<void> {
    const entries = table.stored
    const values = entries.length > 0 ? await lab.recall.overlaps({ set: table.storedSet }) : new Float64Array(0)
    if (mine === asked) overlaps.value = { entries, values }
  }

  /** Asks for everything anew; an answer that comes too late is let go. */
  async function refresh(): Promise<void> {
    const mine = ++asked
    await Promise.all([readMap(mine), readOverlaps(mine)])
  }

  /** Looks at one neuron's weights: out of the map where it is whole, else by its row. */
  async function choose(next: number): Promise<void> {
    neuron.value = next
    const mine = ++askedNeuron
    const current = map.value
    if (!current) {
      chosen.value = null
      return
    }
    const N = current.neurons
    const row = isWhole.value
      ? current.values.subarray(next * N, (next + 1) * N)
      : (await lab.recall.weights(request([next]))).values
    if (mine === askedNeuron && map.value === current) chosen.value = { neuron: next, row, bias: current.bias[next] }
  }

  return { map, isWhole, chosen, neuron, overlaps, problem, refresh, choose }
})
