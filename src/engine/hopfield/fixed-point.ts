/** Whether a memory holds a state: no neuron would change. */
import { NO_FIELD } from './rule'
import type { Memory } from './rule'

/**
 * @param memory follows a copy of the state afterwards
 * @param state N values of ±1
 */
export function isFixedPoint(memory: Memory, state: Int8Array): boolean {
  const copy = state.slice()
  memory.follow(copy)
  for (let i = 0; i < copy.length; i++) {
    const field = memory.field(i)
    if (Math.abs(field) >= NO_FIELD && field > 0 !== copy[i] > 0) return false
  }
  return true
}
