/**
 * What Electron, a virtual display and a compiler need of a Linux system. On Debian and its kin, as root, what is missing
 * is installed; otherwise the one line to type is told.
 */
import { MissingFromMachine } from './failure.mjs'
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
const COMPILER = { 'g++': 'g++', make: 'make', python3: 'python3' }
const DISPLAY = { xvfb: 'Xvfb' }

const isRoot = () => process.getuid?.() === 0

/**
 * @typedef {object} Need
 * @property {string} [binary] an Electron that has to start
 * @property {boolean} [display] a virtual display
 * @property {boolean} [compiler] building a native module
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
  const absent = Object.keys(programs).filter((name) => !isOnPath(programs[name]))
  return [...absent, ...packagesFor(binary ? await missingLibraries(binary) : [])]
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
    throw new MissingFromMachine(`This system lacks what Debian calls ${names.join(' ')}: install it with your package manager.`)
  }
  if (!isRoot()) {
    throw new MissingFromMachine(
      `This system lacks ${names.join(', ')}: type "sudo apt-get update && sudo ${line}" and try again.`,
    )
  }
  await asTask(`Installing system packages: ${names.join(' ')}`, async (progress) => {
    progress('reading lists')
    await apt(['update'], line)
    await apt(['install', '-y', '--no-install-recommends', ...names], line, (text) => {
      const step = /^(Unpacking|Setting up) (\S+)/.exec(text)
      if (step) progress(`${step[1].toLowerCase()} ${step[2]}`)
    })
  })
  const still = await missingPackages(need)
  if (still.length > 0) {
    throw new MissingFromMachine(`After "${line}" this system still lacks ${still.join(', ')}: install what brings it by hand.`)
  }
}

async function apt(args, line, onLine) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C' }
  const { code, lines } = await runHidden('apt-get', ['-q', '-o', 'DPkg::Lock::Timeout=300', ...args], { env, onLine })
  if (code === 0) return
  const reason = lines.filter((text) => text.startsWith('E: ')).at(-1) ?? lines.at(-1) ?? `exit code ${code}`
  throw new MissingFromMachine(`apt-get ${args[0]} failed (${reason.replace(/^E: /, '')}): try "${line}" by hand.`)
}
