/**
 * The command line on a data directory of the test's own: as a process of its own where signals, kills, the environment or
 * another process are the point, else called in the test's process.
 */
import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { BUILT } from '../../lab/support/test-lab'
import { callCommandLine } from './in-process'
import type { Called } from './in-process'

export const CLI = join(BUILT, 'cli.cjs')

export interface Ending {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
}

export interface RunningCommand {
  readonly process: ChildProcess
  readonly ended: Promise<Ending>
  /** Resolves with the match once standard error has it; rejects when the process ends before. */
  readonly says: (what: RegExp) => Promise<RegExpExecArray>
}

export function startCommand(words: readonly string[], directory: string, env: NodeJS.ProcessEnv = {}): RunningCommand {
  const child = spawn(process.execPath, [CLI, ...words], {
    env: { ...process.env, ENGRAM_DATA_DIR: directory, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  return observe(child)
}

/** What a started command says and how it ends. */
export function observe(child: ChildProcess): RunningCommand {
  let stdout = ''
  let stderr = ''
  const listeners = new Set<() => void>()
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (stdout += text))
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
    for (const listener of listeners) listener()
  })
  const ended = new Promise<Ending>((resolve) => {
    child.on('close', (code, signal) => resolve({ code, signal, stdout, stderr }))
  })
  const says = (what: RegExp): Promise<RegExpExecArray> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        const found = what.exec(stderr)
        if (found) resolve(found)
      }
      listeners.add(look)
      look()
      void ended.then(() => reject(new Error(`it ended without saying ${what}: ${stderr}`)))
    })
  return { process: child, ended, says }
}

/** In a process of its own. */
export function runProcess(words: readonly string[], directory: string, env?: NodeJS.ProcessEnv): Promise<Ending> {
  return startCommand(words, directory, env).ended
}

/** In the test's own process. */
export function runCommand(words: readonly string[], directory: string): Promise<Called> {
  return callCommandLine(words, directory)
}

/** The one document of a command that succeeds. */
export async function documentOf<Document = Record<string, unknown>>(
  words: readonly string[],
  directory: string,
  run: typeof runCommand = runCommand,
): Promise<Document> {
  const { code, stdout, stderr } = await run([...words, '--json'], directory)
  if (code !== 0) throw new Error(`exit ${code}: ${stderr}`)
  return JSON.parse(stdout) as Document
}
