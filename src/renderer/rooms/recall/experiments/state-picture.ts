/** A state with its name above it, for a saved picture. */
import type { ThemeColours } from '../../../composables/use-theme-colours'
import type { PictureSource } from '../../../saving/picture'
import { drawPixels } from '../editor/draw-grid'

const SIDE = 240
const NAME_HEIGHT = 24

export function statePicture(
  values: Int8Array,
  { width, height }: { readonly width: number; readonly height: number },
  name: string,
  colours: ThemeColours,
): PictureSource {
  const scale = SIDE / Math.max(width, height)
  return {
    width: SIDE,
    height: SIDE + NAME_HEIGHT,
    draw: (pen) => {
      const pixels = new OffscreenCanvas(width, height)
      drawPixels(pixels, { values, width, height, reference: null, active: null, cursor: null }, colours)
      pen.font = '600 13px Pretendard'
      pen.textBaseline = 'top'
      pen.fillStyle = colours.colour('ink')
      pen.fillText(name, 0, 0, SIDE)
      pen.imageSmoothingEnabled = false
      pen.drawImage(pixels, 0, NAME_HEIGHT, width * scale, height * scale)
      pen.strokeStyle = colours.colour('line')
      pen.strokeRect(0, NAME_HEIGHT, width * scale, height * scale)
    },
  }
}
