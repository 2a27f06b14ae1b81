/** Where the names at the ends of lines are written: beside their line where there is room, else moved up or down. */
const LEAST_GAP = 14
/** Between names side by side. */
const ASIDE = 8

/** Heights of names, ascending, with a gap between each two: moved down, and up again where they would leave the chart. */
export function moveApart(heights: readonly number[], top: number, bottom: number): number[] {
  let free = top - LEAST_GAP
  const moved = heights.map((height) => (free = Math.max(height, free + LEAST_GAP)))
  let least = bottom
  for (let i = moved.length - 1; i >= 0 && moved[i] > least; i--) {
    moved[i] = least
    least -= LEAST_GAP
  }
  return moved
}

export interface NamePlace {
  /** CSS pixels; y is that of the line's end. */
  readonly x: number
  readonly y: number
  readonly width: number
}

/** Heights of names, in their order (y ascending): only those that would touch side by side move each other. */
export function placeNames(names: readonly NamePlace[], top: number, bottom: number): number[] {
  const byPlace = names.map((_, i) => i).sort((a, b) => names[a].x - names[b].x)
  const clusters: number[][] = []
  let end = -Infinity
  for (const i of byPlace) {
    if (names[i].x > end) clusters.push([])
    clusters[clusters.length - 1].push(i)
    end = Math.max(end, names[i].x + names[i].width + ASIDE)
  }
  const heights = names.map(({ y }) => y)
  for (const cluster of clusters) {
    cluster.sort((a, b) => names[a].y - names[b].y)
    const moved = moveApart(
      cluster.map((i) => names[i].y),
      top,
      bottom,
    )
    cluster.forEach((i, place) => (heights[i] = moved[place]))
  }
  return heights
}
