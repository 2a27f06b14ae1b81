/** Numbers of the Gradient view: lengths on a logarithmic axis, the distance at which they are lost, what clipping cuts. */
import type { RunCurve } from '../../../../shared'
import { powerOfTen } from '../../../i18n/power-of-ten'

/** The axis ends here: what is smaller is drawn as its end. */
export const LEAST_POWER = -30
/** A gradient this much smaller than at its beginning is called lost. */
export const LOST = 1e-3

/** log₁₀ of each; NaN below the axis' end and for what is no number. */
export function powersOf(norms: ArrayLike<number>): Float64Array {
  return Float64Array.from(norms, (norm) => {
    const power = Math.log10(norm)
    return power >= LEAST_POWER && Number.isFinite(power) ? power : NaN
  })
}

/** 0 … length − 1 */
export function lagsOf({ length }: ArrayLike<number>): Float64Array {
  return Float64Array.from({ length }, (_, lag) => lag)
}

const FEW_MARKS = 6

/** The axis of these powers, from a multiple of its step to one; at least three decades. */
export function axisEnds(lines: readonly ArrayLike<number>[]): { yMin: number; yMax: number; yStep: number } {
  let [low, high] = [-3, 0]
  for (const powers of lines) {
    for (let i = 0; i < powers.length; i++) {
      if (powers[i] < low) low = powers[i]
      if (powers[i] > high) high = powers[i]
    }
  }
  const step = [1, 2, 5].find((decades) => (high - low) / decades <= FEW_MARKS) ?? 10
  // A gradient that is a little longer than 1 needs no whole step above it.
  return { yMin: Math.max(LEAST_POWER, Math.floor(low / step) * step), yMax: Math.ceil(high), yStep: step }
}

/** The first lag from which on it stays below a share of its value at lag 0; null: it never does. */
export function lostAt(norms: ArrayLike<number>, share = LOST): number | null {
  let lost: number | null = null
  for (let lag = norms.length - 1; lag > 0 && norms[lag] < share * norms[0]; lag--) lost = lag
  return lost
}

/** σ^k times the length at lag 0: what one tanh layer's gradient can't exceed (Pascanu, Mikolov and Bengio 2013). */
export function boundPowers(first: number, singularValue: number, lags: ArrayLike<number>): Float64Array {
  const [start, each] = [Math.log10(first), Math.log10(singularValue)]
  return Float64Array.from(lags, (lag) => {
    const power = start + lag * each
    return power >= LEAST_POWER ? power : NaN
  })
}

/** How bright each of the first `at` symbols is: 1 as long as at lag 0 or longer, 0 where it is lost a second time over. */
export function lightOf(norms: ArrayLike<number>, at: number, length: number): Float64Array {
  const darkest = 2 * -Math.log10(LOST)
  return Float64Array.from({ length }, (_, t) => {
    const lag = at - 1 - t
    if (lag < 0 || lag >= norms.length || !(norms[lag] > 0)) return NaN
    const decades = Math.log10(norms[0]) - Math.log10(norms[lag])
    return Math.min(1, Math.max(0, 1 - decades / darkest))
  })
}

export interface Clipping {
  readonly clip: number
  /** Of the recorded points, those whose gradient was longer. */
  readonly share: number
  readonly points: number
  readonly longest: number
}

/** null where nothing was clipped or nothing was recorded. */
export function clippingOf({ gradientNorm }: Pick<RunCurve, 'gradientNorm'>, clip: number): Clipping | null {
  const known = gradientNorm.filter(Number.isFinite)
  if (clip <= 0 || known.length === 0) return null
  let [longer, longest] = [0, 0]
  for (const norm of known) {
    if (norm > clip) longer += 1
    if (norm > longest) longest = norm
  }
  return { clip, share: longer / known.length, points: known.length, longest }
}

/** A length in the digits that `gradients` prints. */
export function lengthText(norm: number): string {
  if (norm === 0) return '0'
  const [digits, power] = norm.toExponential(3).split('e')
  return `${digits} · ${powerOfTen(Number(power))}`
}
