/** From words to a command's options and positionals. What cannot be understood is a UsageError. */
import type { AnyCommand } from './command'
import { flagOf } from './options'
import type { OptionTable, OptionValues } from './options'
import { nearest } from './suggest'
import { UsageError } from './usage-error'

export interface ParsedArguments<Options extends OptionTable> {
  readonly options: OptionValues<Options>
  /** Names of the options that were given. */
  readonly given: ReadonlySet<string>
  readonly positionals: readonly string[]
}

interface Collected {
  readonly values: Map<string, string[]>
  readonly positionals: string[]
}

/** @param dashes whether a positional may begin with one */
export function parseArguments<Options extends OptionTable>(
  table: Options,
  words: readonly string[],
  dashes = false,
): ParsedArguments<Options> {
  const { values, positionals } = collect(table, words, dashes)
  const read = Object.entries(table).map(([name, option]) => [name, option.read(values.get(name) ?? [], flagOf(name))])
  return { options: Object.fromEntries(read) as OptionValues<Options>, given: new Set(values.keys()), positionals }
}

function collect(table: OptionTable, words: readonly string[], dashes: boolean): Collected {
  const names = new Map(Object.keys(table).map((name) => [flagOf(name), name]))
  const values = new Map<string, string[]>()
  const positionals: string[] = []
  let at = 0
  while (at < words.length) {
    const word = words[at++]
    if (word === '--') {
      positionals.push(...words.slice(at))
      break
    }
    if (!word.startsWith('--')) {
      if (word.startsWith('-') && word.length > 1 && !dashes) throw new UsageError(`there is no option ${word}`)
      positionals.push(word)
      continue
    }
    const [flag, attached] = splitFlag(word)
    const name = names.get(flag)
    if (name === undefined) throw new UsageError(unknownOption(flag, [...names.keys()]))
    const option = table[name]
    const before = values.get(name)
    if (before && !option.repeatable) throw new UsageError(`${flag} is given twice`)
    values.set(name, [...(before ?? []), valueOf(option.placeholder)])

    function valueOf(placeholder: string | null): string {
      if (placeholder === null) {
        if (attached !== null) throw new UsageError(`${flag} takes no value`)
        return ''
      }
      if (attached !== null) return attached
      const next = words[at++]
      if (next === undefined || next.startsWith('--'))
        throw new UsageError(`${flag} needs a value: ${flag} ${placeholder}`)
      return next
    }
  }
  return { values, positionals }
}

function unknownOption(flag: string, flags: readonly string[]): string {
  const meant = nearest(flag, flags)
  return `there is no option ${flag}${meant === null ? '' : `; did you mean ${meant}?`}`
}

function splitFlag(word: string): [string, string | null] {
  const at = word.indexOf('=')
  return at < 0 ? [word, null] : [word.slice(0, at), word.slice(at + 1)]
}

/** @throws UsageError for one too many or too few */
export function assertPositionals(command: AnyCommand, given: readonly string[]): void {
  const declared = command.positionals ?? []
  const least = declared.filter(({ optional }) => !optional).length
  if (given.length < least) throw new UsageError(`${declared[given.length].name} is missing`)
  if (given.length > declared.length && !declared.some(({ repeated }) => repeated)) {
    throw new UsageError(`${JSON.stringify(given[declared.length])} is one word too many`)
  }
}
