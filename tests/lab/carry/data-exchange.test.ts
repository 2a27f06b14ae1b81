/** A backup put in the place of the data that the app has open: told of before, and what was there is kept beside. */
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { assertIdle, forgetUnpacked, lookAtBackup, putInPlace, unpackBackup } from '../../../src/lab'
import type { DataProgress } from '../../../src/shared'
import { encodeAbout } from '../../../src/lab/carry/backup-about'
import { writeZip } from '../../../src/lab/carry/zip-write'
import { newestVersion } from '../../../src/lab/database/migrate'
import { hostOn, startSmall, TEXT } from '../support/carried'
import { errorOf } from '../support/errors'
import { temporaryDirectory } from '../support/temporary'
import { openTestLab } from '../support/test-lab'

const nothing = (): void => undefined
const hidden = (directory: string): string[] => readdirSync(directory).filter((name) => name.startsWith('.'))

/** A lab with one run, its backup, and another run since. */
async function backedUp() {
  const opened = await openTestLab()
  const { lab } = opened
  const first = await startSmall(lab, 20)
  await lab.training.settled(first)
  const file = join(temporaryDirectory(), 'b.zip')
  await lab.carry.backUp(file, false)
  const second = await startSmall(lab, 20, { seed: 7 })
  await lab.training.settled(second)
  return { ...opened, host: hostOn(opened.directory), file, first, second }
}

describe('a backup that is chosen', () => {
  it('is told before anything is unpacked', async () => {
    const { host, file, directory } = await backedUp()
    const before = Date.now()
    const summary = await lookAtBackup(host, file)
    expect(summary).toMatchObject({ name: 'b.zip', runs: 1, sizeBytes: statSync(file).size })
    expect(summary.madeAt).toBeGreaterThan(before - 60_000)
    expect(summary.madeAt).toBeLessThanOrEqual(before)
    expect(summary.unpackedBytes).toBeGreaterThan(summary.sizeBytes / 2)
    expect(hidden(directory)).toEqual([])
  })

  it('that is cut short, newer or something else is refused by a sentence, and nothing changes', async () => {
    const { host, file, directory, lab } = await backedUp()
    const folder = temporaryDirectory()
    const bytes = readFileSync(file)
    const made = async (name: string, about: Uint8Array): Promise<string> => {
      const sources = [
        { name: 'backup.json', content: { bytes: about }, compress: false },
        { name: 'lab.sqlite', content: { bytes: Buffer.from('x') }, compress: false },
      ]
      await writeZip(join(folder, name), sources, false)
      return join(folder, name)
    }
    writeFileSync(join(folder, 'cut.zip'), bytes.subarray(0, bytes.length >> 1))
    writeFileSync(join(folder, 'empty.zip'), '')
    const json = (value: object): Uint8Array => new TextEncoder().encode(JSON.stringify(value))
    const newer = { format: 'engram-backup', version: 2, contents: [] }
    const cases: [string, 'E_ZIP' | 'E_BACKUP_ABOUT' | 'E_DATABASE_NEWER' | 'E_FILE_MISSING'][] = [
      [join(folder, 'cut.zip'), 'E_ZIP'],
      [join(folder, 'empty.zip'), 'E_ZIP'],
      [TEXT, 'E_ZIP'],
      [join(folder, 'none.zip'), 'E_FILE_MISSING'],
      [await made('newer.zip', json(newer)), 'E_DATABASE_NEWER'],
      [
        await made('newer-data.zip', encodeAbout({ runs: 1, madeAt: 0, database: newestVersion() + 1 })),
        'E_DATABASE_NEWER',
      ],
      [await made('odd.zip', json({ format: 'engram-backup', version: 1, runs: -1 })), 'E_BACKUP_ABOUT'],
    ]
    for (const [chosen, code] of cases) {
      await expect(lookAtBackup(host, chosen), chosen).rejects.toEqual(errorOf(code))
      await expect(unpackBackup(host, chosen, nothing).done, chosen).rejects.toEqual(errorOf(code))
    }
    expect(hidden(directory)).toEqual([])
    expect(await lab.runs.list()).toHaveLength(2)
  })
})

describe('a restore', () => {
  it('keeps what was there as a data directory of its own', async () => {
    const { host, file, directory, lab, first, second } = await backedUp()
    const told: DataProgress[] = []
    const unpacked = await unpackBackup(host, file, (progress) => void told.push(progress)).done
    expect(told.map(({ stage }) => stage)).toContain('unpack')
    expect(told.at(-1)?.stage).toBe('check')
    expect(await lab.runs.list()).toHaveLength(2) // it is still open
    await lab.close()
    const { runs, keptAs } = await putInPlace(host, unpacked)
    await forgetUnpacked(unpacked)
    expect(runs).toBe(1)
    expect(keptAs).toMatch(/^replaced-\d{4}-\d\d-\d\d-\d{2}-\d{2}-\d{2}$/)
    expect(readdirSync(directory).sort()).toEqual(['corpora', 'lab.sqlite', 'models', keptAs].sort())
    const now = await openTestLab({ directory })
    expect((await now.lab.runs.list()).map(({ run }) => run)).toEqual([first])
    expect(await now.lab.doctor(true)).toMatchObject({ database: 'ok', orphans: [] })
    const kept = await openTestLab({ directory: join(directory, keptAs ?? '') })
    expect((await kept.lab.runs.list()).map(({ run }) => run).sort()).toEqual([first, second].sort())
    expect(await kept.lab.doctor(true)).toMatchObject({ database: 'ok', orphans: [] })
    expect((await now.lab.runs.freeable()).aside).toMatchObject({ count: 1 })
  })

  it('into an empty folder sets nothing aside', async () => {
    const { file, first } = await backedUp()
    const directory = temporaryDirectory()
    const host = hostOn(directory)
    expect(await putInPlace(host, await unpackBackup(host, file, nothing).done)).toEqual({ runs: 1, keptAs: null })
    expect((await (await openTestLab({ directory })).lab.runs.list()).map(({ run }) => run)).toEqual([first])
  })

  it('that is cancelled leaves nothing', async () => {
    const { host, file, directory, lab } = await backedUp()
    const task = unpackBackup(host, file, () => task.cancel())
    await expect(task.done).rejects.toEqual(errorOf('E_CANCELLED'))
    expect(hidden(directory)).toEqual([])
    expect(await lab.runs.list()).toHaveLength(2)
  })

  it('while somebody has the data open is refused, and they stay', async () => {
    const { host, file, directory, lab } = await backedUp()
    const unpacked = await unpackBackup(host, file, nothing).done
    await expect(putInPlace(host, unpacked)).rejects.toEqual(errorOf('E_DATA_IN_USE'))
    await forgetUnpacked(unpacked)
    expect(hidden(directory)).toEqual([])
    expect(await lab.runs.list()).toHaveLength(2)
    expect(await lab.doctor(true)).toMatchObject({ database: 'ok' })
  })

  it('waits for no run: one that goes on is named', async () => {
    const { lab } = await openTestLab()
    await assertIdle(lab)
    const run = await startSmall(lab, 10_000_000)
    const { name } = await lab.runs.show(run)
    await expect(assertIdle(lab)).rejects.toEqual(errorOf('E_DATA_BUSY', { name }))
    await lab.training.stop(run)
    await lab.training.settled(run)
    await assertIdle(lab)
  })
})
