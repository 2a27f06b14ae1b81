/**
 * A binding of SQLite for an older runtime. better-sqlite3 carries binaries for Node-API 10; a runtime with an older one
 * crashes on them, so for it the package's unmodified source is built once, with a header that boxes what older Node-API
 * cannot refer to (scripts/setup/node-api-8.h), and kept in the cache.
 */
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createHash } from 'node:crypto'
import { dirname, join } from 'node:path'
import { cacheFolder, makeInCache } from './cache.mjs'
import { DEVELOPMENT_RUNTIME } from './electron-runtime.mjs'
import { Failure } from './failure.mjs'
import { inRoot, OWN_NODE } from './paths.mjs'
import { runHidden } from './processes.mjs'
import { asTask } from './report.mjs'
import { fetchTarball, unpack } from './tarball.mjs'

const NEEDED_NODE_API = 10
const SHIM = inRoot('scripts/setup/node-api-8.h')

/** The Node-API that a runtime speaks, asked once and remembered. @param {string} binary */
export async function nodeApiOf(binary) {
  const key = createHash('sha256').update(binary).digest('hex').slice(0, 16)
  const note = join(cacheFolder(), 'node-api', key)
  if (existsSync(note)) {
    const [path, version] = readFileSync(note, 'utf8').split('\n')
    if (path === binary) return Number(version)
  }
  const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1' }
  const { code, lines } = await runHidden(binary, ['-p', 'process.versions.napi'], { env })
  const version = Number(lines.at(-1))
  if (code !== 0 || !Number.isInteger(version)) {
    throw new Failure(`${binary} does not start (${lines.at(-1) ?? `exit code ${code}`}): remove it and try again.`)
  }
  mkdirSync(dirname(note), { recursive: true })
  writeFileSync(note, `${binary}\n${version}`)
  return version
}

/** Where the built binding lies. */
function bindingFile() {
  const { version } = JSON.parse(readFileSync(inRoot('node_modules/better-sqlite3/package.json'), 'utf8'))
  const shim = createHash('sha256').update(readFileSync(SHIM)).digest('hex').slice(0, 8)
  return join(cacheFolder(), `better-sqlite3-${version}-node-api-8-${shim}-${process.platform}-${process.arch}.node`)
}

/**
 * @param {string} binary the Electron that loads it
 * @returns {Promise<{ file: string | null, isReady: boolean }>} file null: the packaged one serves
 */
export async function findBinding(binary) {
  if ((await nodeApiOf(binary)) >= NEEDED_NODE_API) return { file: null, isReady: true }
  const file = bindingFile()
  return { file, isReady: existsSync(file) }
}

/** Builds it. A compiler must be there. */
export async function buildBinding() {
  const headers = await asTask('Fetching Node headers', fetchHeaders)
  await asTask('Building SQLite for this runtime (about a minute)', () =>
    makeInCache(bindingFile(), async (temporary) => {
      const folder = `${temporary}-build`
      try {
        await compile(folder, headers)
        renameSync(join(folder, 'better-sqlite3/build/Release/better_sqlite3.node'), temporary)
      } finally {
        rmSync(folder, { recursive: true, force: true })
      }
    }),
  )
}

async function fetchHeaders() {
  const { version } = DEVELOPMENT_RUNTIME.headers
  const folder = join(cacheFolder(), `node-headers-${version}`)
  if (existsSync(folder)) return folder
  const tarball = await fetchTarball(DEVELOPMENT_RUNTIME.headers)
  await makeInCache(folder, async (temporary) => {
    mkdirSync(temporary, { recursive: true })
    await unpack(tarball, temporary, ['--strip-components=1', 'package/include'])
  })
  return folder
}

async function compile(folder, headers) {
  const copy = join(folder, 'better-sqlite3')
  mkdirSync(join(folder, 'node_modules'), { recursive: true })
  cpSync(inRoot('node_modules/better-sqlite3'), copy, { recursive: true })
  symlinkSync(inRoot('node_modules/node-addon-api'), join(folder, 'node_modules/node-addon-api'))
  const env = {
    ...process.env,
    PATH: `${dirname(OWN_NODE)}:${process.env.PATH}`,
    CXXFLAGS: `-UNAPI_VERSION -DNAPI_VERSION=8 -include ${SHIM}`,
  }
  const gyp = inRoot('node_modules/node-gyp/bin/node-gyp.js')
  const args = [gyp, 'rebuild', '--release', '--force_build=1', `--nodedir=${headers}`, '-j', '2']
  const { code, lines } = await runHidden(OWN_NODE, args, { cwd: copy, env })
  if (code === 0) return
  const reason = lines.find((line) => /error:|ERR! stack/.test(line)) ?? lines.at(-1) ?? `exit code ${code}`
  throw new Failure(`SQLite could not be built (${reason.trim()}): is a C++ compiler with C++20 installed?`)
}
