/** Several numbers in one line of text: 0.05, 0.1, 0.2. */
export interface NumberBounds {
  readonly min: number
  readonly max: number
  readonly whole: boolean
}

const NUMBER = /^(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i

/** As they are typed, each once and ascending; null where one can't be read or is out of bounds, or there is none. */
export function parseNumberList(text: string, { min, max, whole }: NumberBounds): readonly number[] | null {
  const words = text.split(/[,;\s]+/).filter((word) => word !== '')
  const numbers = words.map((word) => (NUMBER.test(word) ? Number(word) : NaN))
  const isGood = (number: number): boolean => number >= min && number <= max && (!whole || Number.isInteger(number))
  if (numbers.length === 0 || !numbers.every(isGood)) return null
  return [...new Set(numbers)].sort((a, b) => a - b)
}

export function printNumberList(numbers: readonly number[]): string {
  return numbers.join(', ')
}
