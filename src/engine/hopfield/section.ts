/**
 * The energy of a rule on a plane through two or three stored patterns: a section of it, for states of real numbers.
 * A point of the plane is a combination s = Σ c_k ξ^k of the patterns that span it, so its energy needs no vector of N
 * numbers: O(1) for the rules linear in the state, O(P) for the others.
 */
import { EngineError } from '../error'
import { denseEnergy } from './dense'
import { hebbianBias } from './linear'
import type { MemorySettings } from './memory'
import { modernEnergy } from './modern'
import { overlap } from './rule'
import type { Memory } from './rule'

/** E of s = Σ c_k ξ^k. @param coefficients c (K) */
export type SectionEnergy = (coefficients: Float64Array) => number

/** @param spanning (K) the patterns that span it, of those stored */
export function createSectionEnergy(
  memory: Memory,
  patterns: readonly Int8Array[],
  spanning: readonly Int8Array[],
  settings: MemorySettings,
): SectionEnergy {
  const N = memory.neurons
  if (memory.isLinear) return linearEnergy(memory, patterns, spanning, settings)
  const K = spanning.length
  const products = Float64Array.from(patterns.flatMap((pattern) => spanning.map((of) => N * overlap(pattern, of)))) // (P, K)
  const squares = Float64Array.from(spanning.flatMap((a) => spanning.map((b) => N * overlap(a, b)))) // (K, K)
  const combined = new Float64Array(patterns.length) // ξ^μ · s
  return (c) => {
    for (let m = 0; m < combined.length; m++) {
      let sum = 0
      for (let k = 0; k < K; k++) sum += products[m * K + k] * c[k]
      combined[m] = sum
    }
    if (settings.rule === 'dense') return denseEnergy(combined, N, settings.degree)
    return modernEnergy(combined, form(squares, c), N, settings.beta)
  }
}

/** −½ sᵀW s − bᵀs = −½ Σ c_k c_l Q_kl − Σ c_k b·ξ^k with Q_kl = ξ^k · W ξ^l, taken from the fields of the patterns. */
function linearEnergy(
  memory: Memory,
  patterns: readonly Int8Array[],
  spanning: readonly Int8Array[],
  settings: MemorySettings,
): SectionEnergy {
  const N = memory.neurons
  const K = spanning.length
  const bias = settings.bias === 'hebbian' ? hebbianBias(patterns, N) : new Float64Array(N)
  const Q = new Float64Array(K * K)
  const linear = new Float64Array(K)
  spanning.forEach((pattern, l) => {
    memory.follow(pattern.slice())
    for (let i = 0; i < N; i++) {
      const drive = memory.field(i) - bias[i] // (W ξ^l)_i
      for (let k = 0; k < K; k++) Q[k * K + l] += spanning[k][i] * drive
      linear[l] += pattern[i] * bias[i]
    }
  })
  return (c) => {
    let own = 0
    for (let k = 0; k < K; k++) own += linear[k] * c[k]
    return -0.5 * form(Q, c) - own
  }
}

/** c · Q c, Q (K, K) */
function form(Q: Float64Array, c: Float64Array): number {
  const K = c.length
  let sum = 0
  for (let k = 0; k < K; k++) for (let l = 0; l < K; l++) sum += c[k] * c[l] * Q[k * K + l]
  return sum
}

/**
 * A plane in the space of states, with coordinates in units of √N, so that every state of ±1 lies within the unit disc.
 * Its origin is its point nearest to the zero vector, its x axis runs towards the first pattern, and the second lies
 * above it (y > 0; where it lies on the axis, the third does).
 */
export interface Plane {
  /** (K) each; s/√N = origin + x·right + y·up, as coefficients of the patterns that span it. */
  readonly origin: Float64Array
  readonly right: Float64Array
  readonly up: Float64Array
  /** Where the spanning patterns lie. */
  readonly places: readonly { readonly x: number; readonly y: number }[]
  /** From the zero vector, in units of √N: 0 for a plane through it. */
  readonly distance: number
}

/** Less than this share of a pattern's square counts as nothing. */
const NOTHING = 1e-9

/**
 * Through three patterns, or through two and the zero vector (so that their inverses lie on it too).
 * @throws EngineError E_PATTERN where two patterns are each other's inverse and so span no plane
 */
export function createPlane(spanning: readonly Int8Array[], names: readonly string[]): Plane {
  const K = spanning.length
  const gram = Float64Array.from(spanning.flatMap((a) => spanning.map((b) => overlap(a, b)))) // (K, K)
  const unit = (k: number): Float64Array => Float64Array.from({ length: K }, (_, at) => (at === k ? 1 : 0))
  const dot = (a: Float64Array, b: Float64Array): number => {
    let sum = 0
    for (let k = 0; k < K; k++) for (let l = 0; l < K; l++) sum += a[k] * b[l] * gram[k * K + l]
    return sum
  }
  const first = unit(0)
  const sides = K === 2 ? [first, unit(1)] : [add(unit(1), first, -1), add(unit(2), first, -1)]
  const e = scale(sides[0], 1 / Math.sqrt(dot(sides[0], sides[0])))
  const rest = add(sides[1], e, -dot(sides[1], e))
  if (dot(rest, rest) < NOTHING) {
    throw new EngineError('E_PATTERN_PLANE', { first: names[0], second: names[1] })
  }
  const f = scale(rest, 1 / Math.sqrt(dot(rest, rest)))
  const along = dot(first, e)
  const across = dot(first, f)
  const radius = Math.sqrt(along * along + across * across)
  const right = add(scale(e, along / radius), f, across / radius)
  let up = add(scale(e, -across / radius), f, along / radius)
  const above = (k: number): number => (k < K ? dot(unit(k), up) : 0)
  if ((Math.abs(above(1)) > NOTHING ? above(1) : above(2)) < 0) up = scale(up, -1)
  const origin = add(add(first, e, -along), f, -across)
  return {
    origin,
    right,
    up,
    places: spanning.map((_, k) => ({ x: dot(unit(k), right), y: dot(unit(k), up) })),
    distance: Math.sqrt(Math.max(0, dot(origin, origin))),
  }
}

function add(a: Float64Array, b: Float64Array, times: number): Float64Array {
  return a.map((value, k) => value + times * b[k])
}

function scale(a: Float64Array, by: number): Float64Array {
  return a.map((value) => value * by)
}
