/** UTF-8 without a platform's help: the engine has neither Node's Buffer nor the page's TextDecoder. */
const REPLACEMENT = '\ufffd'

/** @param text well-formed */
export function encodeUtf8(text: string): Uint8Array {
  const bytes: number[] = []
  for (const symbol of text) {
    const c = symbol.codePointAt(0) ?? 0
    if (c < 0x80) bytes.push(c)
    else if (c < 0x800) bytes.push(0xc0 | (c >> 6), 0x80 | (c & 63))
    else if (c < 0x10000) bytes.push(0xe0 | (c >> 12), 0x80 | ((c >> 6) & 63), 0x80 | (c & 63))
    else bytes.push(0xf0 | (c >> 18), 0x80 | ((c >> 12) & 63), 0x80 | ((c >> 6) & 63), 0x80 | (c & 63))
  }
  return Uint8Array.from(bytes)
}

/** Where bytes are no UTF-8, one U+FFFD for each longest beginning of a character (Unicode, section 3.9). */
export function decodeUtf8(bytes: ArrayLike<number>): string {
  let text = ''
  for (let at = 0; at < bytes.length;) {
    const { symbol, length } = characterAt(bytes, at)
    text += symbol
    at += length
  }
  return text
}

function characterAt(bytes: ArrayLike<number>, at: number): { symbol: string; length: number } {
  const lead = bytes[at]
  if (lead < 0x80) return { symbol: String.fromCharCode(lead), length: 1 }
  if (lead < 0xc2 || lead > 0xf4) return { symbol: REPLACEMENT, length: 1 }
  const whole = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4
  // The second byte's bounds leave out what is overlong, a surrogate or beyond U+10FFFF.
  let low = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80
  let high = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf
  let codePoint = lead & (0x7f >> whole)
  for (let k = 1; k < whole; k++) {
    const byte = at + k < bytes.length ? bytes[at + k] : 0
    if (byte < low || byte > high) return { symbol: REPLACEMENT, length: k }
    codePoint = (codePoint << 6) | (byte & 63)
    low = 0x80
    high = 0xbf
  }
  return { symbol: String.fromCodePoint(codePoint), length: whole }
}
