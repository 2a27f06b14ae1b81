/** LF line ends and NFC, chunk by chunk, every change counted. A chunk is cut only where nothing can join over the cut. */
export interface TextChanges {
  lineEnds: number
  nfc: number
}

export class Normaliser {
  readonly changes: TextChanges = { lineEnds: 0, nfc: 0 }
  #held = ''

  /** Whether a carriage return waits for the line feed that may follow it. */
  get endsInReturn(): boolean {
    return this.#held.endsWith('\r')
  }

  write(text: string): string {
    const all = this.#held + text
    const cut = lastBoundary(all)
    this.#held = all.slice(cut)
    return this.#finish(all.slice(0, cut))
  }

  end(): string {
    const rest = this.#held
    this.#held = ''
    return this.#finish(rest)
  }

  #finish(text: string): string {
    const lines = this.#unifyLineEnds(text)
    const composed = lines.normalize('NFC')
    if (composed !== lines) this.changes.nfc += countChanges(lines)
    return composed
  }

  #unifyLineEnds(text: string): string {
    if (!text.includes('\r')) return text
    return text.replace(/\r\n?/g, () => {
      this.changes.lineEnds += 1
      return '\n'
    })
  }
}

/** What stands alone whatever follows or precedes it: ASCII, Han and composed Hangul begin something new. */
function startsAnew(unit: number): boolean {
  return unit < 0x80 || (unit >= 0xac00 && unit <= 0xd7a3) || (unit >= 0x4e00 && unit <= 0x9fff)
}

/** The start of the last character that begins something new: it and what may join it wait for the next chunk. */
function lastBoundary(text: string): number {
  for (let at = text.length - 1; at > 0; at--) {
    const crlf = text[at] === '\n' && text[at - 1] === '\r'
    if (startsAnew(text.charCodeAt(at)) && !crlf) return at
  }
  return 0
}

/** A character with the marks that follow it, or a Hangul syllable in parts. */
const CLUSTER = /\P{M}[\p{M}\u1160-\u11ff]*|\p{M}+/gu

function countChanges(text: string): number {
  let count = 0
  for (const [cluster] of text.matchAll(CLUSTER)) if (cluster.normalize('NFC') !== cluster) count += 1
  return count
}
