/** Units by what they do: which follow a property of the text, which are active in a stretch and only there, which are alike. */
import type { LayerValues } from '../unit-order'
import type { Stretch } from '../stretch'

const at = ({ layers, layer, units }: LayerValues, t: number): number => (t * layers + layer) * units

export interface RankedUnit {
  readonly unit: number
  /** Pearson's correlation, −1 to 1. */
  readonly correlation: number
}

/** Units by |correlation| with a property of the text, (T) with NaN where it has no meaning; those that never change are left out. */
export function rankUnits(of: LayerValues, property: Float64Array): RankedUnit[] {
  const { values, steps, units } = of
  const sum = new Float64Array(units)
  const square = new Float64Array(units)
  const product = new Float64Array(units)
  let [count, own, ownSquare] = [0, 0, 0]
  for (let t = 0; t < steps; t++) {
    const p = property[t]
    if (Number.isNaN(p)) continue
    count += 1
    own += p
    ownSquare += p * p
    const from = at(of, t)
    for (let unit = 0; unit < units; unit++) {
      const value = values[from + unit]
      sum[unit] += value
      square[unit] += value * value
      product[unit] += value * p
    }
  }
  const spread = ownSquare - (own * own) / count
  if (count < 2 || !(spread > 0)) return []
  const ranked: RankedUnit[] = []
  for (let unit = 0; unit < units; unit++) {
    const variance = square[unit] - (sum[unit] * sum[unit]) / count
    if (!(variance > 1e-12 * Math.max(1, square[unit]))) continue
    const correlation = (product[unit] - (sum[unit] * own) / count) / Math.sqrt(variance * spread)
    ranked.push({ unit, correlation: Math.max(-1, Math.min(1, correlation)) })
  }
  return ranked.sort((a, b) => Math.abs(b.correlation) - Math.abs(a.correlation) || a.unit - b.unit)
}

export interface ActiveUnit {
  readonly unit: number
  /** Above the threshold by being positive or negative. */
  readonly sign: 1 | -1
  /** Share of the steps outside the stretch at which it is active as well. */
  readonly elsewhere: number
}

/**
 * Units that are active (sign · value ≥ threshold) at every step of the stretch and not at the steps just before and after
 * it (Strobelt and others 2018), those that are least active elsewhere first.
 */
export function unitsActiveIn(of: LayerValues, stretch: Stretch, threshold: number): ActiveUnit[] {
  const { values, steps, units } = of
  const found: ActiveUnit[] = []
  for (let unit = 0; unit < units; unit++) {
    const value = (t: number) => values[at(of, t) + unit]
    const sign = value(stretch.from) < 0 ? -1 : 1
    const isActive = (t: number) => sign * value(t) >= threshold
    if (stretch.from > 0 && isActive(stretch.from - 1)) continue
    if (stretch.to < steps && isActive(stretch.to)) continue
    let isThroughout = true
    for (let t = stretch.from; t < stretch.to && isThroughout; t++) isThroughout = isActive(t)
    if (!isThroughout) continue
    let outside = 0
    for (let t = 0; t < steps; t++) if ((t < stretch.from || t >= stretch.to) && isActive(t)) outside += 1
    found.push({ unit, sign, elsewhere: outside / Math.max(1, steps - (stretch.to - stretch.from)) })
  }
  return found.sort((a, b) => a.elsewhere - b.elsewhere || a.unit - b.unit)
}

export interface Place extends Stretch {
  /** Share of the units that are active, the mean over its steps. */
  readonly share: number
}

/** Where else at least so great a share of the same units is active, the best of equal length first. */
export function placesLike(
  of: LayerValues,
  active: readonly ActiveUnit[],
  stretch: Stretch,
  threshold: number,
  least = 0.8,
): Place[] {
  if (active.length === 0) return []
  const length = stretch.to - stretch.from
  const places: Place[] = []
  let [from, sum] = [-1, 0]
  const close = (to: number): void => {
    if (from >= 0) places.push({ from, to, share: sum / (to - from) })
    from = -1
    sum = 0
  }
  for (let t = 0; t < of.steps; t++) {
    const row = at(of, t)
    const count = active.filter(({ unit, sign }) => sign * of.values[row + unit] >= threshold).length
    const isInside = t >= stretch.from && t < stretch.to
    if (isInside || count < least * active.length) close(t)
    else {
      if (from < 0) from = t
      sum += count / active.length
    }
  }
  close(of.steps)
  const unlike = (place: Place): number => Math.abs(place.to - place.from - length)
  return places.sort((a, b) => unlike(a) - unlike(b) || b.share - a.share || a.from - b.from)
}

