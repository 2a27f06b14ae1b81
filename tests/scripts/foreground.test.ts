/** A program that a script runs in its place shares its fate: stopped with it, and ended with it. */
import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'

const SCRIPT = join(import.meta.dirname, 'foreground.mjs')

/** As /proc tells it; null: there is no such process. */
function stateOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2)[0]
  } catch {
    return null
  }
}

/** Starts the script as a job of a shell, in a process group of its own. */
async function start(): Promise<{ group: number; program: number }> {
  const line = 'set -m; "$@" & echo "group $!"; read -r _'
  const shell = spawn('bash', ['-c', line, 'bash', process.execPath, SCRIPT], { stdio: ['pipe', 'pipe', 'ignore'] })
  const pids = await new Promise<{ group: number; program: number }>((resolve) => {
    let text = ''
    shell.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk
      const [group, program] = [/group (\d+)/, /started (\d+)\n/].map((what) => Number(what.exec(text)?.[1]))
      if (group > 0 && program > 0) resolve({ group, program })
    })
  })
  onTestFinished(() => {
    shell.stdin.end('\n')
    for (const pid of Object.values(pids)) if (stateOf(pid) !== null) process.kill(pid, 'SIGKILL')
  })
  return pids
}

const isGone = (pid: number): boolean => [null, 'Z'].includes(stateOf(pid))
const patience = { timeout: 60_000 }

describe.runIf(existsSync('/proc/self/stat'))('a program in a script’s place', () => {
  it('ends when the script’s group is killed', async () => {
    const { group, program } = await start()
    process.kill(-group, 'SIGKILL')
    await expect.poll(() => isGone(program), patience).toBe(true)
  })

  it('stops at Ctrl-Z and goes on with the script', async () => {
    const { group, program } = await start()
    process.kill(-group, 'SIGTSTP')
    await expect.poll(() => [stateOf(group), stateOf(program)], patience).toEqual(['T', 'T'])
    process.kill(-group, 'SIGCONT')
    await expect.poll(() => stateOf(program), patience).not.toBe('T')
    process.kill(-group, 'SIGTERM')
    await expect.poll(() => isGone(program) && isGone(group), patience).toBe(true)
  })
})
