/**
 * What Electron, a virtual display and a compiler need of a Linux system. On Debian and its kin, as root, what is missing
 * is installed; otherwise the one line to type is told.
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { cacheFolder } from './cache.mjs'
import { MissingFromMachine } from './failure.mjs'
import { takeLock } from './lock.mjs'
import { isOnPath, runHidden } from './processes.mjs'
import { asTask } from './report.mjs'

/** Packages that bring every library Electron links to, and the library by which to tell that one is missing. */
const LIBRARIES = {
  'libgtk-3-0': 'libgtk-3.so.0',
  libnss3: 'libnss3.so',
  libgbm1: 'libgbm.so.1',
  libasound2: 'libasound.so.2',
  'libatk-bridge2.0-0': 'libatk-bridge-2.0.so.0',
  libxss1: 'libXss.so.1',
}
/** Programs, and the packages that bring them. */
const COMPILER = { cc: ['gcc'] }
const DISPLAY = { Xvfb: ['xvfb'] }

const isRoot = () => process.getuid?.() === 0

/**
 * @typedef {object} Need
 * @property {string} [binary] an Electron that has to start
 * @property {boolean} [display] a virtual display
 * @property {boolean} [compiler] a C compiler
 */

/** @param {Need} need */
export function systemStep(need) {
  let missing = []
  return {
    ready: async () => {
      missing = await missingPackages(need)
      return missing.length === 0
    },
    make: () => installSystemPackages(missing, need),
  }
}

/**
 * Debian's names of what is missing for a job.
 * @param {Need} need
 * @returns {Promise<string[]>}
 */
export async function missingPackages({ binary, display, compiler }) {
  if (process.platform !== 'linux') return []
  const programs = { ...(display ? DISPLAY : {}), ...(compiler ? COMPILER : {}) }
  const absent = Object.keys(programs).filter((program) => !isOnPath(program))
  return [
    ...absent.flatMap((program) => programs[program]),
    ...packagesFor(binary ? await missingLibraries(binary) : []),
  ]
}

/**
 * What is missing as far as can be told before there is a binary to ask for, so that it is installed meanwhile.
 * @param {boolean} display
 */
export function earlySystemStep(display) {
  let missing = []
  return {
    ready: async () => {
      if (process.platform !== 'linux') return true
      const libraries = await unknownLibraries()
      missing = [...(await missingPackages({ display })), ...packagesFor(libraries)]
      return missing.length === 0
    },
    make: () => installSystemPackages(missing, { display }),
  }
}

/** Libraries that the loader's own list lacks; none where that list cannot be read. */
async function unknownLibraries() {
  const program = ['/sbin/ldconfig', '/usr/sbin/ldconfig'].find((file) => existsSync(file))
  if (!program) return []
  const { code, lines } = await runHidden(program, ['-p'])
  const known = new Set(lines.map((line) => line.trim().split(' ')[0]))
  return code === 0 ? Object.values(LIBRARIES).filter((library) => !known.has(library)) : []
}

/** Libraries that the loader would not find. @param {string} binary */
async function missingLibraries(binary) {
  if (!isOnPath('ldd')) return []
  const { lines } = await runHidden('ldd', [binary])
  return missingFromLdd(lines)
}

/** @param {readonly string[]} lines what ldd says */
export const missingFromLdd = (lines) =>
  lines.map((line) => /^\s*(\S+) => not found/.exec(line)?.[1]).filter((name) => name !== undefined)

/** @param {readonly string[]} libraries missing ones @returns {string[]} Debian packages that bring them */
export function packagesFor(libraries) {
  const names = Object.keys(LIBRARIES)
  // A library that has no line of its own comes along with one of the others.
  const known = libraries.every((library) => Object.values(LIBRARIES).includes(library))
  return known ? names.filter((name) => libraries.includes(LIBRARIES[name])) : names
}

async function installSystemPackages(names, need) {
  const line = `apt-get install -y ${names.join(' ')}`
  if (!isOnPath('apt-get')) {
    throw new MissingFromMachine(
      `This system lacks what Debian calls ${names.join(' ')}: install it with your package manager and try again.`,
    )
  }
  if (!isRoot()) {
    throw new MissingFromMachine(
      `This system lacks ${names.join(', ')}: type "sudo apt-get update && sudo ${line}" and try again.`,
    )
  }
  const waiting = (holder) => `Another checkout is installing system packages (${holder}); waiting for it …`
  const release = await takeLock(join(cacheFolder(), 'locks', 'system-packages'), 'set-up', waiting)
  try {
    await asTask(`Installing system packages: ${names.join(' ')}`, (progress) => install(names, line, progress))
  } finally {
    release()
  }
  const still = await missingPackages(need)
  if (still.length > 0) {
    throw new MissingFromMachine(
      `After "${line}" this system still lacks ${still.join(', ')}: install what brings it by hand.`,
    )
  }
}

async function install(names, line, progress) {
  const packages = ['install', '-y', '--no-install-recommends', ...names]
  progress('reading lists')
  // A source that cannot be read may not be the one that has these packages.
  const stale = await apt(['update'], line).catch((error) => error)
  progress('fetching')
  await apt([...packages, '--download-only'], line).catch((error) => {
    throw stale ?? error
  })
  const onLine = (text) => {
    const step = /^(Unpacking|Setting up) (\S+)/.exec(text)
    if (step) progress(`${step[1].toLowerCase()} ${step[2]}`)
  }
  // Ended half-way, it would leave packages that no later installation gets past.
  await apt([...packages, '--no-download'], line, { onLine, finishes: true })
}

/** Limits of apt's patience: for a lock that another apt holds, and for a server or proxy that does not answer. */
const APT_OPTIONS = [
  'DPkg::Lock::Timeout=300',
  'Acquire::Retries=1',
  'Acquire::http::Timeout=20',
  'Acquire::https::Timeout=20',
]

async function apt(args, line, options = {}) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C' }
  const words = ['-q', ...APT_OPTIONS.flatMap((option) => ['-o', option]), ...args]
  const { code, lines } = await runHidden('apt-get', words, { env, ...options })
  if (code === 0) return
  const reason = lines.filter((text) => text.startsWith('E: ')).at(-1) ?? lines.at(-1) ?? `exit code ${code}`
  throw new MissingFromMachine(
    `This system lacks what "${line}" installs, and apt-get ${args[0]} failed ` +
      `(${reason.replace(/^E: /, '')}): install it by hand and try again.`,
  )
}
