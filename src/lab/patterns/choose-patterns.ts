/** A part of a pattern set, chosen by the patterns' names. */
import { LabError } from '../../shared'
import type { PatternSet } from '../../shared'

/** A name means the same in either Unicode composition. */
const composed = (name: string): string => name.normalize('NFC')

/**
 * @param words each a name, or several names between commas; a word that is itself a name is not divided
 * @returns the chosen patterns in the order of the set; the whole set where no word is given
 * @throws LabError E_PATTERN_UNKNOWN
 */
export function choosePatterns(set: PatternSet, words: readonly string[]): PatternSet {
  if (words.length === 0) return set
  const names = new Set(set.patterns.map(({ name }) => composed(name)))
  const chosen = new Set(
    words.map(composed).flatMap((word) => (names.has(word) ? [word] : word.split(',').map((part) => part.trim()))),
  )
  for (const name of chosen) {
    if (names.has(name)) continue
    throw new LabError('E_PATTERN_UNKNOWN', { name, names: set.patterns.map((pattern) => pattern.name).join(', ') })
  }
  return { ...set, patterns: set.patterns.filter(({ name }) => chosen.has(composed(name))) }
}
