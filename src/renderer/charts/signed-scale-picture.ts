/** A saved picture of signed values with its scale below: the bar of colours between its two limits. */
import type { ThemeColours } from '../composables/use-theme-colours'
import type { PictureSource } from '../saving/picture'
import { signedCss } from './colour-map'

const HEIGHT = 32
const BAR_WIDTH = 120
const BAR_HEIGHT = 8
const GAP = 8
const SHADES = 60
/** Each shade runs a little under the next, so that no hairline is left between them. */
const OVER = 0.5

export function withSignedScale(
  source: PictureSource,
  low: string,
  high: string,
  colours: ThemeColours,
): PictureSource {
  return {
    width: Math.max(source.width, 2 * BAR_WIDTH),
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
      pen.fillText(high, left + BAR_WIDTH + GAP, 0)
      for (let k = 0; k < SHADES; k++) {
        pen.fillStyle = signedCss((2 * k + 1) / SHADES - 1, 1, colours.dark)
        pen.fillRect(left + (k * BAR_WIDTH) / SHADES, -BAR_HEIGHT / 2, BAR_WIDTH / SHADES + OVER, BAR_HEIGHT)
      }
    },
  }
}