/** So many steps are enough to tell which units are alike. */
const MOST_COMPARED = 500

/** (H, S) each row of mean 0 and length 1 (a unit that never changes is 0), from evenly spaced steps. */
function standardised(of: LayerValues): { rows: Float32Array; compared: number } {
  const { values, steps, units } = of
  const compared = Math.min(steps, MOST_COMPARED)
  const rows = new Float32Array(units * compared)
  for (let k = 0; k < compared; k++) {
    const from = at(of, Math.floor((k * steps) / compared))
    for (let unit = 0; unit < units; unit++) rows[unit * compared + k] = values[from + unit]
  }
  for (let unit = 0; unit < units; unit++) {
    const row = rows.subarray(unit * compared, (unit + 1) * compared)
    const mean = row.reduce((sum, value) => sum + value, 0) / compared
    let square = 0
    row.forEach((value, k) => {
      row[k] = value - mean
      square += row[k] * row[k]
    })
    const scale = square > 1e-12 ? 1 / Math.sqrt(square) : 0
    row.forEach((value, k) => (row[k] = value * scale))
  }
  return { rows, compared }
}

/**
 * (H) units so that neighbours are alike: the first changes most, each next is the one of the rest that correlates best with
 * the one before it.
 */
export function orderBySimilarity(of: LayerValues): Uint32Array {
  const { units } = of
  const { rows, compared } = standardised(of)
  const left = Array.from({ length: units }, (_, unit) => unit)
  const order = new Uint32Array(units)
  let current = mostChanging(of)
  for (let place = 0; place < units; place++) {
    order[place] = current
    left.splice(left.indexOf(current), 1)
    let [best, most] = [left[0] ?? 0, -Infinity]
    const own = current * compared
    for (const unit of left) {
      const from = unit * compared
      let sum = 0
      for (let k = 0; k < compared; k++) sum += rows[own + k] * rows[from + k]
      if (sum > most) [best, most] = [unit, sum]
    }
    current = best
  }
  return order
}

function mostChanging(of: LayerValues): number {
  const { values, steps, units } = of
  let [found, most] = [0, -1]
  for (let unit = 0; unit < units; unit++) {
    let [sum, square] = [0, 0]
    for (let t = 0; t < steps; t++) {
      const value = values[at(of, t) + unit]
      sum += value
      square += value * value
    }
    const variance = square - (sum * sum) / steps
    if (variance > most) [found, most] = [unit, variance]
  }
  return found
}

/** The order with one row taken out and put in at another place. */
export function moveRow(order: Uint32Array, from: number, to: number): Uint32Array {
  const moved = Array.from(order)
  const [unit] = moved.splice(from, 1)
  moved.splice(Math.max(0, Math.min(order.length - 1, to)), 0, unit)
  return Uint32Array.from(moved)
}

export interface Saturation {
  /** (H) share of the steps at which the gate is below 0.1. */
  readonly shut: Float64Array
  /** (H) share of the steps at which it is above 0.9. */
  readonly open: Float64Array
}

export const SHUT_BELOW = 0.1
export const OPEN_ABOVE = 0.9

/** Counts piece by piece, so that a long text's gates need not be kept. */
export class SaturationCount {
  readonly #shut: Float64Array
  readonly #open: Float64Array
  #steps = 0

  constructor(units: number) {
    this.#shut = new Float64Array(units)
    this.#open = new Float64Array(units)
  }

  add(of: LayerValues): void {
    for (let t = 0; t < of.steps; t++) {
      const from = at(of, t)
      for (let unit = 0; unit < of.units; unit++) {
        const gate = of.values[from + unit]
        if (gate < SHUT_BELOW) this.#shut[unit] += 1
        else if (gate > OPEN_ABOVE) this.#open[unit] += 1
      }
    }
    this.#steps += of.steps
  }

  get saturation(): Saturation {
    const share = (count: number) => count / Math.max(1, this.#steps)
    return { shut: this.#shut.map(share), open: this.#open.map(share) }
  }
}
