/** A saved picture with its scale below: a bar of colours between its two limits. */
import type { ThemeColours } from '../composables/use-theme-colours'
import type { Pen, PictureSource } from '../saving/picture'

const HEIGHT = 32
const BAR_HEIGHT = 8
const GAP = 8

export interface Scale {
  readonly low: string
  readonly high: string
  readonly barWidth: number
  /** The picture is made so wide that it fits. */
  readonly leastWidth: number
  /** @param left and top of the bar, which is `barWidth` by `height` */
  readonly drawBar: (pen: Pen, left: number, top: number, height: number) => void
}

export function withScaleBelow(
  source: PictureSource,
  { low, high, barWidth, leastWidth, drawBar }: Scale,
  colours: ThemeColours,
): PictureSource {
  return {
    width: Math.max(source.width, leastWidth),
    height: source.height + HEIGHT,
    draw: (pen, density) => {
      pen.save()
      source.draw(pen, density)
      pen.restore()
      pen.translate(0, source.height + HEIGHT / 2)
      pen.font = '12px Pretendard'
      pen.textBaseline = 'middle'
      pen.textAlign = 'left'
      pen.fillStyle = colours.colour('soft')
      pen.fillText(low, 0, 0)
      const left = pen.measureText(low).width + GAP
      pen.fillText(high, left + barWidth + GAP, 0)
      drawBar(pen, left, -BAR_HEIGHT / 2, BAR_HEIGHT)
    },
  }
}
