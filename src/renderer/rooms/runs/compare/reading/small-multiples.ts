/** Several pictures of one kind as one: each with its run's name and line above it, so many a row. */
import type { ThemeColours } from '../../../../composables/use-theme-colours'
import type { LegendEntry, PictureSource } from '../../../../saving/picture'

export interface SmallMultiple {
  readonly key: LegendEntry
  readonly source: PictureSource
}

const GAP = 16
const HEAD = 24
const KEY_WIDTH = 22

export function smallMultiples(
  multiples: readonly SmallMultiple[],
  perRow: number,
  colours: ThemeColours,
): PictureSource {
  const width = Math.max(0, ...multiples.map(({ source }) => source.width))
  const height = Math.max(0, ...multiples.map(({ source }) => source.height)) + HEAD
  const columns = Math.max(1, Math.min(perRow, multiples.length))
  const rows = Math.ceil(multiples.length / columns)
  return {
    width: columns * width + (columns - 1) * GAP,
    height: rows * height + Math.max(0, rows - 1) * GAP,
    draw: (pen, density) => {
      multiples.forEach(({ key, source }, place) => {
        pen.save()
        pen.translate((place % columns) * (width + GAP), Math.floor(place / columns) * (height + GAP))
        pen.strokeStyle = colours.colour(key.colour)
        pen.lineWidth = 2
        pen.setLineDash([...(key.dash ?? [])])
        pen.beginPath()
        pen.moveTo(0, HEAD / 2)
        pen.lineTo(KEY_WIDTH, HEAD / 2)
        pen.stroke()
        pen.setLineDash([])
        pen.font = '12px Pretendard'
        pen.textBaseline = 'middle'
        pen.fillStyle = colours.colour('ink')
        pen.fillText(key.label, KEY_WIDTH + 8, HEAD / 2, width - KEY_WIDTH - 8)
        pen.translate(0, HEAD)
        source.draw(pen, density)
        pen.restore()
      })
    },
  }
}
