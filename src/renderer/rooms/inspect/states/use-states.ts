/** Which values the Hidden states view shows, in which order, and which unit is looked at. Large arrays stay unobserved. */
import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue'
import type { ComputedRef, Ref, ShallowRef } from 'vue'
import { LabError } from '../../../../shared'
import { useNoticesStore } from '../../../stores/notices.store'
import { quantitiesOf, symmetricLimit } from '../hidden-states'
import type { Quantity } from '../hidden-states'
import { readStates } from '../read-states'
import { orderUnits } from '../unit-order'
import type { LayerValues } from '../unit-order'
import type { ViewSubject } from '../view-subject'
import { moveRow, orderBySimilarity } from './unit-analysis'

export const STATE_ORDERS = ['index', 'peak', 'similar', 'hand'] as const
export type StateOrder = (typeof STATE_ORDERS)[number]

export interface States {
  readonly quantities: ComputedRef<readonly Quantity[]>
  readonly quantity: Ref<Quantity>
  readonly layer: Ref<number>
  readonly of: ShallowRef<LayerValues | null>
  readonly order: Ref<StateOrder>
  /** (H) units from top to bottom. */
  readonly units: ComputedRef<Uint32Array>
  readonly unit: Ref<number>
  readonly limit: ComputedRef<number>
  readonly moveUnit: (from: number, to: number) => void
}

/** Values that are looked through for the end of the colours. */
const LIMIT_SAMPLE = 50_000

function limitOf({ values, steps, layers, units, layer }: LayerValues): number {
  const total = steps * units
  const every = Math.max(1, Math.floor(total / LIMIT_SAMPLE))
  const sample = new Float32Array(Math.floor(total / every))
  for (let k = 0; k < sample.length; k++) {
    const at = k * every
    sample[k] = values[(Math.floor(at / units) * layers + layer) * units + (at % units)]
  }
  return symmetricLimit(sample)
}

export function useStates(subject: () => ViewSubject): States {
  const notices = useNoticesStore()
  const chosenQuantity = ref<Quantity>('hidden')
  const chosenLayer = ref(0)
  const order = ref<StateOrder>('index')
  const chosenUnit = ref(0)
  const hand = shallowRef<Uint32Array>(new Uint32Array())
  const of = shallowRef<LayerValues | null>(null)
  let asked = 0

  const quantities = computed(() => quantitiesOf(subject().trace.model.cell))
  const quantity = computed({
    get: () => (quantities.value.includes(chosenQuantity.value) ? chosenQuantity.value : 'hidden'),
    set: (next) => (chosenQuantity.value = next),
  })
  const layer = computed({
    get: () => Math.min(chosenLayer.value, subject().trace.model.layers - 1),
    set: (next) => (chosenLayer.value = next),
  })
  const unit = computed({
    get: () => Math.min(chosenUnit.value, subject().trace.model.hidden - 1),
    set: (next) => (chosenUnit.value = next),
  })
  const numbered = computed(() => Uint32Array.from({ length: of.value?.units ?? 0 }, (_, k) => k))
  const units = computed(() => {
    if (!of.value || order.value === 'index') return numbered.value
    if (order.value === 'hand') return hand.value.length === of.value.units ? hand.value : numbered.value
    return order.value === 'similar' ? orderBySimilarity(of.value) : orderUnits(of.value, 'peak')
  })
  const limit = computed(() => (quantity.value === 'cell' && of.value ? limitOf(of.value) : 1))

  async function read(): Promise<void> {
    asked += 1
    const mine = asked
    const { trace } = subject()
    const { layers, hidden } = trace.model
    const shown = { layer: layer.value, steps: trace.tokens.length, layers, units: hidden }
    try {
      const values = await readStates(subject(), quantity.value, () => mine !== asked)
      if (mine === asked) of.value = { values, ...shown }
    } catch (error) {
      if (mine === asked && !(error instanceof LabError && error.code === 'E_CANCELLED')) notices.fail(error)
    }
  }

  /** What stood there when the first row was taken is what the hand's order begins with. */
  function begin(next: StateOrder, before: StateOrder | undefined): void {
    if (next !== 'hand' || !of.value || before === undefined) return
    if (before === 'peak') hand.value = orderUnits(of.value, 'peak')
    else if (before === 'similar') hand.value = orderBySimilarity(of.value)
    else if (hand.value.length !== of.value.units) hand.value = numbered.value
  }

  watch(order, begin, { flush: 'sync' })
  watch(
    () => [subject().trace, subject().model, quantity.value, layer.value],
    () => void read(),
    { immediate: true },
  )
  onScopeDispose(() => (asked += 1))

  return {
    quantities,
    quantity,
    layer,
    of,
    order,
    units,
    unit,
    limit,
    moveUnit: (from, to) => (hand.value = moveRow(units.value, from, to)),
  }
}
