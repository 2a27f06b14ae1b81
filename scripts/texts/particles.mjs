/**
 * Korean particles by the sound before them: `손님(이/가)` is 손님이 and `아이(이/가)` is 아이가. The first form follows a
 * final consonant, the second a vowel; 으로 follows every final consonant but ㄹ.
 */
const FIRST_SYLLABLE = 0xac00
const LAST_SYLLABLE = 0xd7a3
/** Finals of a syllable; 0 is none, 8 is ㄹ. */
const FINALS = 28
const RIEUL = 8
const PARTICLE = /([\uac00-\ud7a3])(["”'’]?)\(([^()/]*)\/([^()/]*)\)/g

/** @throws Error where a particle follows something that is no syllable */
export function withParticles(text) {
  const resolved = text.replace(PARTICLE, (_, syllable, quote, afterConsonant, afterVowel) => {
    const code = syllable.charCodeAt(0)
    const final = code >= FIRST_SYLLABLE && code <= LAST_SYLLABLE ? (code - FIRST_SYLLABLE) % FINALS : 0
    const isOpen = final === 0 || (final === RIEUL && afterConsonant.startsWith('으로'))
    return syllable + quote + (isOpen ? afterVowel : afterConsonant)
  })
  const unresolved = /\([^()/]*\/[^()/]*\)/.exec(resolved)
  if (unresolved) throw new Error(`no syllable stands before the particle ${unresolved[0]}`)
  return resolved
}
