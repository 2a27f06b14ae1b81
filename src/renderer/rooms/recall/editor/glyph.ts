/** A letter of any script, drawn from the bundled typeface (or the system's, where that has none) as large as the grid allows. */

const FAMILY = 'Pretendard'
/** Strokes thin enough that a small grid still parts them. */
const weightOf = (cells: number): number => (cells < 32 ? 500 : 650)
/** Room around the letter, as a share of the shorter side. */
const MARGIN = 0.08
/** Each cell is judged by so many pixels a side. */
const SAMPLES = 8
/** Ink over at least this share of a cell makes it +1. */
const COVERED = 0.45

/** The last code point for private use, which no typeface draws: what comes instead is what comes for a letter that is missing. */
const UNDRAWN = '\u{10FFFD}'
const PROOF = 24

/** The letters that neither the bundled typeface nor this machine's have: something like a box would stand for them. */
export async function missingLetters(text: string): Promise<string[]> {
  await document.fonts.load(`${PROOF}px ${FAMILY}`, text)
  const pen = new OffscreenCanvas(2 * PROOF, 2 * PROOF).getContext('2d', { willReadFrequently: true })
  if (!pen) return []
  pen.font = `${PROOF}px ${FAMILY}, system-ui, sans-serif`
  const pictureOf = (letter: string): string => {
    pen.clearRect(0, 0, pen.canvas.width, pen.canvas.height)
    pen.fillText(letter, PROOF / 2, 1.5 * PROOF)
    return pen.getImageData(0, 0, pen.canvas.width, pen.canvas.height).data.join()
  }
  const box = pictureOf(UNDRAWN)
  // Marks and what joins letters are drawn with their letter, or not at all.
  return [...new Set(text)].filter((letter) => !/[\p{M}\p{Cc}\p{Cf}\s]/u.test(letter) && pictureOf(letter) === box)
}

/** @returns row-major ±1; null for a text without ink */
export async function drawGlyph(text: string, width: number, height: number): Promise<Int8Array | null> {
  const size = SAMPLES * Math.max(width, height)
  const font = `${weightOf(Math.min(width, height))} ${size}px ${FAMILY}`
  await document.fonts.load(font, text)
  const canvas = new OffscreenCanvas(width * SAMPLES, height * SAMPLES)
  const pen = canvas.getContext('2d', { willReadFrequently: true })
  if (!pen) return null
  pen.font = `${font}, system-ui, sans-serif`
  const box = pen.measureText(text)
  const inkWidth = box.actualBoundingBoxLeft + box.actualBoundingBoxRight
  const inkHeight = box.actualBoundingBoxAscent + box.actualBoundingBoxDescent
  if (!(inkWidth > 0) || !(inkHeight > 0)) return null
  const room = 1 - 2 * MARGIN
  const scale = Math.min((canvas.width * room) / inkWidth, (canvas.height * room) / inkHeight)
  pen.translate(canvas.width / 2, canvas.height / 2)
  pen.scale(scale, scale)
  pen.fillText(text, box.actualBoundingBoxLeft - inkWidth / 2, box.actualBoundingBoxAscent - inkHeight / 2)
  return coverCells(pen.getImageData(0, 0, canvas.width, canvas.height).data, width, height)
}

/** @param pixels RGBA at SAMPLES × SAMPLES pixels a cell */
export function coverCells(pixels: Uint8ClampedArray, width: number, height: number): Int8Array {
  const cells = new Int8Array(width * height)
  const across = width * SAMPLES
  for (let cell = 0; cell < cells.length; cell++) {
    const top = Math.floor(cell / width) * SAMPLES
    const left = (cell % width) * SAMPLES
    let ink = 0
    for (let y = top; y < top + SAMPLES; y++) {
      for (let x = left; x < left + SAMPLES; x++) ink += pixels[(y * across + x) * 4 + 3]
    }
    cells[cell] = ink >= COVERED * 255 * SAMPLES * SAMPLES ? 1 : -1
  }
  return cells
}
