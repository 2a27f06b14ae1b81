/** The parts of set-up: what is refused, what is shared, and that half a thing is never found. */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { checkIntegrity, makeInCache, provideInCache, userCacheFolder } from '../../scripts/setup/cache.mjs'
import { Failure, sentenceOf } from '../../scripts/setup/failure.mjs'
import { isMarkAlive, ownMark, takeLock } from '../../scripts/setup/lock.mjs'
import { missingFromLdd, packagesFor } from '../../scripts/setup/system-libraries.mjs'
import { sourcesDigest } from '../../scripts/setup/build-step.mjs'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'engram-setup-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('the cache', () => {
  it('lies where the platform keeps such things, or where it is told', () => {
    expect(userCacheFolder({ ENGRAM_CACHE_DIR: '/a' }, 'linux', '/home/x')).toBe('/a')
    expect(userCacheFolder({ XDG_CACHE_HOME: '/c' }, 'linux', '/home/x')).toBe('/c/engram-lab')
    expect(userCacheFolder({}, 'linux', '/home/x')).toBe('/home/x/.cache/engram-lab')
    expect(userCacheFolder({}, 'darwin', '/Users/x')).toBe('/Users/x/Library/Caches/engram-lab')
    expect(userCacheFolder({}, 'linux', null)).toBe(null)
  })

  const ask = (expression: string, environment: NodeJS.ProcessEnv) => {
    const cache = pathToFileURL(resolve('scripts/setup/cache.mjs')).href
    const script = `import * as cache from ${JSON.stringify(cache)}; ${expression}`
    const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
      env: environment,
      encoding: 'utf8',
    })
    return { stdout: stdout.trim(), stderr: stderr.trim() }
  }
  const SAY = 'cache.announceCache(); console.log(cache.cacheFolder())'

  it.each([
    ['is a file', () => join(folder, 'file'), 'EEXIST'],
    ['is below a file', () => join(folder, 'file', 'cache'), 'EEXIST'],
    ['cannot be created', () => '/proc/no-such-folder', 'ENOENT'],
  ])('is in the checkout where the user’s %s, which is said once', (_, place, code) => {
    writeFileSync(join(folder, 'file'), '')
    const { stdout, stderr } = ask(SAY, { ENGRAM_CACHE_DIR: place() })
    expect(stdout).toBe(resolve('out/.cache'))
    expect(stderr).toBe(
      `The user's cache folder cannot be used (${place()}: ${code}): using out/.cache in this checkout.`,
    )
  })

  it.each(['/', '', 'relative', '/no/such/home'])('is in the checkout where HOME is "%s"', (home) => {
    expect(ask(SAY, { HOME: home })).toEqual({
      stdout: resolve('out/.cache'),
      stderr: "The user's cache folder cannot be used (there is no home folder): using out/.cache in this checkout.",
    })
  })

  it('says nothing where it is the user’s, and finds there what was put there', () => {
    expect(ask(SAY, { HOME: folder })).toEqual({ stdout: join(folder, '.cache/engram-lab'), stderr: '' })
    writeFileSync(join(folder, '.cache/engram-lab/thing'), '')
    const { stdout } = ask(`console.log(cache.inCache('thing'))`, { HOME: folder })
    expect(stdout).toBe(join(folder, '.cache/engram-lab/thing'))
  })

  it('makes a thing once, though two processes want it', async () => {
    const path = join(folder, 'thing')
    let made = 0
    const make = async (temporary: string) => {
      made += 1
      writeFileSync(temporary, 'whole')
    }
    await provideInCache(path, make)
    await provideInCache(path, make)
    expect(made).toBe(1)
    expect(readFileSync(path, 'utf8')).toBe('whole')
  })

  it('never shows half a thing', async () => {
    const path = join(folder, 'thing')
    const halfway = makeInCache(path, async (temporary) => {
      writeFileSync(temporary, 'half')
      expect(existsSync(path)).toBe(false)
      throw new Error('the connection broke')
    })
    await expect(halfway).rejects.toThrow('the connection broke')
    expect(readdirSync(folder)).toEqual([])
    await makeInCache(path, async (temporary) => writeFileSync(temporary, 'whole'))
    expect(readFileSync(path, 'utf8')).toBe('whole')
  })

  it('sweeps what a dead process left, and nothing of a living one', async () => {
    writeFileSync(join(folder, 'old.part-999999999-1'), 'half')
    writeFileSync(join(folder, `mine.part-${ownMark()}`), 'half')
    await makeInCache(join(folder, 'thing'), async (temporary) => writeFileSync(temporary, 'whole'))
    expect(readdirSync(folder).sort()).toEqual([`mine.part-${ownMark()}`, 'thing'])
  })

  it('refuses a download that is not the one expected', async () => {
    const file = join(folder, 'download.tgz')
    writeFileSync(file, 'bytes')
    const integrity = `sha512-${createHash('sha512').update('bytes').digest('base64')}`
    await expect(checkIntegrity(file, integrity)).resolves.toBeUndefined()
    writeFileSync(file, 'byte5')
    await expect(checkIntegrity(file, integrity)).rejects.toThrow(/download\.tgz is damaged.*try again/)
  })
})

