/** A picture as a cue: its lightness averaged over each cell, dark ink leaning to +1; and the threshold that parts it best. */

export interface LightPicture {
  readonly width: number
  readonly height: number
  /** Row-major lightness, 0 (black) to 1 (white); what is transparent is paper. */
  readonly light: Float32Array
}

/** @param pixels RGBA, row-major */
export function lightness(pixels: Uint8ClampedArray, width: number, height: number): LightPicture {
  const light = new Float32Array(width * height)
  for (let i = 0; i < light.length; i++) {
    const at = 4 * i
    const own = (0.2126 * pixels[at] + 0.7152 * pixels[at + 1] + 0.0722 * pixels[at + 2]) / 255
    const alpha = pixels[at + 3] / 255
    light[i] = own * alpha + (1 - alpha)
  }
  return { width, height, light }
}

/**
 * Averages a picture over the cells of a grid, keeping its proportions: all of it is in, paper around it.
 * @returns (height, width) lightness
 */
export function fitToGrid(picture: LightPicture, width: number, height: number): Float32Array {
  const scale = Math.max(picture.width / width, picture.height / height)
  const left = (width * scale - picture.width) / 2
  const top = (height * scale - picture.height) / 2
  const cells = new Float32Array(width * height)
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const box = [column * scale - left, row * scale - top, (column + 1) * scale - left, (row + 1) * scale - top]
      cells[row * width + column] = meanLight(picture, box as unknown as readonly [number, number, number, number])
    }
  }
  return cells
}

/** Over a box in pixels, each pixel by the share of it that lies inside; outside the picture is paper. */
function meanLight({ width, height, light }: LightPicture, box: readonly [number, number, number, number]): number {
  const [x0, y0, x1, y1] = box
  let sum = 0
  let inside = 0
  for (let y = Math.max(0, Math.floor(y0)); y < Math.min(height, y1); y++) {
    const down = Math.min(y + 1, y1) - Math.max(y, y0)
    for (let x = Math.max(0, Math.floor(x0)); x < Math.min(width, x1); x++) {
      const share = down * (Math.min(x + 1, x1) - Math.max(x, x0))
      sum += share * light[y * width + x]
      inside += share
    }
  }
  const whole = (x1 - x0) * (y1 - y0)
  return (sum + (whole - inside)) / whole
}

const BINS = 256

/**
 * The lightness that parts dark from light with the least spread within both (Otsu 1979); where nothing lies between the
 * two, halfway.
 */
export function bestThreshold(light: ArrayLike<number>): number {
  const counts = new Float64Array(BINS)
  let total = 0
  for (let i = 0; i < light.length; i++) {
    const bin = Math.min(BINS - 1, Math.max(0, Math.floor(light[i] * BINS)))
    counts[bin] += 1
    total += bin
  }
  let [dark, darkSum, best, first, last] = [0, 0, -1, BINS / 2 - 1, BINS / 2 - 1]
  for (let bin = 0; bin < BINS - 1; bin++) {
    dark += counts[bin]
    darkSum += bin * counts[bin]
    const bright = light.length - dark
    if (dark === 0 || bright === 0) continue
    const apart = darkSum / dark - (total - darkSum) / bright
    const between = dark * bright * apart * apart
    if (between > best) [best, first, last] = [between, bin, bin]
    else if (between === best && counts[bin] === 0) last = bin
  }
  return (first + last + 2) / 2 / BINS
}

/** Real numbers of any size as they are drawn: by the largest of them where it is beyond 1, so that every sign stays. */
export function withinOne(values: Float64Array): Float32Array {
  const most = values.reduce((largest, value) => Math.max(largest, Math.abs(value)), 1)
  return Float32Array.from(values, (value) => value / most)
}

/** Real numbers in [−1, 1]: the threshold is 0, black is 1, white is −1; turned over where light is the ink. */
export function realCue(light: ArrayLike<number>, threshold: number, isInverted: boolean): Float32Array {
  const cue = new Float32Array(light.length)
  for (let i = 0; i < cue.length; i++) {
    const lean = threshold - light[i]
    const value = lean >= 0 ? lean / Math.max(threshold, 1e-6) : lean / Math.max(1 - threshold, 1e-6)
    cue[i] = isInverted ? -value : value
  }
  return cue
}
