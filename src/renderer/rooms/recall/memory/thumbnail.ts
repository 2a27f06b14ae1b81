/** Patterns the size of a thumbnail, each drawn once a theme: a long list that is scrolled draws nothing anew. */
import type { ThemeColours } from '../../../composables/use-theme-colours'
import { drawPixels } from '../editor/draw-grid'

interface Drawn {
  readonly isDark: boolean
  readonly canvas: OffscreenCanvas
}

const drawn = new WeakMap<Int8Array, Drawn>()

/** Larger patterns are made smaller, so that a line one cell wide stays visible: pixels a side, twice what is shown. */
const MOST_PIXELS = 80

export function thumbnail(values: Int8Array, width: number, height: number, colours: ThemeColours): OffscreenCanvas {
  const known = drawn.get(values)
  if (known?.isDark === colours.dark) return known.canvas
  const whole = new OffscreenCanvas(width, height)
  drawPixels(whole, { values, width, height, reference: null, active: null, cursor: null }, colours)
  const canvas = Math.max(width, height) > MOST_PIXELS ? reduced(whole) : whole
  drawn.set(values, { isDark: colours.dark, canvas })
  return canvas
}

function reduced(whole: OffscreenCanvas): OffscreenCanvas {
  const scale = MOST_PIXELS / Math.max(whole.width, whole.height)
  const small = new OffscreenCanvas(
    Math.max(1, Math.round(whole.width * scale)),
    Math.max(1, Math.round(whole.height * scale)),
  )
  const pen = small.getContext('2d')
  if (!pen) return whole
  pen.imageSmoothingQuality = 'high'
  pen.drawImage(whole, 0, 0, small.width, small.height)
  return small
}
