/**
 * The programs that a test runs side by side. A signal ends all of them and then the test; none outlives it.
 */
import { spawn } from 'node:child_process'
import { setPriority } from 'node:os'
import { createInterface } from 'node:readline'
import { inRoot, ROOT } from '../setup/paths.mjs'
import { tieGroup } from '../setup/processes.mjs'
import { atExit, exitCodeOf, setSignalReceiver } from '../setup/signals.mjs'

const windows = process.platform === 'win32'
/** What is left of a suite after a signal has this long to end by itself. */
const PATIENCE_MS = 10_000

/** What Node has compiled is kept, by content: the suites start hundreds of processes of the same few programs. */
const COMPILED = {
  NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? inRoot('node_modules/.cache/engram-lab/compiled'),
}

/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set()
/** @type {NodeJS.Signals | null} */
let received = null

/** The signal that ended the suites; null: none. */
export const interruptedBy = () => received

/** Hands signals to the suites from now on: the first ends them, so that the test can end after them. */
export function passSignals() {
  setSignalReceiver((signal) => {
    if (received !== null) process.exit(exitCodeOf(signal)) // whatever still runs is killed on the way out
    received = signal
    for (const child of running) endGroup(child, 'SIGTERM')
    setTimeout(() => running.forEach((child) => endGroup(child, 'SIGKILL')), PATIENCE_MS).unref()
  })
}

/**
 * Runs a program in a process group of its own, its output read line by line.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, onLine?: (line: string) => void, nice?: number }} [options]
 * @returns {Promise<{ code: number, lines: string[] }>} `lines`: of both outputs, unless somebody takes them by `onLine`
 */
export async function runSuiteProcess(command, args, { env = process.env, onLine, nice } = {}) {
  if (received !== null) return { code: exitCodeOf(received), lines: [] }
  const child = spawn(command, args, {
    cwd: ROOT,
    env: { ...COMPILED, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: !windows,
  })
  if (nice !== undefined && child.pid !== undefined) setPriority(child.pid, nice)
  running.add(child)
  const forget = atExit(() => endGroup(child, 'SIGKILL'))
  const untie = windows || child.pid === undefined ? () => undefined : tieGroup(child.pid)
  const lines = []
  const read = onLine ?? ((line) => void lines.push(line))
  for (const input of [child.stdout, child.stderr]) createInterface({ input }).on('line', read)
  try {
    return await new Promise((done, fail) => {
      child.on('error', fail)
      child.on('close', (code, signal) => done({ code: code ?? exitCodeOf(signal ?? ''), lines }))
    })
  } finally {
    running.delete(child)
    untie()
    forget()
  }
}

/** @param {import('node:child_process').ChildProcess} child @param {NodeJS.Signals} signal */
function endGroup(child, signal) {
  if (child.pid === undefined) return
  try {
    process.kill(windows ? child.pid : -child.pid, signal)
  } catch (error) {
    if (error.code !== 'ESRCH') throw error
  }
}
