/**
 * The one map of signed values: Crameri's vik on light, berlin on dark (doi 10.1038/s41467-020-19160-7, MIT), 0 in the
 * middle, limits symmetric. 256 colours, packed as the canvas wants them.
 */
import berlin from '../../../resources/colourmaps/berlin.json'
import vik from '../../../resources/colourmaps/vik.json'

export type SignedColours = Uint32Array

function pack(table: readonly (readonly number[])[]): SignedColours {
  return Uint32Array.from(table, ([red, green, blue]) => ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0)
}

const light = pack(vik)
const dark = pack(berlin)

export function signedColours(isDark: boolean): SignedColours {
  return isDark ? dark : light
}

/** The index of a value's colour: −limit is 0, 0 lies between 127 and 128, +limit is 255; beyond it stays at the end. */
export function signedIndex(value: number, limit: number): number {
  const place = Math.floor((value / limit + 1) * 128)
  return place < 0 ? 0 : place > 255 ? 255 : place
}

/** The same as CSS, for elements that are no canvas. */
export function signedCss(value: number, limit: number, isDark: boolean): string {
  const packed = signedColours(isDark)[signedIndex(value, limit)]
  return `rgb(${packed & 255} ${(packed >> 8) & 255} ${(packed >> 16) & 255})`
}
