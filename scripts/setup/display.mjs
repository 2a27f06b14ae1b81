/** A display for the window: the person's own, or a virtual one for as long as the script runs. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { Failure } from './failure.mjs'
import { tieGroup } from './processes.mjs'
import { atExit } from './signals.mjs'

const SCREEN = '1920x1200x24'

/**
 * @param {NodeJS.ProcessEnv} env
 * @param {NodeJS.Platform} platform
 */
export const hasDisplay = (env = process.env, platform = process.platform) =>
  platform !== 'linux' || Boolean(env.DISPLAY || env.WAYLAND_DISPLAY)

/**
 * Starts a virtual display under a free number.
 * @returns {Promise<{ name: string, stop: () => void }>} its name for DISPLAY
 */
export async function startVirtualDisplay() {
  // The server writes the number that it found free to descriptor 3 once it listens.
  const args = ['-displayfd', '3', '-screen', '0', SCREEN, '-nolisten', 'tcp', '-noreset']
  const server = spawn('Xvfb', args, { stdio: ['ignore', 'ignore', 'pipe', 'pipe'], detached: true })
  const untie = server.pid === undefined ? () => {} : tieGroup(server.pid)
  const stop = () => {
    untie()
    server.kill('SIGTERM')
  }
  const forget = atExit(stop)
  let complaint = ''
  server.stderr.on('data', (chunk) => (complaint += chunk))
  const failed = new Promise((_, fail) => {
    server.on('error', fail)
    server.on('exit', (code) => fail(new Error(complaint.trim().split('\n').at(-1) || `exit code ${code}`)))
  })
  failed.catch(() => {})
  try {
    const [number] = await Promise.race([once(server.stdio[3], 'data'), failed])
    for (const handle of [server, server.stderr, server.stdio[3]]) handle.unref()
    return {
      name: `:${String(number).trim()}`,
      stop: () => {
        forget()
        stop()
      },
    }
  } catch (error) {
    throw new Failure(`The virtual display did not start (${error.message}): try "Xvfb :99" by hand.`, { cause: error })
  }
}

/**
 * Runs work with a display in its environment, a virtual one where there is none.
 * @template T
 * @param {(environment: NodeJS.ProcessEnv) => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withDisplay(work) {
  if (hasDisplay()) return work({})
  const display = await startVirtualDisplay()
  try {
    return await work({ DISPLAY: display.name })
  } finally {
    display.stop()
  }
}
