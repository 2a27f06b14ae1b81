/** What is said at the end of a test: what took longest, what failed and how to repeat it, what was left out and why. */
import { relative, sep } from 'node:path'
import { ROOT } from '../setup/paths.mjs'

/** Of each kind, in the summary. */
const LONGEST = 8
const MOST_FAILURES = 50

/**
 * @typedef {object} Outcome of a suite
 * @property {number} passed
 * @property {readonly { name: string, repeat: string }[]} failures `repeat`: a command line for the project's folder
 * @property {readonly { count: number, what: string, why: string }[]} leftOut
 * @property {readonly { name: string, seconds: number }[]} timings of files, or of checks
 *
 * @typedef {Outcome & { title: string, seconds: number }} Suite
 */

/**
 * @param {readonly Suite[]} suites
 * @param {{ leftOut?: Outcome['leftOut'], cwd?: string }} [more] `cwd`: where commands are pasted
 * @returns {string} the last line is the count
 */
export function summaryOf(suites, { leftOut = [], cwd = ROOT } = {}) {
  const failures = suites.flatMap((suite) => suite.failures)
  const out = [...suites.flatMap((suite) => suite.leftOut), ...leftOut]
  const passed = suites.reduce((sum, suite) => sum + suite.passed, 0)
  return [
    ...longest(suites),
    ...failed(failures, cwd),
    ...(out.length === 0 ? [] : ['Left out', ...out.map(({ count, what, why }) => `  ${count} ${what}: ${why}`), '']),
    `${passed} passed, ${failures.length} failed`,
  ].join('\n')
}

function longest(suites) {
  const timings = suites.flatMap((suite) => suite.timings).sort((a, b) => b.seconds - a.seconds)
  if (timings.length < 2) return []
  const ran = suites.map(({ title, seconds }) => `${title} ${rounded(seconds)}`).join(' · ')
  return [
    `Took longest (${ran})`,
    ...timings.slice(0, LONGEST).map(({ name, seconds }) => `${rounded(seconds).padStart(10)}  ${name}`),
    '',
  ]
}

function failed(failures, cwd) {
  if (failures.length === 0) return []
  const shown = failures.slice(0, MOST_FAILURES)
  const rest = failures.length - shown.length
  const enter = relative(ROOT, cwd) === '' ? '' : `cd ${shellWord(ROOT)} && `
  return [
    'Failed',
    ...shown.flatMap(({ name, repeat }) => [`  ${oneLine(name)}`, `    ${enter}${repeat}`]),
    ...(rest > 0 ? [`  and ${rest} more`] : []),
    '',
  ]
}

const rounded = (seconds) => (seconds < 60 ? `${seconds.toFixed(1)} s` : `${(seconds / 60).toFixed(1)} min`)
const oneLine = (text) => text.replace(/\s+/g, ' ')

/** A word as a shell reads it. @param {string} word */
export function shellWord(word) {
  return /^[\w./:@+=,-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`
}

/** The command line that runs one test again. @param {string} file from the root @param {number} [line] */
export function repeatOf(file, line) {
  return `npm test -- ${shellWord(`${file.split(sep).join('/')}${line === undefined ? '' : `:${line}`}`)}`
}
