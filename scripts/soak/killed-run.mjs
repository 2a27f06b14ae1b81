/**
 * A run that is killed again and again and goes on each time, beside one that was left alone. Both through the command
 * line, in processes of their own, on data directories of the caller's.
 */
import { spawn } from 'node:child_process'
import { inRoot, OWN_NODE } from '../setup/paths.mjs'

/**
 * What is asked of a combination: `train`'s words for a run of some seconds.
 * @typedef {{ name: string, words: readonly string[] }} Combination
 */

/** Steps of about a millisecond, so that a run of some seconds has checkpoints to go on from. */
const SIZES = {
  vanilla: ['--hidden', '128', '--batch', '16', '--sequence', '32', '--steps', '3000'],
  lstm: ['--hidden', '64', '--batch', '16', '--sequence', '32', '--steps', '2500'],
  gru: ['--hidden', '64', '--batch', '16', '--sequence', '32', '--steps', '2500'],
  window: ['--hidden', '64', '--batch', '16', '--sequence', '32', '--steps', '3000'],
}

/** @returns {Combination[]} every cell by one and by two workers */
export const COMBINATIONS = Object.entries(SIZES).flatMap(([cell, size]) =>
  [1, 2].map((workers) => ({
    name: `${cell}-${workers}`,
    words: [
      'train',
      '--corpus',
      inRoot('scripts/texts/stories/rhymes.en.txt'),
      '--cell',
      cell,
      ...size,
      '--workers',
      String(workers),
      '--validate-every',
      '400',
      // Both are drawn anew at each step: what is drawn must not depend on where a run was resumed.
      '--dropout',
      '0.2',
      '--fresh-starts',
      '0.05',
    ],
  })),
)

const OFTEN = ['--checkpoint-every', '0.1']

/**
 * Starts a command on a data directory.
 * @param {readonly string[]} words
 * @param {string} directory
 */
export function startLab(words, directory) {
  const child = spawn(OWN_NODE, [inRoot('out/main/cli.cjs'), ...words, '--json', '--data-dir', directory], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let [out, err] = ['', '']
  /** @type {(run: string) => void} */
  let begin = () => undefined
  const begun = new Promise((resolve) => (begin = resolve))
  child.stdout.setEncoding('utf8').on('data', (text) => (out += text))
  child.stderr.setEncoding('utf8').on('data', (text) => {
    err += text
    const run = /^run (\w+)$/m.exec(err)
    if (run) begin(run[1])
  })
  const ended = new Promise((resolve) => {
    child.on('close', (code, signal) => resolve({ code, signal, out, err }))
  })
  return {
    kill: () => child.kill('SIGKILL'),
    /** Resolves with the run when it has begun; null when the process ends before. */
    begun: Promise.race([begun, ended.then(() => null)]),
    ended,
  }
}

/** @param {readonly string[]} words @param {string} directory @returns {Promise<any>} the command's one document */
export async function askLab(words, directory) {
  const { code, signal, out, err } = await startLab(words, directory).ended
  if (code !== 0) throw new Error(`${words.join(' ')}: ${signal ?? `exit ${code}`}, ${err.trim()}`)
  return JSON.parse(out)
}

/** What must be equal: the last parameters, and every point but how fast it was. */
export async function outcomeOf(run, directory) {
  const { digest, status, workers, points } = await askLab(['runs', 'show', run], directory)
  return { digest, status, workers, points: points.map(({ charactersPerSecond: _, ...point }) => point) }
}

/** The run that nobody interferes with. */
export async function runAlone({ words }, directory) {
  const started = performance.now()
  const { run } = await askLab([...words, ...OFTEN], directory)
  return { run, milliseconds: performance.now() - started }
}

/**
 * Kills a run and goes on with it, so many times or until it is done, and then lets it end.
 * @param {Combination} combination
 * @param {string} directory
 * @param {number} kills
 * @param {(running: { kill: number, run: string | null, begun: Promise<string | null> }) => Promise<unknown>} moment
 *   resolves when it shall be killed
 * @returns {Promise<{ run: string, kills: number }>} how often it was killed
 */
export async function runKilled({ words }, directory, kills, moment) {
  /** @type {string | null} */
  let run = null
  for (let kill = 0; kill < kills; kill++) {
    const lab = startLab([...(run === null ? words : ['train', '--resume', run]), ...OFTEN], directory)
    try {
      await Promise.race([moment({ kill, run, begun: lab.begun }), lab.ended])
    } finally {
      lab.kill()
    }
    const { code, signal, err } = await lab.ended
    run = /^run (\w+)$/m.exec(err)?.[1] ?? run
    if (signal === 'SIGKILL') continue
    // The kill before came in the moment between its end and its last words.
    if (run !== null && /is finished/.test(err)) return { run, kills: kill }
    if (code !== 0 || run === null) throw new Error(`it ended by itself: exit ${code}, ${err.trim()}`)
    return { run, kills: kill }
  }
  if (run === null) throw new Error('it was killed before it had begun, every time')
  await askLab(['train', '--resume', run], directory)
  return { run, kills }
}
