/** A saved picture of signed values with its scale below: the bar of colours between its two limits. */
import type { ThemeColours } from '../composables/use-theme-colours'
import type { Pen, PictureSource } from '../saving/picture'
import { signedCss } from './colour-map'
import { withScaleBelow } from './scale-below'

const BAR_WIDTH = 120
const SHADES = 60
/** Each shade runs a little under the next, so that no hairline is left between them. */
const OVER = 0.5

export function withSignedScale(
  source: PictureSource,
  low: string,
  high: string,
  colours: ThemeColours,
): PictureSource {
  const drawBar = (pen: Pen, left: number, top: number, height: number): void => {
    for (let k = 0; k < SHADES; k++) {
      pen.fillStyle = signedCss((2 * k + 1) / SHADES - 1, 1, colours.dark)
      pen.fillRect(left + (k * BAR_WIDTH) / SHADES, top, BAR_WIDTH / SHADES + OVER, height)
    }
  }
  return withScaleBelow(source, { low, high, barWidth: BAR_WIDTH, leastWidth: 2 * BAR_WIDTH, drawBar }, colours)
}
