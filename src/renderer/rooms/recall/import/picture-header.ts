/**
 * What a picture's first bytes say, read before anything decodes it: PNG (W3C PNG specification) and JPEG (ITU-T T.81)
 * alone, with their size. Anything else, and what moves, is refused.
 */

export type PictureHeader =
  | { readonly kind: 'png' | 'jpeg'; readonly width: number; readonly height: number }
  | { readonly kind: 'refused'; readonly why: 'svg' | 'animated' | 'unknown' | 'damaged' }

const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]

const refused = (why: 'svg' | 'animated' | 'unknown' | 'damaged'): PictureHeader => ({ kind: 'refused', why })

export function readPictureHeader(bytes: Uint8Array): PictureHeader {
  if (PNG.every((byte, i) => bytes[i] === byte)) return readPng(bytes)
  if (bytes[0] === 0xff && bytes[1] === 0xd8) return readJpeg(bytes)
  const start = new TextDecoder('utf-8').decode(bytes.subarray(0, 1024))
  if (/<svg[\s>]/i.test(start) || /^\s*(\ufeff)?<\?xml/.test(start)) return refused('svg')
  if (/^GIF8/.test(start)) return refused('animated')
  return isWebp(bytes) && isAnimatedWebp(bytes) ? refused('animated') : refused(isOther(bytes) ? 'damaged' : 'unknown')
}

const textAt = (bytes: Uint8Array, at: number, text: string): boolean =>
  [...text].every((letter, i) => bytes[at + i] === letter.charCodeAt(0))

const isWebp = (bytes: Uint8Array): boolean => textAt(bytes, 0, 'RIFF') && textAt(bytes, 8, 'WEBP')

/** An extended header whose flags tell of an animation. */
const isAnimatedWebp = (bytes: Uint8Array): boolean => textAt(bytes, 12, 'VP8X') && (bytes[20] & 0b10) !== 0

/** Pictures of other kinds: WebP, those of the ISO media format (AVIF, HEIC), TIFF and BMP. */
function isOther(bytes: Uint8Array): boolean {
  const isBmp = textAt(bytes, 0, 'BM') && bytes.subarray(6, 10).every((reserved) => reserved === 0) && bytes.length > 14
  return isWebp(bytes) || textAt(bytes, 4, 'ftyp') || textAt(bytes, 0, 'II*\0') || textAt(bytes, 0, 'MM\0*') || isBmp
}

/** Chunks: length, type, data, checksum. An `acTL` before the first `IDAT` makes it an animation. */
function readPng(bytes: Uint8Array): PictureHeader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let size: { width: number; height: number } | null = null
  for (let at = PNG.length; at + 8 <= bytes.length;) {
    const length = view.getUint32(at)
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8))
    if (type === 'IHDR' && at + 16 <= bytes.length) {
      size = { width: view.getUint32(at + 8), height: view.getUint32(at + 12) }
    }
    if (type === 'acTL') return refused('animated')
    if (type === 'IDAT') return size ? { kind: 'png', ...size } : refused('damaged')
    at += 12 + length
  }
  return refused('damaged')
}

/** Segments: marker, length, data; the frame header (SOF0 to SOF15 but for DHT, JPG and DAC) has the size. */
function readJpeg(bytes: Uint8Array): PictureHeader {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  for (let at = 2; at + 9 <= bytes.length;) {
    if (bytes[at] !== 0xff) return refused('damaged')
    const marker = bytes[at + 1]
    if (marker === 0xff) {
      at += 1 // fill bytes
      continue
    }
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
    if (isFrame) return { kind: 'jpeg', height: view.getUint16(at + 5), width: view.getUint16(at + 7) }
    const hasNoLength = marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7)
    at += hasNoLength ? 2 : 2 + view.getUint16(at + 2)
  }
  return refused('damaged')
}
