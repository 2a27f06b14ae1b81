/** The parts of set-up: what is refused, what is shared, and that half a thing is never found. */
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { cacheFolder, checkIntegrity, makeInCache } from '../../scripts/setup/cache.mjs'
import { Failure, sentenceOf } from '../../scripts/setup/failure.mjs'
import { isMarkAlive, ownMark, takeLock } from '../../scripts/setup/lock.mjs'
import { npmReason } from '../../scripts/setup/npm.mjs'
import { assertLockFresh, isInstalledAsLocked } from '../../scripts/setup/packages.mjs'
import { missingFromLdd, packagesFor } from '../../scripts/setup/system-libraries.mjs'
import { sourcesDigest } from '../../scripts/setup/build-step.mjs'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'engram-setup-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('a stale lock file', () => {
  const lock = (dependencies: Record<string, string>) => ({ packages: { '': { dependencies } } })

  it('is refused with the package and the remedy', () => {
    const manifest = { dependencies: { vue: '3.5.45' } }
    expect(() => assertLockFresh(manifest, lock({ vue: '3.5.44' }))).toThrow(/stale: it has vue 3\.5\.44.*npm install/)
    expect(() => assertLockFresh(manifest, lock({}))).toThrow(Failure)
    expect(() => assertLockFresh({}, lock({ vue: '3.5.45' }))).toThrow(/package\.json has it not at all/)
    expect(() => assertLockFresh(manifest, lock({ vue: '3.5.45' }))).not.toThrow()
  })

  it('is not that of this project', () => {
    const read = (name: string) => JSON.parse(readFileSync(name, 'utf8'))
    expect(() => assertLockFresh(read('package.json'), read('package-lock.json'))).not.toThrow()
    expect(readFileSync('package-lock.json', 'utf8')).not.toMatch(/"resolved": "https?:/)
  })

  it('does not count as installed', () => {
    expect(isInstalledAsLocked(folder)).toBe(false)
    mkdirSync(join(folder, 'node_modules'))
    const packages = {
      '': {},
      'node_modules/a': { version: '1.0.0' },
      'node_modules/b': { version: '1', optional: true },
    }
    writeFileSync(join(folder, 'package-lock.json'), JSON.stringify({ packages }))
    const note = join(folder, 'node_modules/.package-lock.json')
    writeFileSync(note, JSON.stringify({ packages: { 'node_modules/a': { version: '1.0.0' } } }))
    expect(isInstalledAsLocked(folder)).toBe(true)
    writeFileSync(note, JSON.stringify({ packages: { 'node_modules/a': { version: '0.9.0' } } }))
    expect(isInstalledAsLocked(folder)).toBe(false)
  })
})

describe('the cache', () => {
  it('lies where the platform keeps such things, or where it is told', () => {
    expect(cacheFolder({ ENGRAM_CACHE_DIR: '/a' }, 'linux', '/home/x')).toBe('/a')
    expect(cacheFolder({ XDG_CACHE_HOME: '/c' }, 'linux', '/home/x')).toBe('/c/engram-lab')
    expect(cacheFolder({}, 'linux', '/home/x')).toBe('/home/x/.cache/engram-lab')
    expect(cacheFolder({}, 'darwin', '/Users/x')).toBe('/Users/x/Library/Caches/engram-lab')
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
  it('is the reason out of npm’s words', () => {
    const lines = ['npm error code ENOTFOUND', 'npm error syscall getaddrinfo', 'npm error network request failed']
    expect(npmReason(lines)).toBe('ENOTFOUND: network request failed')
    expect(npmReason([])).toBe('no reason given')
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
