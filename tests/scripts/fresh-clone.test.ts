/**
 * Set-up for real, on a machine that makes it hard: the sources as an archive without git's folder, in a path with spaces
 * and Hangul, an empty HOME and so no cache, and npm settings that leave out development packages, optional packages and
 * install scripts. It fetches and builds everything, once, though two commands ask for it at the same time; asked again,
 * it does nothing.
 */
import { execFile, execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join, relative, resolve, sep } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const ROOT = resolve(import.meta.dirname, '../..')
const LIMIT_MS = 15 * 60 * 1000

let folder = ''
let clone = ''

/** Nothing of this machine's set-up: not its Node of node_modules, not its caches. */
function emptyEnvironment(): NodeJS.ProcessEnv {
  const path = (process.env.PATH ?? '').split(delimiter).filter((part) => !part.startsWith(join(ROOT, 'node_modules')))
  const kept = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(npm_|ENGRAM_|ELECTRON_|XDG_|VITEST|NODE_)/i.test(name)),
  )
  return { ...kept, ...HOSTILE, PATH: path.join(delimiter), HOME: join(folder, 'home') }
}

/** Settings that people have, and that must not change what is installed or how it is built. */
const HOSTILE = { NODE_ENV: 'production', npm_config_omit: 'optional' }
const NPMRC = 'omit[]=dev\nignore-scripts=true\nengine-strict=true\n'

/** Made by set-up and by tests, not part of the sources. */
const MADE = ['.git', 'node_modules', 'out', 'tour', 'test-results']

/** The committed sources; where this folder is no repository itself, the files that are there. */
function copySources(target: string) {
  mkdirSync(target, { recursive: true })
  try {
    const archive = execFileSync('git', ['archive', 'HEAD'], { cwd: ROOT, maxBuffer: 2 ** 28, stdio: 'pipe' })
    execFileSync('tar', ['-x'], { cwd: target, input: archive })
  } catch {
    const isSource = (path: string) => !MADE.includes(relative(ROOT, path).split(sep)[0])
    cpSync(ROOT, target, { recursive: true, filter: isSource })
  }
}

interface Ended {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

function npm(...words: string[]): Promise<Ended> {
  return new Promise((done) => {
    execFile('npm', words, { cwd: clone, env: emptyEnvironment(), maxBuffer: 2 ** 26 }, (error, stdout, stderr) => {
      done({ code: error === null ? 0 : typeof error.code === 'number' ? error.code : 1, stdout, stderr })
    })
  })
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'engram-clone-'))
  clone = join(folder, 'my lab 연구실', 'lab')
  mkdirSync(join(folder, 'home'))
  writeFileSync(join(folder, 'home', '.npmrc'), NPMRC)
  copySources(clone)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('a fresh copy', () => {
  it(
    'is set up by one command, shared by two that are started at once',
    async () => {
      const [first, second] = await Promise.all([npm('run', 'set-up'), npm('run', 'set-up')])
      expect(first.stderr, first.stderr).toContain('Everything is set up.')
      expect(second.stderr, second.stderr).toContain('Everything is set up.')
      expect([first.code, second.code]).toEqual([0, 0])
      const told = first.stderr + second.stderr
      expect(told.match(/^Installing \d+ packages: done/gm)).toHaveLength(1)
      expect(told.match(/^Building: done/gm)).toHaveLength(1)
      expect(told).toContain('Another command is setting up')
      expect(existsSync(join(clone, 'out/main/index.cjs'))).toBe(true)
    },
    LIMIT_MS,
  )

  it(
    'does nothing when asked again, and its command line answers alone on standard output',
    async () => {
      const again = await npm('run', 'set-up')
      expect(again.stderr.trim()).toBe('Everything is set up.')
      const doctor = await npm('run', '--silent', 'lab', '--', 'doctor', '--json', '--data-dir', join(folder, 'data'))
      expect(doctor.stderr).toBe('')
      expect(JSON.parse(doctor.stdout)).toMatchObject({ database: 'ok', dataDirectory: join(folder, 'data') })
    },
    LIMIT_MS,
  )
})
