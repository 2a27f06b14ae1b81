/**
 * Set-up for real: the committed sources cloned into an empty folder, with an empty HOME and so without any cache. It
 * fetches and builds everything, once, though two commands ask for it at the same time; asked again, it does nothing.
 */
import { execFile, execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join, resolve } from 'node:path'
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
  return { ...kept, PATH: path.join(delimiter), HOME: join(folder, 'home') }
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
  clone = join(folder, 'lab')
  mkdirSync(join(folder, 'home'))
  execFileSync('git', ['clone', '--quiet', ROOT, clone])
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('a fresh clone', () => {
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
