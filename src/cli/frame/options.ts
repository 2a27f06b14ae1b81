/**
 * Options as a table: a command declares what each is, and gets typed values. The names are the table's keys,
 * `learningRate` being `--learning-rate`. What cannot be read is a UsageError (exit 2).
 */
import { LONGEST_NAME, LONGEST_TAG, tagOf } from '../../shared'
import { UsageError } from './usage-error'

export interface Option<Value> {
  /** null: a switch, which takes no value. */
  readonly placeholder: string | null
  readonly summary: string
  /** Whether it may be given more than once. */
  readonly repeatable: boolean
  /** What the help shows as the default; null: nothing to show. */
  readonly shownDefault: string | null
  /** Whether it names a text, a pattern file or a cue, which may come through a pipe. */
  readonly isInput?: boolean
  /** Reads everything that was given, in order; nothing where it wasn't. */
  readonly read: (given: readonly string[], flag: string) => Value
}

export type OptionTable = Readonly<Record<string, Option<unknown>>>
export type OptionValues<Table extends OptionTable> = {
  readonly [Name in keyof Table]: Table[Name] extends Option<infer Value> ? Value : never
}

/** `learningRate` → `--learning-rate` */
export function flagOf(name: string): string {
  return `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`
}

export function flag(summary: string): Option<boolean> {
  return { placeholder: null, summary, repeatable: false, shownDefault: null, read: (given) => given.length > 0 }
}

type Reader<Value> = (text: string, flag: string) => Value

/** An option that holds `initial` unless it is given. */
export function valued<Value, const Initial>(
  placeholder: string,
  summary: string,
  initial: Initial,
  reader: Reader<Value>,
): Option<Value | Initial> {
  return {
    placeholder,
    summary,
    repeatable: false,
    shownDefault: initial === null || initial === undefined || initial === '' ? null : String(initial),
    read: (given, name) => (given.length === 0 ? initial : reader(given[0], name)),
  }
}

/** An option that may be given again and again; all its values, in order. */
export function repeated<Value>(placeholder: string, summary: string, reader: Reader<Value>): Option<readonly Value[]> {
  return {
    placeholder,
    summary: `${summary} (may be repeated)`,
    repeatable: true,
    shownDefault: null,
    read: (given, name) => given.map((text) => reader(text, name)),
  }
}

/** An option without which the command makes no sense. */
export function required<Value>(placeholder: string, summary: string, reader: Reader<Value>): Option<Value> {
  return {
    placeholder,
    summary: `${summary} (needed)`,
    repeatable: false,
    shownDefault: null,
    read: (given, name) => {
      if (given.length === 0) throw new UsageError(`${name} ${placeholder} is missing`)
      return reader(given[0], name)
    },
  }
}

/** The same option for what is read once, so that it may come through a pipe (./incoming). */
export function input<Value>(option: Option<Value>): Option<Value> {
  return { ...option, isInput: true }
}

export const asText: Reader<string> = (text) => text

export const asName: Reader<string> = (text, name) => {
  if (text === '') throw new UsageError(`${name} must not be empty`)
  return text
}

/** A run's name: as long as the app can change it. */
export const asRunName: Reader<string> = (text, name) => {
  if (text.length > LONGEST_NAME) throw new UsageError(`${name} must have at most ${LONGEST_NAME} characters`)
  return text
}

/** A tag, composed: a person means the same by either composition. */
export const asTag: Reader<string> = (text, name) => {
  const tag = tagOf(text)
  if (tag === '') throw new UsageError(`${name} must not be empty`)
  if (tag.length > LONGEST_TAG) throw new UsageError(`${name} must have at most ${LONGEST_TAG} characters`)
  return tag
}

const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i

/** A finite decimal number within bounds; `expected` completes "must be …". */
export function asNumber(expected: string, isRight: (value: number) => boolean): Reader<number> {
  return (text, name) => {
    const value = DECIMAL.test(text) ? Number(text) : Number.NaN
    if (!Number.isFinite(value) || !isRight(value)) {
      throw new UsageError(`${name} must be ${expected}, not ${JSON.stringify(text)}`)
    }
    return value
  }
}

export function asWhole(least: number, most: number = 2 ** 31 - 1): Reader<number> {
  return asNumber(
    `a whole number from ${least} to ${most}`,
    (value) => Number.isInteger(value) && value >= least && value <= most,
  )
}

export function asChoice<const Choice extends string>(choices: readonly Choice[]): Reader<Choice> {
  return (text, name) => {
    const choice = choices.find((candidate) => candidate === text)
    if (choice === undefined) {
      throw new UsageError(`${name} must be one of ${choices.join(', ')}, not ${JSON.stringify(text)}`)
    }
    return choice
  }
}

/** Values between commas, one or more. */
export function asList<Value>(reader: Reader<Value>): Reader<readonly Value[]> {
  return (text, name) => text.split(',').map((part) => reader(part, name))
}
