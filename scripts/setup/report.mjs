/**
 * What set-up says, always on standard error: a task's title, how far it is, and how long it took. On a terminal one
 * line is rewritten; elsewhere a line is added now and then. Nothing to do, nothing said.
 */
const EVERY_MS = process.stderr.isTTY ? 250 : 15_000

/** @param {string} line */
export const tell = (line) => void process.stderr.write(`${line}\n`)

/** @param {number} since from performance.now() */
export const secondsSince = (since) => `${((performance.now() - since) / 1000).toFixed(1)} s`

/**
 * Begins a task that takes a while.
 * @param {string} title such as "Installing packages"
 */
export function beginTask(title) {
  const started = performance.now()
  const terminal = process.stderr.isTTY
  let detail = ''
  const show = () => {
    const line = `${title} … ${detail ? `${detail}, ` : ''}${secondsSince(started)}`
    if (terminal) process.stderr.write(`\r\x1b[K${line.slice(0, process.stderr.columns - 1)}`)
    else tell(line)
  }
  const end = (line) => {
    clearInterval(timer)
    if (terminal) process.stderr.write('\r\x1b[K')
    tell(line)
  }
  const timer = setInterval(show, EVERY_MS)
  timer.unref()
  if (terminal) show()
  else tell(`${title} …`)
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
