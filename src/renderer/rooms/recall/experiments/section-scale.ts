/** A saved section of the energy with its scale below: the steps between the lowest and the highest energy. */
import { withScaleBelow } from '../../../charts/scale-below'
import type { ThemeColours } from '../../../composables/use-theme-colours'
import type { Pen, PictureSource } from '../../../saving/picture'

const STEP_WIDTH = 12

export function withSectionScale(
  source: PictureSource,
  low: string,
  high: string,
  shades: readonly string[],
  colours: ThemeColours,
): PictureSource {
  const barWidth = shades.length * STEP_WIDTH
  const drawBar = (pen: Pen, left: number, top: number, height: number): void => {
    shades.forEach((shade, step) => {
      pen.fillStyle = shade
      pen.fillRect(left + step * STEP_WIDTH, top, STEP_WIDTH, height)
    })
    pen.strokeStyle = colours.colour('line-strong')
    pen.strokeRect(left, top, barWidth, height)
  }
  return withScaleBelow(source, { low, high, barWidth, leastWidth: 0, drawBar }, colours)
}
