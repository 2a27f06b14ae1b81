/** Backups of a directory that is in use, put into another; what is there is never lost. */
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { restoreData } from '../../../src/lab'
import { recoverReplacedData } from '../../../src/lab/carry/replace-data'
import { openZip } from '../../../src/lab/carry/zip-read'
import { writeZip } from '../../../src/lab/carry/zip-write'
import type { ZipSource } from '../../../src/lab/carry/zip-write'
import { openConnection } from '../../../src/lab/database/connection'
import type { ErrorCode, ErrorDetails } from '../../../src/shared'
import { hostOn, startSmall as start, TEXT } from '../support/carried'
import { errorOf, isWholeSentence } from '../support/errors'
import { temporaryDirectory } from '../support/temporary'
import { openTestLab } from '../support/test-lab'

describe('a backup', () => {
  it('made while a run trains is whole, and the run goes on from it', async () => {
    const { lab, directory } = await openTestLab()
    const done = await start(lab, 20)
    await lab.training.settled(done)
    const going = await start(lab, 10_000_000)
    const file = join(temporaryDirectory(), 'b.zip')
    const files: string[] = []
    for (let i = 0; i < 3; i++) {
      files.push(`${file}-${i}`)
      expect(await lab.carry.backUp(files[i], false)).toBe(2)
    }
    await lab.training.stop(going)
    expect(readdirSync(directory).filter((name) => name.startsWith('.'))).toEqual([])
    const target = temporaryDirectory()
    expect(await restoreData(hostOn(target), files[2], false)).toBe(2)
    const other = await openTestLab({ directory: target })
    expect(await other.lab.doctor(true)).toMatchObject({ database: 'ok', orphans: [] })
    expect(await other.lab.runs.show(done)).toEqual(await lab.runs.show(done))
    expect(await other.lab.runs.points(done)).toEqual(await lab.runs.points(done))
    const { status, steps } = await other.lab.runs.show(going)
    expect(status).toBe('interrupted')
    await other.lab.training.resume(going, { configuration: { steps: steps + 200 } })
    expect(await other.lab.training.settled(going)).toMatchObject({ status: 'finished', steps: steps + 200 })
    await expect(lab.carry.backUp(files[0], false)).rejects.toEqual(errorOf('E_FILE_EXISTS'))
  })

  it('replaces nothing that somebody uses, or that nobody said may go', async () => {
    const { lab, directory } = await openTestLab()
    await lab.training.settled(await start(lab, 20))
    const file = join(temporaryDirectory(), 'b.zip')
    await lab.carry.backUp(file, false)
    const host = hostOn(directory)
    await expect(restoreData(host, file, false)).rejects.toEqual(errorOf('E_DATA_PRESENT', { runs: 1 }))
    await expect(restoreData(host, file, true)).rejects.toEqual(errorOf('E_DATA_IN_USE'))
    expect(await lab.runs.list()).toHaveLength(1)
    await lab.training.settled(await start(lab, 20))
    await lab.close()
    expect(await restoreData(host, file, true)).toBe(1)
    expect(readdirSync(directory).sort()).toEqual(['corpora', 'lab.sqlite', 'models'])
    const again = await openTestLab({ directory })
    expect(await again.lab.runs.list()).toHaveLength(1)
    expect(await again.lab.doctor(true)).toMatchObject({ database: 'ok', orphans: [] })
  })

  it('that is damaged, newer or something else is refused, and what is there stays', async () => {
    const { lab, directory } = await openTestLab()
    const run = await start(lab, 20)
    await lab.training.settled(run)
    const file = join(temporaryDirectory(), 'b.zip')
    await lab.carry.backUp(file, false)
    await lab.close()
    const changed = async (change: (name: string, bytes: Buffer) => Buffer | null, more: ZipSource[] = []) => {
      const zip = await openZip(file)
      const sources: ZipSource[] = [...more]
      for (const entry of zip.entries) {
        const bytes = change(entry.name, Buffer.from(await zip.read(entry, 1e9)))
        if (bytes) sources.push({ name: entry.name, content: { bytes }, compress: false })
      }
      zip.close()
      const target = join(temporaryDirectory(), 'changed.zip')
      await writeZip(target, sources, false)
      return target
    }
    const cut = join(temporaryDirectory(), 'cut.zip')
    writeFileSync(cut, readFileSync(file).subarray(0, -2000))
    const overwrittenPages = (name: string, bytes: Buffer): Buffer =>
      name === 'lab.sqlite' ? bytes.fill(0x5a, 4096 * 3, 4096 * 8) : bytes
    const newer = (name: string, bytes: Buffer): Buffer => {
      if (name === 'lab.sqlite') bytes.writeUInt32BE(999, 60) // user_version
      return bytes
    }
    const stranger: ZipSource = { name: 'models/x/../y', content: { bytes: Buffer.from('x') }, compress: false }
    const without = (entry: string): ((name: string, bytes: Buffer) => Buffer | null) => {
      return (name, bytes) => (name === entry ? null : bytes)
    }
    const model = `models/${run}/20.safetensors`
    const emptied = (name: string, bytes: Buffer): Buffer => (name === 'lab.sqlite' ? Buffer.alloc(0) : bytes)
    const otherAbout = (name: string, bytes: Buffer): Buffer => (name === 'backup.json' ? Buffer.from('{}') : bytes)
    const cases: [string, ErrorCode, ErrorDetails?][] = [
      [cut, 'E_ZIP'],
      [TEXT, 'E_ZIP'],
      [await changed(without('lab.sqlite')), 'E_BACKUP_MISSING', { entry: 'lab.sqlite' }],
      [await changed(without('backup.json')), 'E_BACKUP_MISSING', { entry: 'backup.json' }],
      [await changed(without(model)), 'E_BACKUP_MISSING', { entry: model }],
      [await changed(otherAbout), 'E_BACKUP_ABOUT'],
      [await changed(emptied), 'E_BACKUP_EMPTY'],
      [
        await changed((_, bytes) => bytes, [{ ...stranger, name: 'electron/Cookies' }]),
        'E_BACKUP_STRANGER',
        { entry: 'electron/Cookies' },
      ],
      [await changed(overwrittenPages), 'E_BACKUP_DATABASE'],
      [await changed(newer), 'E_DATABASE_NEWER'],
    ]
    const before = readFileSync(join(directory, 'lab.sqlite'))
    for (const [backup, code, details] of cases) {
      const failed = restoreData(hostOn(directory), backup, true)
      await expect(failed, code).rejects.toEqual(errorOf(code, details))
      await expect(failed, code).rejects.toSatisfy(isWholeSentence)
      expect(readdirSync(directory).sort()).toEqual(['corpora', 'lab.sqlite', 'models'])
    }
    expect(readFileSync(join(directory, 'lab.sqlite')).equals(before)).toBe(true)
  })

  it('replaces a database that cannot be read, when it is forced to', async () => {
    const { lab, directory } = await openTestLab()
    await lab.training.settled(await start(lab, 20))
    const file = join(temporaryDirectory(), 'b.zip')
    await lab.carry.backUp(file, false)
    await lab.close()
    writeFileSync(join(directory, 'lab.sqlite'), 'no database '.repeat(500))
    await expect(restoreData(hostOn(directory), file, false)).rejects.toEqual(errorOf('E_DATABASE_CORRUPT'))
    expect(await restoreData(hostOn(directory), file, true)).toBe(1)
    expect(await (await openTestLab({ directory })).lab.runs.list()).toHaveLength(1)
  })
})

