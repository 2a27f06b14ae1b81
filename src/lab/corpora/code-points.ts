/**
 * Valid UTF-8 as code points, as long as nothing in it can be changed by NFC: most texts, without a string ever being made.
 */

/** Blocks that are NFC as they stand, and join nothing before them (quick check "yes", combining class 0). */
const STABLE_BLOCKS: readonly (readonly [number, number])[] = [
  [0x0000, 0x02ff],
  [0x0388, 0x03ce],
  [0x0400, 0x0482],
  [0x048a, 0x052f],
  [0x1e00, 0x1eff],
  [0x200b, 0x2027],
  [0x2030, 0x205e],
  [0x20a0, 0x20c0],
  [0x2190, 0x22ff],
  [0x2460, 0x27bf],
  [0x3001, 0x3029],
  [0x3041, 0x3096],
  [0x309b, 0x30ff],
  [0x3131, 0x318e],
  [0x3200, 0x4dbf],
  [0x4e00, 0x9fff],
  [0xac00, 0xd7a3],
  [0xff01, 0xffee],
  [0x1f300, 0x1faff],
]
const CODE_POINTS = 0x110000

export const STABLE = new Uint8Array(CODE_POINTS)
for (const [first, last] of STABLE_BLOCKS) STABLE.fill(1, first, last + 1)

const CARRIAGE_RETURN = 0x0d
const LINE_FEED = 0x0a

export interface StableRun {
  /** Code points written. */
  count: number
  /** Bytes read. */
  read: number
  /** Line ends that were made one. */
  lineEnds: number
}

/**
 * Reads stable code points into `target` until one that isn't, with LF line ends. A carriage return at the very end is
 * left unread: what follows decides.
 * @param bytes valid UTF-8, whole characters; @param target with room for as many; @param run filled with what was done
 */
export function readStable(bytes: Uint8Array, target: Uint32Array, run: StableRun): void {
  const { length } = bytes
  let at = 0
  let count = 0
  let lineEnds = 0
  while (at < length) {
    const lead = bytes[at]
    if (lead < 0x80) {
      if (lead !== CARRIAGE_RETURN) {
        target[count++] = lead
        at += 1
        continue
      }
      if (at + 1 === length) break
      lineEnds += 1
      target[count++] = LINE_FEED
      at += bytes[at + 1] === LINE_FEED ? 2 : 1
      continue
    }
    let codePoint: number
    let size: number
    if (lead < 0xe0) {
      codePoint = ((lead & 0x1f) << 6) | (bytes[at + 1] & 0x3f)
      size = 2
    } else if (lead < 0xf0) {
      codePoint = ((lead & 0x0f) << 12) | ((bytes[at + 1] & 0x3f) << 6) | (bytes[at + 2] & 0x3f)
      size = 3
    } else {
      const upper = ((lead & 0x07) << 18) | ((bytes[at + 1] & 0x3f) << 12)
      codePoint = upper | ((bytes[at + 2] & 0x3f) << 6) | (bytes[at + 3] & 0x3f)
      size = 4
    }
    if (STABLE[codePoint] === 0) break
    target[count++] = codePoint
    at += size
  }
  run.count = count
  run.read = at
  run.lineEnds = lineEnds
}
