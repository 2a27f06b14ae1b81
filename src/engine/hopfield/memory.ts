/** Stores patterns by a rule. */
import { EngineError } from '../error'
import { createDense } from './dense'
import { createHebbian, createPseudoInverse, hebbianBias } from './linear'
import { createModern } from './modern'
import type { Memory, RuleName } from './rule'
import { createStorkey } from './storkey'

export interface MemorySettings {
  readonly rule: RuleName
  /** For the three linear rules. */
  readonly bias: 'none' | 'hebbian'
  /** n of `dense`. */
  readonly degree: number
  /** β of `modern`. */
  readonly beta: number
}

export interface NamedPattern {
  readonly name: string
  /** N values of ±1. */
  readonly values: Int8Array
}

/** @throws EngineError E_PATTERNS_NONE, E_PATTERN for unequal sizes, E_PATTERNS_EQUAL, E_PATTERNS_DEPENDENT, E_NETWORK_TOO_LARGE */
export function createMemory(patterns: readonly NamedPattern[], settings: MemorySettings): Memory {
  const N = assertPatterns(patterns)
  const values = patterns.map((pattern) => pattern.values)
  const names = patterns.map((pattern) => pattern.name)
  const bias = settings.bias === 'hebbian' ? hebbianBias(values, N) : new Float64Array(N)
  switch (settings.rule) {
    case 'hebbian':
      return createHebbian(values, N, bias)
    case 'storkey':
      return createStorkey(values, N, bias)
    case 'pseudo-inverse':
      return createPseudoInverse(values, names, N, bias)
    case 'dense':
      return createDense(values, N, settings.degree)
    case 'modern':
      return createModern(values, N, settings.beta)
  }
}

/** @returns N @throws EngineError E_PATTERNS_NONE, E_PATTERN, E_PATTERNS_EQUAL */
export function assertPatterns(patterns: readonly NamedPattern[]): number {
  if (patterns.length === 0) throw new EngineError('E_PATTERNS_NONE')
  const N = patterns[0].values.length
  patterns.forEach(({ name, values }, m) => {
    if (values.length !== N) {
      throw new EngineError('E_PATTERN', { name, reason: `it has ${values.length} cells, the first pattern has ${N}` })
    }
    const twin = patterns.slice(0, m).find((other) => isEqual(other.values, values))
    if (twin) throw new EngineError('E_PATTERNS_EQUAL', { first: twin.name, second: name })
  })
  return N
}

function isEqual(a: Int8Array, b: Int8Array): boolean {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false
  return true
}