describe('a restore that died half-way', () => {
  const make = (): { directory: string; aside: string } => {
    const directory = temporaryDirectory()
    const aside = join(directory, '.before-restore-999999')
    mkdirSync(aside)
    writeFileSync(join(aside, 'owner.json'), JSON.stringify({ pid: 999_999, started: 'another boot/1' }))
    return { directory, aside }
  }

  it('before all of the old was aside gives it back', () => {
    const { directory, aside } = make()
    for (const [place, name] of [
      [aside, 'lab.sqlite'],
      [directory, 'models'],
    ] as const)
      writeFileSync(join(place, name), 'old')
    recoverReplacedData(directory)
    expect(readdirSync(directory).sort()).toEqual(['lab.sqlite', 'models'])
    expect(readFileSync(join(directory, 'models'), 'utf8')).toBe('old')
  })

  it('while the new came in gives the old back and keeps nothing of the new', () => {
    const { directory, aside } = make()
    for (const name of ['lab.sqlite', 'models', 'complete']) writeFileSync(join(aside, name), 'old')
    for (const name of ['lab.sqlite', 'corpora']) writeFileSync(join(directory, name), 'new')
    recoverReplacedData(directory)
    expect(readdirSync(directory).sort()).toEqual(['lab.sqlite', 'models'])
    expect(readFileSync(join(directory, 'lab.sqlite'), 'utf8')).toBe('old')
  })

  it('is left alone while its process lives', () => {
    const { directory, aside } = make()
    writeFileSync(join(aside, 'owner.json'), JSON.stringify({ pid: process.pid, started: null }))
    writeFileSync(join(aside, 'lab.sqlite'), 'old')
    recoverReplacedData(directory)
    expect(readdirSync(directory)).toEqual(['.before-restore-999999'])
    renameSync(aside, `${aside}x`)
  })
})

describe('the copy of a database', () => {
  it('has what was written until then, though another goes on writing', async () => {
    const { lab, directory } = await openTestLab()
    const run = await start(lab, 10_000_000)
    const file = join(temporaryDirectory(), 'b.zip')
    await lab.carry.backUp(file, false)
    const target = temporaryDirectory()
    await restoreData(hostOn(target), file, false)
    await lab.training.stop(run)
    const db = openConnection({ file: join(target, 'lab.sqlite'), nativeBinding: null })
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok')
    const { steps } = db.prepare('SELECT max(step) AS steps FROM points').get() as { steps: number }
    const points = (await lab.runs.points(run)).filter(({ step }) => step <= steps).length
    expect(db.prepare('SELECT count(*) AS n FROM points').get()).toEqual({ n: points })
    db.close()
    expect(readdirSync(directory)).toContain('lab.sqlite')
  })
})
