/**
 * Texts that ask for memory over a known distance, one problem per line.
 *
 * With one distance, every answer comes at the same place of its line, so a network can pass by counting time. Where the
 * distance is drawn for each problem, something in the line has to announce the answer: delay, adding and copy have a
 * mark of their own for that, repeat and brackets get another form (docs/decisions/0011-memory-tasks.md).
 */
import { Random } from '../random/generator'

export type Task = 'repeat' | 'delay' | 'brackets' | 'adding' | 'copy'

/** Distances that are drawn from: whole numbers of at least 1, both ends included. */
export interface DistanceRange {
  readonly shortest: number
  readonly longest: number
}

const LETTERS = 'abcdefgh'
const DIGITS = '0123456789'
const BRACKETS = ['()', '[]', '{}']
/** Fillers of `repeat` where the answer is announced, and the digit that announces it. */
const FILLERS = DIGITS.slice(0, -1)
const ANNOUNCING = DIGITS.slice(-1)

const draw = (symbols: string, random: Random): string => symbols[random.below(symbols.length)]
const drawMany = (symbols: string, count: number, random: Random): string =>
  Array.from({ length: count }, () => draw(symbols, random)).join('')

/**
 * A letter, `distance` digits that mean nothing, and the letter again.
 * Announced: the last digit is a 9, and no other is.
 */
function repeatLine(distance: number, random: Random, isAnnounced: boolean): string {
  const key = draw(LETTERS, random)
  const digits = isAnnounced ? drawMany(FILLERS, distance - 1, random) + ANNOUNCING : drawMany(DIGITS, distance, random)
  return key + digits + key
}

/** A letter, `distance` dots, a question mark, and the letter again: nothing between them tells it. */
function delayLine(distance: number, random: Random): string {
  const key = draw(LETTERS, random)
  return `${key}${'.'.repeat(distance)}?${key}`
}

const evenDistance = (distance: number): number => distance + (distance % 2)

/**
 * A bracket that closes only after `distance` others (one more where that is odd), which all close among themselves.
 * Announced: the others close all together only at their end, so that the first bracket closes when it alone is open.
 */
function bracketLine(distance: number, random: Random, isAnnounced: boolean): string {
  const [first, last] = BRACKETS[random.below(BRACKETS.length)]
  const open: string[] = []
  let line = first
  for (let left = evenDistance(distance); left > 0; left--) {
    const mayClose = open.length > (isAnnounced && left > 1 ? 1 : 0)
    const opens = !mayClose || (left > open.length && random.below(2) === 0)
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

const LINES: Readonly<Record<Task, (distance: number, random: Random, isAnnounced: boolean) => string>> = {
  repeat: repeatLine,
  delay: delayLine,
  brackets: bracketLine,
  adding: addingLine,
  copy: copyLine,
}

/** The distances of a range that a task has, ascending: brackets have even ones, an odd one counts as one more. */
export function taskDistances(task: Task, { shortest, longest }: DistanceRange): readonly number[] {
  const step = task === 'brackets' ? 2 : 1
  const [first, last] = task === 'brackets' ? [evenDistance(shortest), evenDistance(longest)] : [shortest, longest]
  return Array.from({ length: Math.floor((last - first) / step) + 1 }, (_, i) => first + i * step)
}

/**
 * Lines of a task, exactly `length` characters: the last may be cut. Each line's distance is drawn evenly from those that
 * the task has in the range; a range of one distance draws nothing, and writes what it wrote before ranges existed.
 */
export function writeTask(task: Task, range: DistanceRange, length: number, seed: number): string {
  const random = Random.fromSeed(seed, `task ${task}`)
  const distances = taskDistances(task, range)
  const isDrawn = distances.length > 1
  const lines: string[] = []
  for (let written = 0; written < length;) {
    const distance = isDrawn ? distances[random.below(distances.length)] : distances[0]
    const line = `${LINES[task](distance, random, isDrawn)}\n`
    lines.push(line)
    written += line.length
  }
  return lines.join('').slice(0, length)
}

/**
 * Problems of one distance that a network is tested with: whole lines, each with its end. They are announced, which suits a
 * network of either kind of text: all of them could stand in a text of that one distance, too.
 */
export function writeQuestions(task: Task, distance: number, count: number, seed: number): readonly string[] {
  const random = Random.fromSeed(seed, `task ${task}`)
  return Array.from({ length: count }, () => `${LINES[task](distance, random, true)}\n`)
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
