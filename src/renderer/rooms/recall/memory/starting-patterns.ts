/** Which patterns of a bundled set are stored at first: three that a Hebbian network calls back from their upper half (A, N and T end in a mixture). */
export const FIRST_SET = 'letters-16'

const STARTING: Readonly<Record<string, readonly string[]>> = {
  'letters-16': ['A', 'N', 'V'],
  'digits-12': ['0', '1', '4'],
  'hangul-24': ['마', '차', '파'],
  'shapes-24': ['heart', 'star', 'moon'],
}

const COUNT = 3

/** The names to store of a set; of a set nobody knows, its first three. */
export function startingNames(set: string, names: readonly string[]): readonly string[] {
  const known = (STARTING[set] ?? []).filter((name) => names.includes(name))
  return known.length > 0 ? known : names.slice(0, COUNT)
}
