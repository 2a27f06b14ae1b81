/** The machine's npm: its settings, whether it can reach its registry, and the useful line of what it prints. */
import { existsSync, readFileSync } from 'node:fs'
import { delimiter } from 'node:path'
import { ownCacheFolder, unwritableReason } from './cache.mjs'
import { Failure } from './failure.mjs'
import { isAtLeast } from './node-version.cjs'
import { inRoot } from './paths.mjs'
import { runHidden } from './processes.mjs'
import { assertReachable, proxyFor } from './registry-connection.mjs'
import { tell } from './report.mjs'

/**
 * Runs npm hidden, once it is known to be there, recent enough, and to reach its registry.
 * @param {readonly string[]} args
 * @param {{ cwd?: string, onLine?: (line: string) => void }} [options]
 */
export async function runNpm(args, options = {}) {
  const flags = await prepareNpm()
  return startNpm([...args, ...flags], options)
}

/** @type {Promise<readonly string[]> | undefined} */
let prepared

/** What every call of npm needs; asked once. */
const prepareNpm = () => (prepared ??= checkNpm())

/** @returns {Promise<readonly string[]>} flags of every call @throws {Failure} when npm cannot install anything */
async function checkNpm() {
  const settings = await readNpmSettings()
  const needed = JSON.parse(readFileSync(inRoot('package.json'), 'utf8')).engines.npm.replace(/[^\d.]/g, '')
  const version = settings['npm-version'] ?? 'of an unknown version'
  if (!isAtLeast(version, needed)) {
    throw new Failure(
      `Engram Lab needs npm ${needed} or newer, and this is npm ${version}: ` +
        `run "npm install --global npm@${needed}" or install a current Node, and try again.`,
    )
  }
  if (settings.offline) throw new Failure(`npm's setting "offline" forbids downloads: remove it and try again.`)
  const registry = addressSetting('registry', settings)
  const proxies = { proxy: addressSetting('proxy', settings), 'https-proxy': addressSetting('https-proxy', settings) }
  if (registry) await assertReachable(registry, proxyFor(registry, { ...proxies, noproxy: settings.noproxy }))
  const reason = unwritableReason(settings.cache)
  if (reason === null) return []
  const cache = ownCacheFolder('npm')
  tell(`npm's cache folder cannot be used (${settings.cache}: ${reason}): using out/.cache/npm in this checkout.`)
  return ['--cache', cache]
}

/** @returns {Promise<Record<string, any>>} npm's settings from every source */
async function readNpmSettings() {
  const { code, lines } = await startNpm(['config', 'list', '--json'], {}).catch((error) => {
    if (!(error instanceof Failure)) throw error
    throw new Failure('There is no npm on the path: install Node with its npm and try again.')
  })
  const text = lines.slice(lines.indexOf('{'), lines.lastIndexOf('}') + 1).join('\n')
  if (code !== 0 || text === '')
    throw new Failure(`npm does not start (${npmReason(lines)}): correct that and try again.`)
  return JSON.parse(text)
}

/**
 * An address out of npm's settings. npm leaves one that holds a password out of its list; that is read where npm reads it.
 * @param {string} name
 * @param {Record<string, any>} settings out of npm's list
 * @returns {string | null | undefined}
 */
export function addressSetting(name, settings, env = process.env) {
  if (name in settings) return settings[name]
  const fromEnvironment = Object.keys(env).find((key) => key.toLowerCase() === `npm_config_${name.replace('-', '_')}`)
  if (fromEnvironment) return env[fromEnvironment]
  const files = [inRoot('.npmrc'), settings.userconfig, settings.globalconfig].filter(
    (file) => file && existsSync(file),
  )
  const line = new RegExp(`^\\s*${name}\\s*=\\s*(.*?)\\s*$`)
  for (const file of files) {
    const found = readFileSync(file, 'utf8')
      .split(/\r?\n/)
      .map((text) => line.exec(text)?.[1])
      .filter(Boolean)
      .at(-1)
    if (found) return found.replace(/^(["'])(.*)\1$/, '$2').replace(/\$\{(\w+)\??\}/g, (_, key) => env[key] ?? '')
  }
  return undefined
}

function startNpm(args, options) {
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
 * The line of npm's output that says why it failed, without the credentials that an address may hold.
 * @param {readonly string[]} lines
 */
export function npmReason(lines) {
  const errors = lines.map((line) => /^npm (?:error|ERR!) (.*\S)/.exec(line)?.[1]).filter((text) => text)
  const code = errors.find((text) => text.startsWith('code '))?.slice(5)
  const reason =
    errors.find((text) => !NOISE.test(text)) ?? lines.filter((line) => line.trim()).at(-1) ?? 'no reason given'
  return withoutCredentials(code ? `${code}: ${reason}` : reason)
}

const withoutCredentials = (text) => text.replace(/\/\/[^/\s]*@/g, '//')

/**
 * What to do about a failed npm.
 * @param {string} reason out of {@link npmReason}
 */
export function npmRemedy(reason) {
  if (/\bENOSPC\b|\bEDQUOT\b/.test(reason)) return 'free some space on the disk and try again'
  if (/\bEROFS\b|\bEACCES\b|\bEPERM\b/.test(reason)) return 'allow writing there and try again'
  if (/\bE401\b|\bE403\b|\bENEEDAUTH\b/.test(reason)) return "check npm's settings for this registry and try again"
  if (/with a date before/.test(reason)) return `remove npm's setting "before" or "min-release-age" and try again`
  return 'check the connection and try again'
}
