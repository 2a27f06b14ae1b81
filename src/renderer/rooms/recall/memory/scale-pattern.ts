/** A pattern at another size: each new cell is the sign of what it covers, by area. */

/** How much of old cell `from` lies under each new cell along one side: [old index, share of the new cell] pairs. */
function coverage(from: number, to: number): (readonly (readonly [number, number])[])[] {
  const ratio = from / to
  return Array.from({ length: to }, (_, k) => {
    const [begin, end] = [k * ratio, (k + 1) * ratio]
    const covered: [number, number][] = []
    for (let i = Math.floor(begin); i < Math.min(from, Math.ceil(end)); i++) {
      const share = Math.min(end, i + 1) - Math.max(begin, i)
      if (share > 0) covered.push([i, share])
    }
    return covered
  })
}

/** @param values row-major ±1 (height, width) @returns (toHeight, toWidth); what is half and half becomes +1 */
export function scalePattern(
  values: Int8Array,
  width: number,
  height: number,
  toWidth: number,
  toHeight: number,
): Int8Array {
  const across = coverage(width, toWidth)
  const down = coverage(height, toHeight)
  const scaled = new Int8Array(toWidth * toHeight)
  down.forEach((rows, row) => {
    across.forEach((columns, column) => {
      let sum = 0
      for (const [r, tall] of rows) for (const [c, wide] of columns) sum += tall * wide * values[r * width + c]
      scaled[row * toWidth + column] = sum < -ROUNDING ? -1 : 1
    })
  })
  return scaled
}

/** A sum of shares this small is 0. */
const ROUNDING = 1e-9
