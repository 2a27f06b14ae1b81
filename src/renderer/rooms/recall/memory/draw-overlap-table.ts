/** The table of overlaps as a picture: names around coloured numbers. */
import { signedCss } from '../../../charts/colour-map'
import type { ColourName, ThemeColours } from '../../../composables/use-theme-colours'
import type { PictureSource } from '../../../saving/picture'

/** Which ink is read on a signed colour: vik is light in the middle, berlin dark. */
export function inkOn(value: number, isDark: boolean): ColourName {
  const isNearMiddle = Math.abs(value) < (isDark ? 0.55 : 0.5)
  return isNearMiddle ? 'ink' : isDark ? 'sunken' : 'surface'
}

const NAME = 84
const ACROSS = 52
const DOWN = 28

/** @param values (P, P) */
export function drawOverlapTable(
  names: readonly string[],
  values: Float64Array,
  figure: (value: number) => string,
  colours: ThemeColours,
): PictureSource {
  const P = names.length
  return {
    width: NAME + P * ACROSS,
    height: (P + 1) * DOWN,
    draw: (pen) => {
      pen.font = '12px Pretendard'
      pen.textBaseline = 'middle'
      names.forEach((name, k) => {
        pen.fillStyle = colours.colour('soft')
        pen.textAlign = 'center'
        pen.fillText(name, NAME + (k + 0.5) * ACROSS, DOWN / 2, ACROSS - 4)
        pen.textAlign = 'left'
        pen.fillText(name, 0, (k + 1.5) * DOWN, NAME - 8)
      })
      pen.textAlign = 'center'
      values.forEach((value, place) => {
        const [row, column] = [Math.floor(place / P), place % P]
        const [left, top] = [NAME + column * ACROSS, (row + 1) * DOWN]
        pen.fillStyle = signedCss(value, 1, colours.dark)
        pen.fillRect(left + 1, top + 1, ACROSS - 2, DOWN - 2)
        pen.fillStyle = colours.colour(inkOn(value, colours.dark))
        pen.fillText(figure(value), left + ACROSS / 2, top + DOWN / 2)
      })
    },
  }
}
