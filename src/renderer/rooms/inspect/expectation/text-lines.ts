/** A text cut into lines of cells: so many in a line, and a new line after a line end. */

/** [from, to) of each line; `ends` says after which places a line must end. */
export function cutLines(
  count: number,
  most: number,
  ends: (index: number) => boolean,
): { readonly from: number; readonly to: number }[] {
  const lines: { from: number; to: number }[] = []
  let from = 0
  for (let i = 0; i < count; i++) {
    if (!ends(i) && i + 1 - from < Math.max(1, most) && i + 1 < count) continue
    lines.push({ from, to: i + 1 })
    from = i + 1
  }
  return lines
}

/** The place above or below in another line, as near as that line has one. */
export function placeInLine(
  lines: readonly { readonly from: number; readonly to: number }[],
  index: number,
  by: number,
): number {
  const at = lines.findIndex(({ from, to }) => from <= index && index < to)
  const line = lines[at + by]
  return at < 0 || !line ? index : Math.min(line.to - 1, line.from + index - lines[at].from)
}
