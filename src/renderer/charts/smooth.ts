/**
 * Exponential smoothing that is right at the start: the weighted mean of all values so far, the weight falling by `factor`
 * a step (Kingma and Ba 2015 correct their moments the same way). Values that are not finite are passed over.
 */
export function smooth(values: ArrayLike<number>, factor: number): Float64Array {
  const smoothed = new Float64Array(values.length)
  let sum = 0
  let weight = 0
  for (let i = 0; i < values.length; i++) {
    if (Number.isFinite(values[i])) {
      sum = factor * sum + (1 - factor) * values[i]
      weight = factor * weight + (1 - factor)
    }
    smoothed[i] = weight > 0 && Number.isFinite(values[i]) ? sum / weight : NaN
  }
  return smoothed
}
