/** The scale of a map of weights: its limit, and how many digits tell its values apart. */

/** The largest |x|; 1 where all are 0, so that there is a scale. */
export function limitOf(values: Float64Array): number {
  let most = 0
  for (let i = 0; i < values.length; i++) most = Math.max(most, Math.abs(values[i]))
  return most === 0 ? 1 : most
}

const FEWEST = 2
const MOST = 8

/** Three significant digits of the limit. */
export function placesOf(limit: number): number {
  return Math.max(FEWEST, Math.min(MOST, FEWEST - Math.floor(Math.log10(limit))))
}
