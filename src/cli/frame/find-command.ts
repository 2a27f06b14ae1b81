/** From the first words to a command, and what is said when they name none. */
import type { CommandEntry } from './command'
import { nearest } from './suggest'

/** The command that the first words name, and the words after it; null where they name none. */
export function findCommand(
  commands: readonly CommandEntry[],
  words: readonly string[],
): { entry: CommandEntry; rest: readonly string[] } | null {
  for (const length of [2, 1]) {
    const entry = commands.find(({ name }) => name === words.slice(0, length).join(' '))
    if (entry) return { entry, rest: words.slice(length) }
  }
  return null
}

/** Of a group of commands, such as `runs`. */
function membersOf(commands: readonly CommandEntry[], word: string): CommandEntry[] {
  return commands.filter(({ name }) => name.startsWith(`${word} `))
}

/** The commands whose list these words ask for: all, or those of a group; null: they name one. */
export function listedBy(commands: readonly CommandEntry[], words: readonly string[]): readonly CommandEntry[] | null {
  const [first] = words
  if (first === undefined || first.startsWith('-')) return commands
  if (findCommand(commands, words) !== null) return null
  const members = membersOf(commands, first)
  return members.length > 0 ? members : null
}

/** A sentence for words that name no command. */
export function unknownCommand(commands: readonly CommandEntry[], words: readonly string[]): string {
  const [first, second] = words
  const members = membersOf(commands, first)
  const refusal = (word: string, remedy: string): string => `there is no command ${JSON.stringify(word)}; ${remedy}`
  if (members.length > 0) {
    const whole = second === undefined || second.startsWith('-') ? null : `${first} ${second}`
    const names = members.map(({ name }) => name)
    const meant = whole === null ? null : nearest(whole, names)
    return refusal(whole ?? first, meant === null ? `there are ${names.join(', ')}` : `did you mean ${meant}?`)
  }
  const meant = nearest(first, [...new Set(commands.map(({ name }) => name.split(' ')[0]))])
  return refusal(first, `${meant === null ? '' : `did you mean ${meant}? `}"engram --help" lists them`)
}
