/** Backups that somebody made to do harm, or that a disk has damaged anywhere; and files written where the data lie. */
import { lstatSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { lookAtBackup, restoreData } from '../../../src/lab'
import { restore } from '../../../src/lab/carry/unpack-backup'
import { writeZip } from '../../../src/lab/carry/zip-write'
import { runCommand } from '../../cli/support/command-line'
import { hostOn, startSmall } from '../support/carried'
import { linked, recordsOf, renamedInside, rewritten, written } from '../support/changed-zip'
import { errorOf, errorsOf } from '../support/errors'
import { nextFinds } from '../support/found-data'
import { temporaryDirectory } from '../support/temporary'
import { openTestLab } from '../support/test-lab'

const REFUSED = errorsOf(/^E_(?:ZIP|BACKUP)/)

async function prepare() {
  const { lab, directory } = await openTestLab()
  const run = await startSmall(lab, 20)
  await lab.training.settled(run)
  const file = join(temporaryDirectory(), 'b.zip')
  await lab.carry.backUp(file, false)
  await lab.close()
  return { directory, host: hostOn(directory), run, file }
}

/** Of every file, by its name. */
function bytesIn(directory: string): Record<string, string> {
  const names = (readdirSync(directory, { recursive: true }) as string[]).sort()
  const files = names.filter((name) => lstatSync(join(directory, name)).isFile())
  return Object.fromEntries(files.map((name) => [name, readFileSync(join(directory, name), 'latin1')]))
}

describe('a backup', () => {
  it('cut short, or with a byte turned over anywhere, is refused or is what it was; the data stay', async () => {
    const { directory, file } = await prepare()
    const bytes = readFileSync(file)
    // In this thread: a worker for each of so many would take most of the time.
    const restoreInto = (into: string, backup: string): Promise<unknown> =>
      restore({ file: backup, directory: into, nativeBinding: null, replace: true, keepAs: 'replaced-x' })
    const unharmed = temporaryDirectory()
    await restoreInto(unharmed, file)
    const whole = bytesIn(unharmed)
    const before = readFileSync(join(directory, 'lab.sqlite'))
    const places = [
      ...recordsOf(bytes).flatMap((at) => [0, 8, 14, 20, 24, 26, 30, 38, 42].map((offset) => at + offset)),
      ...Array.from({ length: 60 }, (_, i) => Math.floor((i * bytes.length) / 60)),
    ].filter((at) => at < bytes.length)
    let refused = 0
    for (const at of places) {
      const cut = restoreInto(directory, written(bytes.subarray(0, at)))
      await expect(cut, `${at}`).rejects.toEqual(REFUSED)
      const turned = Buffer.from(bytes)
      turned[at] ^= 0x41
      const target = temporaryDirectory()
      const outcome = await restoreInto(target, written(turned)).catch((error: unknown) => error)
      if (outcome instanceof Error) {
        expect(outcome, `${at}`).toEqual(REFUSED)
        expect(readdirSync(target), `${at}`).toEqual([])
        refused += 1
      } else expect(bytesIn(target), `${at}`).toEqual(whole)
    }
    expect(refused).toBeGreaterThan(60)
    expect(readFileSync(join(directory, 'lab.sqlite')).equals(before)).toBe(true)
    expect(readdirSync(directory).sort()).toEqual(['corpora', 'lab.sqlite', 'models'])
  })

  it('with names that are none of the data’s is refused, and links are files', async () => {
    const { host, directory, run, file } = await prepare()
    const model = `models/${run}/20.safetensors`
    const names = [
      'models/x/.',
      'models/x/.y',
      'models/x/y/z',
      'models/x',
      'lab.sqlite/x',
      'lab.sqlite-wal',
      'corpora/x',
    ]
    const bad = [
      ...(await Promise.all(names.map((name) => rewritten(file, { [name]: 'x' })))),
      await rewritten(file, { 'LAB.sqlite': 'x' }),
      ...['../../', '/tmp/', 'C:/', 'x\\..\\', 'models/../'].map((begin) =>
        renamedInside(file, model, begin + 'x'.repeat(model.length - begin.length)),
      ),
    ]
    for (const backup of bad) {
      await expect(restoreData(host, backup, true)).rejects.toEqual(REFUSED)
      await expect(lookAtBackup(host, backup)).rejects.toEqual(REFUSED)
      expect(readdirSync(directory).sort()).toEqual(['corpora', 'lab.sqlite', 'models'])
    }
    const target = temporaryDirectory()
    await restoreData(hostOn(target), linked(file), false)
    const paths = (readdirSync(target, { recursive: true }) as string[]).map((name) => join(target, name))
    expect(paths.filter((path) => lstatSync(path).isSymbolicLink())).toEqual([])
  })

  it('that says of itself what it can’t be is refused', async () => {
    const { host, file } = await prepare()
    const cases: [string, 'E_BACKUP_ABOUT' | 'E_ZIP_LONG' | 'E_DATABASE_NEWER'][] = [
      ['{"format":"engram-backup","version":1,"runs":1e999}', 'E_BACKUP_ABOUT'],
      ['{"format":"engram-backup","version":1,"runs":NaN}', 'E_BACKUP_ABOUT'],
      ['{"format":"engram-backup","version":1,"runs":0.5}', 'E_BACKUP_ABOUT'],
      ['{"format":"engram-backup","version":1,"runs":1,"madeAt":1e300}', 'E_BACKUP_ABOUT'],
      ['{"format":"engram-backup","version":1.5,"runs":1}', 'E_BACKUP_ABOUT'],
      ['{"format":"engram-backup","version":2}', 'E_DATABASE_NEWER'],
      ['{"format":"engram-backup","version":1,"runs":1,"database":99}', 'E_DATABASE_NEWER'],
      ['[]', 'E_BACKUP_ABOUT'],
      ['['.repeat(30_000), 'E_BACKUP_ABOUT'],
      [' '.repeat(70_000), 'E_ZIP_LONG'],
    ]
    for (const [about, code] of cases) {
      const changed = await rewritten(file, { 'backup.json': about })
      await expect(lookAtBackup(host, changed), about.slice(0, 70)).rejects.toEqual(errorOf(code))
    }
  })

  it('that says it unpacks to gigabytes which can’t be in it is refused before a byte is', async () => {
    const { file } = await prepare()
    const bytes = readFileSync(file)
    const directory = recordsOf(bytes).filter((at) => bytes.readUInt32LE(at) === 0x02014b50)
    // 4 GiB less a byte, in each entry's line of the zip's directory.
    for (const at of directory) bytes.writeUInt32LE(0xfffffffe, at + 24)
    const target = temporaryDirectory()
    await expect(restoreData(hostOn(target), written(bytes), false)).rejects.toEqual(errorOf('E_ZIP'))
    expect(readdirSync(target).sort()).toEqual(['corpora', 'models'])
  })
})

describe('a file that is written', () => {
  it('never takes the place of the lab’s own data, whatever is forced', async () => {
    const { directory, run } = await prepare()
    const { lab } = await openTestLab({ directory })
    const link = join(temporaryDirectory(), 'link')
    symlinkSync(directory, link)
    writeFileSync(join(directory, 'data-directory.json'), '{}')
    const names = [
      'lab.sqlite',
      'lab.sqlite-wal',
      'models',
      `models/${run}/20.state`,
      'corpora/x',
      'data-directory.json',
    ]
    const targets = [...names, '', 'replaced-x/lab.sqlite', 'LAB.SQLITE'].flatMap((name) => [
      join(directory, name),
      join(link, name),
    ])
    for (const file of targets) {
      const refused = errorOf('E_OWN_DATA')
      const { carry } = lab
      await expect(carry.exportRuns([run], { file, overwrite: true, withCorpus: true }), file).rejects.toEqual(refused)
      await expect(carry.backUp(file, true), file).rejects.toEqual(refused)
      await expect(carry.handOff(run, { folder: file, overwrite: true, best: false })).rejects.toEqual(refused)
    }
    expect(await lab.doctor(true)).toMatchObject({ database: 'ok', orphans: [] })
    await lab.close()
    const words = ['train', '--resume', run, '--steps', '30', '--force', '--out', join(directory, 'lab.sqlite')]
    const { code, stderr } = await runCommand(words, directory)
    expect([code, stderr]).toEqual([1, 'error: lab.sqlite: here lie the lab’s own data. Choose another folder.\n'])
    expect(await nextFinds(directory)).toMatchObject([{ run }])
  })

  it('where it can’t be is told by a sentence, and leaves what is there', async () => {
    const { directory, run } = await prepare()
    const { lab } = await openTestLab({ directory })
    const place = temporaryDirectory()
    const there = join(place, 'there.engram')
    writeFileSync(there, 'mine')
    mkdirSync(join(place, 'folder'))
    const cases: [string, boolean, ReturnType<typeof errorOf>][] = [
      [there, false, errorOf('E_FILE_EXISTS')],
      [join(place, 'folder'), false, errorOf('E_FILE_EXISTS')],
      [join(place, 'folder'), true, errorOf('E_FILE_WRITE', { reason: 'EISDIR' })],
      [join(there, 'x'), true, errorOf('E_FILE_WRITE', { reason: 'ENOTDIR' })],
      [join(place, 'none', 'x'), true, errorOf('E_FILE_WRITE', { reason: 'ENOENT' })],
      ['/proc/self/x', true, errorOf('E_FILE_WRITE')], // nobody can write there
    ]
    for (const [file, overwrite, error] of cases) {
      const exported = lab.carry.exportRuns([run], { file, overwrite, withCorpus: true })
      await expect(exported, file).rejects.toEqual(error)
      await expect(lab.carry.backUp(file, overwrite), file).rejects.toEqual(error)
    }
    expect(readdirSync(place).sort()).toEqual(['folder', 'there.engram'])
    expect(readFileSync(there, 'utf8')).toBe('mine')
    expect(readdirSync(directory).filter((name) => name.startsWith('.'))).toEqual([])
  })

  it('over a bundle leaves that one until the new is whole', async () => {
    const place = temporaryDirectory()
    const file = join(place, 'a.engram')
    writeFileSync(file, 'the first')
    const first = { name: 'a', content: { bytes: Buffer.alloc(300_000) }, compress: false }
    const missing = { name: 'b', content: { file: join(place, 'none') }, compress: false }
    await expect(writeZip(file, [first, missing], true)).rejects.toEqual(errorOf('E_FILE_WRITE'))
    expect(readFileSync(file, 'utf8')).toBe('the first')
    await writeZip(file, [first], true)
    expect(readdirSync(place)).toEqual(['a.engram'])
  })
})
