/** The machine's npm, and what is worth telling of what it says. */
import { delimiter } from 'node:path'
import { inRoot } from './paths.mjs'
import { runHidden } from './processes.mjs'

/**
 * Runs npm out of sight.
 * @param {readonly string[]} args
 * @param {{ cwd?: string, onLine?: (line: string) => void }} [options]
 */
export function runNpm(args, options = {}) {
  const windows = process.platform === 'win32'
  return windows
    ? runHidden('cmd.exe', ['/d', '/c', 'npm', ...args], { ...options, env: npmEnvironment() })
    : runHidden('npm', args, { ...options, env: npmEnvironment() })
}

/** npm must run on the machine's own Node: the project's is among what it removes and installs. */
function npmEnvironment() {
  const own = inRoot('node_modules')
  const path = (process.env.PATH ?? '').split(delimiter).filter((folder) => !folder.startsWith(own))
  return { ...process.env, PATH: path.join(delimiter) }
}

const NOISE = /^(code|errno|syscall|path|command|dest|request|A complete log|Log files|This is|not ok)\b/i

/**
 * The line of npm's output that says why it failed.
 * @param {readonly string[]} lines
 */
export function npmReason(lines) {
  const errors = lines.map((line) => /^npm (?:error|ERR!) (.*\S)/.exec(line)?.[1]).filter((text) => text)
  const code = errors.find((text) => text.startsWith('code '))?.slice(5)
  const reason =
    errors.find((text) => !NOISE.test(text)) ?? lines.filter((line) => line.trim()).at(-1) ?? 'no reason given'
  return code ? `${code}: ${reason}` : reason
}
