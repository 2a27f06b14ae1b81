/** How many patterns a neuron a rule can bear when they are random, by what theory says of large networks. */
import type { RecallSettings } from '../../../../shared'

export interface Capacity {
  /** P/N; null where it grows exponentially with N. */
  readonly load: number | null
  readonly tex: string
}

/** 0.138 N random patterns are what a Hebbian network holds (Amit, Gutfreund and Sompolinsky 1985). */
const HEBBIAN = 0.138

/** 1 · 3 · 5 … k */
function doubleFactorial(k: number): number {
  let product = 1
  for (let factor = k; factor > 1; factor -= 2) product *= factor
  return product
}

/**
 * Storkey 1997: N/√(2 ln N). Pseudo-inverse: N fixed points (Kanter and Sompolinsky 1987). Dense: without errors
 * N^(n−1) / (2 (2n − 3)!! ln N) (Krotov and Hopfield 2016). Modern: 2^(N/2) at β = 1 (Demircigil and others 2017).
 */
export function capacityOf({ rule, degree }: Pick<RecallSettings, 'rule' | 'degree'>, N: number): Capacity {
  const ln = Math.log(Math.max(2, N))
  switch (rule) {
    case 'hebbian':
      return { load: HEBBIAN, tex: String.raw`P \approx 0.138\,N` }
    case 'storkey':
      return { load: 1 / Math.sqrt(2 * ln), tex: String.raw`P \approx N / \sqrt{2 \ln N}` }
    case 'pseudo-inverse':
      return { load: 1, tex: String.raw`P \le N` }
    case 'dense':
      return {
        load: N ** (degree - 2) / (2 * doubleFactorial(2 * degree - 3) * ln),
        tex: String.raw`P \approx \frac{N^{\,n-1}}{2\,(2n-3)!!\,\ln N}`,
      }
    case 'modern':
      return { load: null, tex: String.raw`P \approx 2^{N/2}` }
  }
}

/** The mean |m| of two random patterns of N neurons, √(2/(πN)). */
export function randomOverlap(N: number): number {
  return Math.sqrt(2 / (Math.PI * N))
}

/** The mean |m| between different patterns. @param overlaps (P, P) */
export function meanOverlap(overlaps: Float64Array, P: number): number {
  let sum = 0
  for (let m = 0; m < P; m++) for (let n = 0; n < m; n++) sum += Math.abs(overlaps[m * P + n])
  return P < 2 ? 0 : sum / ((P * (P - 1)) / 2)
}
