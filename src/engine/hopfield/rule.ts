/**
 * The rules of a Hopfield network as one interface: the field a neuron feels and the energy of a state. Patterns are ±1
 * vectors ξ of N neurons; every rule has a zero diagonal (a neuron feels nothing of itself).
 */

export type RuleName = 'hebbian' | 'storkey' | 'pseudo-inverse' | 'dense' | 'modern'

/** A memory with a state it follows: the state is changed through `flip` alone, so that overlaps can be kept up to date. */
export interface Memory {
  readonly neurons: number
  /** Begins to follow a state; the array stays the caller's and is changed by `flip`. */
  readonly follow: (state: Int8Array) => void
  /** What neuron i feels: its sign is what the neuron becomes. */
  readonly field: (i: number) => number
  /** Turns neuron i over. */
  readonly flip: (i: number) => void
  /** Whether turning neuron i over changes E by exactly 2 s_i field(i). */
  readonly isLinear: boolean
  /** E of the state followed, from its overlaps. */
  readonly energy: () => number
}

/** A field smaller than this counts as none: the neuron stays. */
export const NO_FIELD = 1e-12

/** m = (1/N) ξ · s */
export function overlap(pattern: Int8Array, state: Int8Array): number {
  let sum = 0
  for (let i = 0; i < state.length; i++) sum += pattern[i] * state[i]
  return sum / state.length
}

/** bᵀ s */
export function biasEnergy(bias: Float64Array, state: Int8Array): number {
  let sum = 0
  for (let i = 0; i < state.length; i++) sum += bias[i] * state[i]
  return sum
}
