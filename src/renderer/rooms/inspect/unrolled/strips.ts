/** Hidden vectors as small pictures: one pixel a unit, in the colours of the signed map. */
import { signedColours, signedIndex } from '../../../charts/colour-map'
import type { Trace } from '../../../../shared'

/** (H) of a layer at a step. */
export function hiddenVector({ hidden, model }: Trace, step: number, layer: number): Float32Array {
  const at = (step * model.layers + layer) * model.hidden
  return hidden.subarray(at, at + model.hidden)
}

/** One column of pixels, the first unit on top; hidden states lie between −1 and 1. */
export function paintStrip(vector: Float32Array, isDark: boolean): HTMLCanvasElement {
  const canvas = document.createElement('canvas')
  canvas.width = 1
  canvas.height = vector.length
  const context = canvas.getContext('2d')
  if (!context) return canvas
  const image = context.createImageData(1, vector.length)
  const pixels = new Uint32Array(image.data.buffer)
  const table = signedColours(isDark)
  for (let i = 0; i < vector.length; i++) pixels[i] = table[signedIndex(vector[i], 1)]
  context.putImageData(image, 0, 0)
  return canvas
}
