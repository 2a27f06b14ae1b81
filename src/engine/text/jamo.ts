/** Hangul syllables and the conjoining jamo they are made of (The Unicode Standard, section 3.12). */
export const SYLLABLE = 0xac00
export const SYLLABLES = 11_172
export const LEADING = 0x1100
export const VOWEL = 0x1161
/** One before the first trailing consonant: 0 stands for none. */
export const TRAILING = 0x11a7
export const VOWELS = 21
export const TRAILINGS = 28

export function isSyllable(codePoint: number): boolean {
  return codePoint >= SYLLABLE && codePoint < SYLLABLE + SYLLABLES
}

/** Every syllable taken apart; everything else as it is. NFC puts the parts of a text that was NFC together again. */
export function takeApart(text: string): string {
  return text.replace(/[\uac00-\ud7a3]/g, (syllable) => syllable.normalize('NFD'))
}

const isLeading = (at: number): boolean => at >= LEADING && at < LEADING + 19
const isVowel = (at: number): boolean => at >= VOWEL && at < VOWEL + VOWELS
const isTrailing = (at: number): boolean => at > TRAILING && at < TRAILING + TRAILINGS

/** Which code points join the one before them to a syllable, as NFC does: counts what is left. */
export class SyllableCounter {
  /** What the last syllable still takes: a vowel, a trailing consonant, or nothing. */
  #takes: 'vowel' | 'trailing' | 'nothing' = 'nothing'
  #count = 0

  get count(): number {
    return this.#count
  }

  add(codePoint: number): void {
    if (this.#takes === 'vowel' && isVowel(codePoint)) this.#takes = 'trailing'
    else if (this.#takes === 'trailing' && isTrailing(codePoint)) this.#takes = 'nothing'
    else {
      this.#count += 1
      const isOpen = isSyllable(codePoint) && (codePoint - SYLLABLE) % TRAILINGS === 0
      this.#takes = isLeading(codePoint) ? 'vowel' : isOpen ? 'trailing' : 'nothing'
    }
  }
}
