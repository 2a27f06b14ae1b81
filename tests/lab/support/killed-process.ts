/** Processes that are killed as `kill -9` does, at any one of the things they do to files: see ./killed-at.mjs. */
import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { onTestFinished } from 'vitest'
import { temporaryDirectory } from './temporary'

const PRELOADED = pathToFileURL(join(import.meta.dirname, 'killed-at.mjs')).href

export interface WatchedProcess {
  /** Of Node: a script and its words. */
  readonly words: readonly string[]
  readonly env?: NodeJS.ProcessEnv
  /** What is done below these is counted. */
  readonly folders: readonly string[]
}

export interface Kill {
  /** Counted from 0. */
  readonly at: number
  /** `within`: half of it is done. */
  readonly how: 'before' | 'within'
}

/** Lets it run to its end, or to where it is killed. @returns what it did to files until then, a line each */
export async function runWatched(watched: WatchedProcess, kill: Kill | null): Promise<readonly string[]> {
  const { words, env, folders } = watched
  const log = join(temporaryDirectory(), 'log')
  const child = spawn(process.execPath, words, {
    env: {
      ...process.env,
      ...env,
      NODE_OPTIONS: `--import ${PRELOADED}`,
      KILLED_UNDER: folders.join(delimiter),
      KILLED_LOG: log,
      ...(kill && { KILLED_AT: String(kill.at), KILLED_HOW: kill.how }),
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let stderr = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  onTestFinished(() => void child.kill('SIGKILL'))
  const ending = await new Promise((resolve) => child.on('close', (code, signal) => resolve(signal ?? code)))
  if (ending !== (kill ? 'SIGKILL' : 0)) throw new Error(`it ended with ${String(ending)}: ${stderr}`)
  return existsSync(log) ? readFileSync(log, 'utf8').split('\n').slice(0, -1) : []
}

/**
 * Every moment at which a process that does this may be killed: before each step, and within those that aren't done at
 * once.
 */
export function killsOf(steps: readonly string[]): readonly Kill[] {
  return steps.flatMap((step, at): Kill[] => {
    const before: Kill = { at, how: 'before' }
    return step.startsWith('by and by') ? [before, { at, how: 'within' }] : [before]
  })
}