describe('the lock', () => {
  it('is held by one at a time, and goes on when it is let go', async () => {
    const lock = join(folder, 'lock')
    const release = await takeLock(lock, 'first')
    expect(readdirSync(lock)).toEqual([ownMark()])
    release()
    expect(readdirSync(lock)).toEqual([])
  })

  it('of a dead process, or of another one with its number, counts for nothing', async () => {
    const lock = join(folder, 'lock')
    mkdirSync(lock)
    writeFileSync(join(lock, '999999999-1'), 'dead')
    writeFileSync(join(lock, `${process.pid}-0`), 'reused')
    expect(isMarkAlive(`${process.pid}-0`)).toBe(false)
    const release = await takeLock(lock, 'next')
    expect(readdirSync(lock)).toEqual([ownMark()])
    release()
  })
})

describe('what a person is told', () => {
  it('is a remedy for a full or read-only disk', () => {
    const error = (code: string) => Object.assign(new Error(`${code}: odd, write`), { code, path: '/a/file' })
    expect(sentenceOf(error('ENOSPC'), false)).toBe(
      'error: There is no space left on the disk for /a/file: free some and try again.',
    )
    expect(sentenceOf(error('EROFS'), false)).toBe(
      'error: /a/file cannot be written: allow writing there and try again.',
    )
  })

  it('is one sentence, with a way to more for what was not foreseen', () => {
    expect(sentenceOf(new Failure('There is no X: install it.'), false)).toBe('error: There is no X: install it.')
    expect(sentenceOf(new TypeError('odd'), false)).toBe('error: odd (ENGRAM_DEBUG=1 tells where)')
  })

  it('names the packages that bring missing libraries', () => {
    const lines = ['\tlibnss3.so => not found', '\tlibc.so.6 => /lib/libc.so.6 (0x1)']
    expect(missingFromLdd(lines)).toEqual(['libnss3.so'])
    expect(packagesFor(['libnss3.so'])).toEqual(['libnss3'])
    expect(packagesFor(['libunheardof.so']).length).toBeGreaterThan(3)
    expect(packagesFor([])).toEqual([])
  })
})

it('a changed source asks for another build', () => {
  for (const name of ['src', 'resources/colourmaps', 'tsconfig']) mkdirSync(join(folder, name), { recursive: true })
  for (const name of ['electron.vite.config.ts', 'package.json', 'package-lock.json', 'src/a.ts']) {
    writeFileSync(join(folder, name), name)
  }
  const before = sourcesDigest(folder)
  expect(sourcesDigest(folder)).toBe(before)
  writeFileSync(join(folder, 'src/a.ts'), 'other')
  expect(sourcesDigest(folder)).not.toBe(before)
})
