/** A saved section of the energy with its scale below: the steps between the lowest and the highest energy. */
import type { ThemeColours } from '../../../composables/use-theme-colours'
import type { PictureSource } from '../../../saving/picture'

const HEIGHT = 32
const STEP_WIDTH = 12
const STEP_HEIGHT = 8
const GAP = 8

export function withSectionScale(
  source: PictureSource,
  low: string,
  high: string,
  shades: readonly string[],
  colours: ThemeColours,
): PictureSource {
  return {
    width: source.width,
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
      pen.fillText(high, left + shades.length * STEP_WIDTH + GAP, 0)
      shades.forEach((shade, step) => {
        pen.fillStyle = shade
        pen.fillRect(left + step * STEP_WIDTH, -STEP_HEIGHT / 2, STEP_WIDTH, STEP_HEIGHT)
      })
      pen.strokeStyle = colours.colour('line-strong')
      pen.strokeRect(left, -STEP_HEIGHT / 2, shades.length * STEP_WIDTH, STEP_HEIGHT)
    },
  }
}
