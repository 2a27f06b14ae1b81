/** The help of the whole and of each command. */
import type { AnyCommand, CommandEntry } from './command'
import { flagOf } from './options'
import type { Option } from './options'

const COLUMN = 30

function line(left: string, right: string): string {
  return left.length < COLUMN ? `  ${left.padEnd(COLUMN)}${right}` : `  ${left}\n  ${' '.repeat(COLUMN)}${right}`
}

export function overallHelp(commands: readonly CommandEntry[]): string {
  return [
    'Engram Lab from a terminal: the same runs as in the window.',
    '',
    'engram COMMAND [OPTIONS]',
    '',
    ...commands.map(({ name, summary }) => line(name, summary)),
    '',
    'Every command takes --data-dir DIR, --json and --help.',
  ].join('\n')
}

export function commandHelp(command: AnyCommand, common: Readonly<Record<string, Option<unknown>>>): string {
  const positionals = (command.positionals ?? []).map(({ name, optional, repeated }) => {
    const shown = repeated ? `${name}…` : name
    return optional ? `[${shown}]` : shown
  })
  const describe = ([name, option]: [string, Option<unknown>]): string => {
    const left = option.placeholder === null ? flagOf(name) : `${flagOf(name)} ${option.placeholder}`
    return line(left, option.shownDefault === null ? option.summary : `${option.summary} (${option.shownDefault})`)
  }
  return [
    `${command.name}: ${command.summary}`,
    '',
    `engram ${[command.name, ...positionals, '[OPTIONS]'].join(' ')}`,
    `for example: engram ${command.example}`,
    '',
    ...Object.entries(command.options as Readonly<Record<string, Option<unknown>>>).map(describe),
    ...Object.entries(common).map(describe),
  ].join('\n')
}
