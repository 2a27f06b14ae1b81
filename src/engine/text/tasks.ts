/** Texts that ask for memory over a distance that is known, a line a problem. */
import { Random } from '../random/generator'

export type Task = 'repeat' | 'delay' | 'brackets' | 'adding' | 'copy'

const LETTERS = 'abcdefgh'
const DIGITS = '0123456789'
const BRACKETS = ['()', '[]', '{}']

const draw = (symbols: string, random: Random): string => symbols[random.below(symbols.length)]
const drawMany = (symbols: string, count: number, random: Random): string =>
  Array.from({ length: count }, () => draw(symbols, random)).join('')

/** A letter, `distance` digits that mean nothing, and the letter again. */
function repeatLine(distance: number, random: Random): string {
  const key = draw(LETTERS, random)
  return key + drawMany(DIGITS, distance, random) + key
}

/** A letter, `distance` dots, a question mark, and the letter again: nothing between them tells it. */
function delayLine(distance: number, random: Random): string {
  const key = draw(LETTERS, random)
  return `${key}${'.'.repeat(distance)}?${key}`
}

/** A bracket that closes only after `distance` others (one more where that is odd), which all close among themselves. */
function bracketLine(distance: number, random: Random): string {
  const [first, last] = BRACKETS[random.below(BRACKETS.length)]
  const open: string[] = []
  let line = first
  for (let left = distance + (distance % 2); left > 0; left--) {
    const opens = open.length === 0 || (left > open.length && random.below(2) === 0)
    const [opening, closing] = BRACKETS[random.below(BRACKETS.length)]
    line += opens ? opening : (open.pop() ?? '')
    if (opens) open.push(closing)
  }
  return line + last
}

/** Digits, two of them marked, of which the first stands `distance` before the equals sign; then the sum of the two. */
function addingLine(distance: number, random: Random): string {
  const digits = Array.from({ length: distance }, () => random.below(10))
  const second = distance < 2 ? 0 : 1 + random.below(distance - 1)
  const shown = digits.map((digit, i) => (i === 0 || i === second ? `+${digit}` : String(digit))).join('')
  return `${shown}=${digits[0] + (second === 0 ? 0 : digits[second])}`
}

/** `distance` letters, and the same again after a mark. */
function copyLine(distance: number, random: Random): string {
  const letters = drawMany(LETTERS, distance, random)
  return `${letters}>${letters}`
}

const LINES: Readonly<Record<Task, (distance: number, random: Random) => string>> = {
  repeat: repeatLine,
  delay: delayLine,
  brackets: bracketLine,
  adding: addingLine,
  copy: copyLine,
}

/** Lines of a task, exactly `length` characters: the last may be cut. @param distance at least 1 */
export function writeTask(task: Task, distance: number, length: number, seed: number): string {
  const random = Random.fromSeed(seed, `task ${task}`)
  const lines: string[] = []
  for (let written = 0; written < length;) {
    const line = `${LINES[task](distance, random)}\n`
    lines.push(line)
    written += line.length
  }
  return lines.join('').slice(0, length)
}

/** Whole lines of a task, each with its end; the first ones of `writeTask` with that seed. */
export function writeProblems(task: Task, distance: number, count: number, seed: number): readonly string[] {
  const random = Random.fromSeed(seed, `task ${task}`)
  return Array.from({ length: count }, () => `${LINES[task](distance, random)}\n`)
}

/** Where a line's answer begins: from there to the line's end every character follows from what was before. */
const ANSWERS: Readonly<Record<Task, (line: string) => number>> = {
  repeat: (line) => line.length - 2,
  delay: (line) => line.length - 2,
  brackets: (line) => line.length - 2,
  adding: (line) => line.indexOf('=') + 1,
  copy: (line) => line.indexOf('>') + 1,
}

/** Places in a line (with its end) of the characters that only memory tells. */
export function answerPlaces(task: Task, line: string): readonly number[] {
  const first = ANSWERS[task](line)
  return Array.from({ length: line.length - 1 - first }, (_, i) => first + i)
}

/** The share that is right by chance; null where the answers aren't equally frequent. */
export function chanceOf(task: Task): number | null {
  if (task === 'adding') return null
  return 1 / (task === 'brackets' ? BRACKETS.length : LETTERS.length)
}
