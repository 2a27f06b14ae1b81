/** A few words of a text whose hidden states are watched while a network learns it. */
const LENGTH = 32
const LEAST = 24

/** The first line that is long enough, cut to a length that can be seen at once. @param excerpt the text's beginning */
export function chooseProbe(excerpt: string): string {
  const lines = excerpt.split('\n').map((line) => line.trim())
  const line = lines.find((candidate) => [...candidate].length >= LEAST) ?? excerpt
  return [...line].slice(0, LENGTH).join('')
}
