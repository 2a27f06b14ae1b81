/** The words after `npm test --`: paths, or what changed since a commit. */
import { Failure } from '../setup/failure.mjs'

export const USAGE = `npm test                          format, lint, types, unit and integration tests, the app in its window
npm test -- PATH…                 the tests of a file or a folder; of a source: the tests that import it.
                                  PATH:LINE is one test; a word that is no path: the tests whose path contains it
npm test -- --changed [BASE]      what the change since BASE touches, directly or by one import
                                  (without BASE: since the last commit whose npm test passed here)`

/**
 * @typedef {object} Words
 * @property {boolean} help
 * @property {boolean} changed
 * @property {string | null} base null: the last commit that passed
 * @property {readonly string[]} paths
 */

/**
 * @param {readonly string[]} words
 * @returns {Words}
 * @throws {Failure} for an unknown option, or paths beside `--changed`
 */
export function parseWords(words) {
  const options = words.filter((word) => word.startsWith('-'))
  const paths = words.filter((word) => !word.startsWith('-'))
  if (options.includes('--help') || options.includes('-h')) return { help: true, changed: false, base: null, paths: [] }
  const [option, second] = options
  if (option === undefined) return { help: false, changed: false, base: null, paths }
  if (option !== '--changed' && !option.startsWith('--changed=')) {
    throw new Failure(`npm test has no option ${option}: it has --changed [BASE], and takes paths.`)
  }
  if (second !== undefined) throw new Failure(`npm test takes --changed alone, without ${second}.`)
  const attached = option.startsWith('--changed=') ? [option.slice('--changed='.length)] : []
  const bases = [...attached, ...paths]
  if (bases.length > 1) throw new Failure(`--changed takes one commit, not ${bases.join(' and ')}.`)
  if (bases[0] === '') throw new Failure('--changed= needs a commit after the equals sign, such as --changed=main.')
  return { help: false, changed: true, base: bases[0] ?? null, paths: [] }
}
