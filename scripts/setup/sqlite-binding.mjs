/**
 * The SQLite binding for an older runtime. better-sqlite3 carries binaries for Node-API 10 and crashes on a runtime with
 * an older one. For such a runtime a copy of its binary is prepared: two imported functions are renamed (elf.mjs), and a
 * small library that provides them is compiled and linked in front (node-api-8.c). SQLite itself is not compiled. The
 * result is kept in the cache under a hash of everything it is made of.
 */
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { cacheFolder, inCache, provideInCache } from './cache.mjs'
import { renameImports } from './elf.mjs'
import { Failure } from './failure.mjs'
import { inRoot } from './paths.mjs'
import { runHidden } from './processes.mjs'
import { asTask } from './report.mjs'

const NEEDED_NODE_API = 10
const SHIM = inRoot('scripts/setup/node-api-8.c')
const PREBUILT = inRoot(`node_modules/better-sqlite3/prebuilds/linux-${process.arch}.node`)
/** The name by which the linked library finds the renamed copy: better-sqlite3's own SONAME. */
const COPY = 'better_sqlite3.node'
const LINKED = 'better-sqlite3-node-api-8.node'
const RENAMED = {
  napi_create_reference: 'wrap_create_reference',
  napi_get_reference_value: 'wrap_get_reference_value',
}
const COMPILE = [
  '-shared',
  '-fPIC',
  '-O2',
  '-nostdlib',
  '-ffreestanding',
  '-Wl,--no-as-needed',
  '-Wl,--allow-shlib-undefined',
]

/** The Node-API version of a runtime, remembered after the first question. @param {string} binary */
export async function nodeApiOf(binary) {
  const key = createHash('sha256').update(binary).digest('hex').slice(0, 16)
  const note = join(cacheFolder(), 'node-api', key)
  if (existsSync(note)) {
    const [path, version] = readFileSync(note, 'utf8').split('\n')
    if (path === binary) return Number(version)
  }
  const { code, lines } = await runAsNode(binary, ['-p', 'process.versions.napi'])
  const version = Number(lines.at(-1))
  if (code !== 0 || !Number.isInteger(version)) {
    throw new Failure(`${binary} does not start (${lines.at(-1) ?? `exit code ${code}`}): remove it and try again.`)
  }
  mkdirSync(dirname(note), { recursive: true })
  writeFileSync(note, `${binary}\n${version}`)
  return version
}

const runAsNode = (binary, args) => runHidden(binary, args, { env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' } })

/** The cache folder of the prepared binding, named by what it is made of. */
function bindingFolder() {
  const hash = createHash('sha256').update(JSON.stringify([RENAMED, COMPILE]))
  for (const file of [PREBUILT, SHIM]) hash.update(readFileSync(file))
  return inCache(`better-sqlite3-node-api-8-${hash.digest('hex').slice(0, 16)}`)
}

/**
 * @param {string} binary the Electron that loads it
 * @returns {Promise<{ file: string | null, isReady: boolean }>} file null: the packaged one serves
 */
export async function findBinding(binary) {
  if ((await nodeApiOf(binary)) >= NEEDED_NODE_API) return { file: null, isReady: true }
  if (process.platform !== 'linux' || !existsSync(PREBUILT)) {
    throw new Failure(
      `${binary} is too old for better-sqlite3 (it needs Node-API ${NEEDED_NODE_API}): ` +
        'name the folder of a newer Electron by ELECTRON_OVERRIDE_DIST_PATH, or unset that variable.',
    )
  }
  const file = join(bindingFolder(), LINKED)
  return { file, isReady: existsSync(file) }
}

/**
 * Prepares the binding and proves that it works in the runtime. A C compiler must be there.
 * @param {string} binary the Electron that loads it
 */
export async function buildBinding(binary) {
  await asTask('Preparing SQLite for this runtime', () =>
    provideInCache(bindingFolder(), async (temporary) => {
      mkdirSync(temporary, { recursive: true })
      const copy = join(temporary, COPY)
      writeFileSync(copy, renamedBinary())
      const linked = join(temporary, LINKED)
      await link(copy, linked)
      await assertWorks(binary, linked)
    }),
  )
}

function renamedBinary() {
  try {
    return renameImports(readFileSync(PREBUILT), RENAMED)
  } catch (error) {
    throw new Failure(`SQLite could not be prepared for this runtime: of better-sqlite3's binary, ${error.message}.`)
  }
}

async function link(copy, linked) {
  // The rpath makes the loader look for the copy beside the linked library.
  const { code, lines } = await runHidden('cc', [...COMPILE, '-o', linked, SHIM, copy, '-Wl,-rpath,$ORIGIN'])
  if (code === 0) return
  const reason = lines.find((line) => /error/.test(line)) ?? lines.at(-1) ?? `exit code ${code}`
  throw new Failure(`SQLite could not be prepared for this runtime (${reason.trim()}): does the C compiler "cc" work?`)
}

/** A table with each kind of value, in WAL mode, written and read back, and an error that carries its code. */
const TRIAL = `
const Database = require(process.argv[1])
const { join } = require('node:path')
const { mkdtempSync, rmSync } = require('node:fs')
const { tmpdir } = require('node:os')
const folder = mkdtempSync(join(tmpdir(), 'engram-sqlite-'))
try {
  const database = new Database(join(folder, 'trial.sqlite'), { nativeBinding: process.argv[2] })
  database.pragma('journal_mode = WAL')
  database.exec('CREATE TABLE trial (number INTEGER, real REAL, text TEXT, bytes BLOB) STRICT')
  const insert = database.prepare('INSERT INTO trial VALUES (@number, @real, @text, @bytes)')
  for (let number = 0; number < 100; number++) insert.run({ number, real: 0.5, text: '기억', bytes: Buffer.from([1]) })
  const rows = database.prepare('SELECT * FROM trial').all()
  const isRight = rows.length === 100 && rows.every((row, at) => row.number === at && row.text === '기억')
  let code = ''
  try {
    database.exec('nonsense')
  } catch (error) {
    code = error.code
  }
  database.close()
  if (!isRight || code !== 'SQLITE_ERROR') throw new Error('it answers wrongly')
} finally {
  rmSync(folder, { recursive: true, force: true })
}
`

async function assertWorks(binary, linked) {
  const { code, lines } = await runAsNode(binary, ['-e', TRIAL, inRoot('node_modules/better-sqlite3'), linked])
  if (code === 0) return
  const reason = lines.find((line) => /Error/.test(line)) ?? lines.at(-1) ?? `exit code ${code}`
  throw new Failure(
    `The SQLite prepared for this runtime does not work (${reason.trim()}): ` +
      'name the folder of another Electron by ELECTRON_OVERRIDE_DIST_PATH.',
  )
}
