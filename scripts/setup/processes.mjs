/** Running other programs: hidden, with their output read line by line, or in the foreground in this one's place. */
import { spawn } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { createInterface } from 'node:readline'
import { Failure } from './failure.mjs'
import { ROOT } from './paths.mjs'
import { atExit, exitCodeOf, setSignalReceiver } from './signals.mjs'

const windows = process.platform === 'win32'

/** Ends each hidden program that may be ended. @type {Set<() => void>} */
const hidden = new Set()

/** Ends the hidden programs that run now: what they do is no longer needed. */
export function endHidden() {
  for (const end of hidden) end()
}

/**
 * @typedef {object} HiddenOptions
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [env]
 * @property {(line: string) => void} [onLine]
 * @property {number} [timeoutMs]
 * @property {boolean} [finishes] it is never ended, since half of what it does would harm the machine
 *
 * Runs a program out of sight. It and all it starts are ended with this process.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {HiddenOptions} [options]
 * @returns {Promise<{ code: number, lines: string[] }>} its exit code and all lines of both outputs
 * @throws {Failure} when there is no such program
 */
export function runHidden(command, args, options = {}) {
  const { cwd = ROOT, env = process.env, onLine, timeoutMs, finishes = false } = options
  return new Promise((done, fail) => {
    // A group of its own, so that ending it also ends a compiler that it started.
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], detached: !windows })
    const end = () => finishes || endGroup(child.pid)
    const forget = atExit(end)
    hidden.add(end)
    const timer = timeoutMs ? setTimeout(end, timeoutMs) : null
    const lines = []
    const read = (line) => {
      lines.push(line)
      onLine?.(line)
    }
    createInterface({ input: child.stdout }).on('line', read)
    createInterface({ input: child.stderr }).on('line', read)
    const settle = () => {
      forget()
      hidden.delete(end)
      if (timer) clearTimeout(timer)
    }
    child.on('error', (error) => {
      settle()
      fail(
        error.code === 'ENOENT' ? new Failure(`There is no ${command} on the path: install it and try again.`) : error,
      )
    })
    child.on('close', (code, signal) => {
      settle()
      done({ code: code ?? exitCodeOf(signal ?? ''), lines })
    })
  })
}

/** Ends a process group that {@link runHidden} started. @param {number | undefined} pid */
function endGroup(pid) {
  if (!pid) return
  try {
    process.kill(windows ? pid : -pid, 'SIGTERM')
  } catch (error) {
    if (error.code !== 'ESRCH') throw error
  }
}

/**
 * Runs a program in this one's place: same input and output, signals passed on once, its exit code answered. It has a
 * process group of its own, so that the terminal's own signal does not reach it a second time; Ctrl-Z stops that group as
 * well, and the end of this process ends it, even by SIGKILL.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, onMessage?: (message: unknown) => void }} [options]
 * @returns {Promise<number>}
 */
export function runInForeground(command, args, { cwd = process.cwd(), env = process.env, onMessage } = {}) {
  return new Promise((done, fail) => {
    const stdio = ['inherit', 'inherit', 'inherit', ...(onMessage ? ['ipc'] : [])]
    const child = spawn(command, args, { cwd, env, stdio, detached: !windows })
    if (onMessage) child.on('message', onMessage)
    setSignalReceiver((signal) => child.kill(signal))
    const release = windows || child.pid === undefined ? () => {} : tieGroup(child.pid)
    child.on('error', fail)
    child.on('exit', (code, signal) => {
      setSignalReceiver(null)
      release()
      done(code ?? exitCodeOf(signal ?? ''))
    })
  })
}

/** Ends a program when its standard input ends without a line, and its group where it is still there ten seconds later. */
const WATCHMAN =
  'read -r _ && exit; kill -TERM "$0"; n=0; ' +
  'while kill -0 "-$0" && [ $n -lt 10 ]; do sleep 1; n=$((n + 1)); done; kill -KILL "-$0"'

/** Groups that stop and continue with this process: all of them before it stops itself. @type {Set<number>} */
const tied = new Set()

function stopTied() {
  // A group without a terminal ignores Ctrl-Z's own signal.
  for (const group of tied) signalGroup(group, 'SIGSTOP')
  process.kill(process.pid, 'SIGSTOP')
}

function continueTied() {
  for (const group of tied) signalGroup(group, 'SIGCONT')
}

/** @param {number} group @param {NodeJS.Signals} signal */
function signalGroup(group, signal) {
  try {
    process.kill(-group, signal)
  } catch (error) {
    if (error.code !== 'ESRCH') throw error // it has just ended
  }
}

/**
 * Ties another process group to this process: it is stopped and continued with it, and ended when this process is killed.
 * @param {number} group
 * @returns {() => void} unties it
 */
export function tieGroup(group) {
  const watchman = spawn('sh', ['-c', WATCHMAN, String(group)], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true, // a signal to the group of this process does not reach it
  })
  watchman.on('error', () => {}) // without sh, the group only outlives a SIGKILL
  watchman.stdin.on('error', () => {})
  watchman.unref()
  watchman.stdin.unref()
  if (tied.size === 0) {
    process.on('SIGTSTP', stopTied)
    process.on('SIGCONT', continueTied)
  }
  tied.add(group)
  return () => {
    tied.delete(group)
    if (tied.size === 0) {
      process.off('SIGTSTP', stopTied)
      process.off('SIGCONT', continueTied)
    }
    watchman.stdin.end('\n')
  }
}

/** Whether a program is on the path. @param {string} name @param {NodeJS.ProcessEnv} env */
export function isOnPath(name, env = process.env) {
  return (env.PATH ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, name), constants.X_OK)
      return true
    } catch {
      return false
    }
  })
}
