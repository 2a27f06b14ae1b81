/** The ways in which a person starts the command line, each in a process group of its own, as a terminal does it. */
import { spawn } from 'node:child_process'
import type { StdioOptions } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { onTestFinished } from 'vitest'
import { observe } from './command-line'
import type { RunningCommand } from './command-line'

export const ROOT = resolve(import.meta.dirname, '../../..')
export const ENGRAM = join(ROOT, 'scripts/engram.cjs')

/** What comes before the command's own words. */
export const DOORS = {
  'npx engram': ['npx', 'engram'],
  'npm run lab': ['npm', 'run', '--silent', 'lab', '--'],
  engram: [process.execPath, ENGRAM],
  'engram on an older Node': [process.execPath, '-r', join(import.meta.dirname, 'older-node.cjs'), ENGRAM],
} as const

export type Door = keyof typeof DOORS

export interface StartedGroup extends RunningCommand {
  /** Id of the group, which is that of its first process. */
  readonly group: number
}

export function startThrough(
  door: Door,
  words: readonly string[],
  directory: string,
  choice: { readonly env?: NodeJS.ProcessEnv; readonly cwd?: string; readonly stdio?: StdioOptions } = {},
): StartedGroup {
  const [program, ...first] = DOORS[door]
  const child = spawn(program, [...first, ...words], {
    cwd: choice.cwd ?? ROOT,
    env: { ...process.env, ENGRAM_DATA_DIR: directory, ...choice.env },
    stdio: choice.stdio ?? ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  const group = child.pid
  if (group === undefined) throw new Error(`${program} did not start`)
  onTestFinished(() => {
    if (membersOf(group).length > 0) process.kill(-group, 'SIGKILL')
  })
  return { ...observe(child), group }
}

/**
 * The same as a job of a shell, as at a terminal: a group whose leader's parent is not in its session ignores Ctrl-Z.
 * The shell waits for a line on its standard input.
 */
export async function startAsJob(door: Door, words: readonly string[], directory: string): Promise<StartedGroup> {
  const child = spawn(
    'bash',
    ['-c', 'set -m; "$@" & echo "group $!" >&2; read -r _', 'bash', ...DOORS[door], ...words],
    {
      cwd: ROOT,
      env: { ...process.env, ENGRAM_DATA_DIR: directory },
      stdio: ['pipe', 'pipe', 'pipe'],
    },
  )
  const shell = observe(child)
  const group = Number((await shell.says(/^group (\d+)$/m))[1])
  onTestFinished(() => {
    child.stdin.end('\n')
    if (membersOf(group).length > 0) process.kill(-group, 'SIGKILL')
  })
  return { ...shell, group }
}

interface Member {
  readonly pid: number
  readonly parent: number
  /** As /proc tells it: R and S of one that lives, T of a stopped one. */
  readonly state: string
}

/** The living processes of a group. */
export function membersOf(group: number): Member[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name): Member[] => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, 'utf8')
        const [state, parent, itsGroup] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
        const isMember = Number(itsGroup) === group && state !== 'Z' && state !== 'X'
        return isMember ? [{ pid: Number(name), parent: Number(parent), state }] : []
      } catch {
        return [] // it ended meanwhile
      }
    })
}
