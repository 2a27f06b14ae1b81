/**
 * What set-up says, always on standard error: a task's title, how far it is, and how long it took. On a terminal one
 * line is rewritten; elsewhere a line is added now and then. Nothing to do, nothing said.
 */
const EVERY_MS = process.stderr.isTTY ? 250 : 15_000

/** @param {string} line */
export const tell = (line) => void process.stderr.write(`${line}\n`)

/** @param {number} since from performance.now() */
export const secondsSince = (since) => `${((performance.now() - since) / 1000).toFixed(1)} s`

/** Tasks that run now, in the order they began. @type {Set<() => string>} */
const running = new Set()
/** @type {NodeJS.Timeout | undefined} */
let timer

/** Shows every running task: on a terminal in one line that is rewritten, elsewhere a line each. */
function showRunning() {
  const states = [...running].map((state) => state())
  if (!process.stderr.isTTY) return states.forEach(tell)
  const width = Math.max(20, (process.stderr.columns || 80) - 1)
  process.stderr.write(`\r\x1b[K${states.join(' · ').slice(0, width)}`)
}

/**
 * Begins a task that takes a while. Several may run at once.
 * @param {string} title such as "Installing packages"
 */
export function beginTask(title) {
  const started = performance.now()
  let detail = ''
  const state = () => `${title} … ${detail ? `${detail}, ` : ''}${secondsSince(started)}`
  running.add(state)
  if (process.stderr.isTTY) showRunning()
  else tell(`${title} …`)
  timer ??= setInterval(showRunning, EVERY_MS).unref()
  const end = (line) => {
    running.delete(state)
    if (process.stderr.isTTY) process.stderr.write('\r\x1b[K')
    tell(line)
    if (running.size > 0) return
    clearInterval(timer)
    timer = undefined
  }
  return {
    /** @param {string} next how far it is */
    progress: (next) => void (detail = next),
    /** @param {string} [note] */
    done: (note) => end(`${title}: done in ${secondsSince(started)}${note ? ` (${note})` : ''}`),
    failed: () => end(`${title}: failed after ${secondsSince(started)}`),
  }
}

/**
 * Runs work as a task and tells how it ended.
 * @template T
 * @param {string} title
 * @param {(progress: (detail: string) => void) => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function asTask(title, work) {
  const task = beginTask(title)
  try {
    const result = await work(task.progress)
    task.done()
    return result
  } catch (error) {
    task.failed()
    throw error
  }
}
