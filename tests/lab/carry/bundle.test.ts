/** Bundles: what goes out comes in the same, and what is no honest bundle is refused and leaves nothing. */
import { createHash } from 'node:crypto'
import { createWriteStream, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Lab } from '../../../src/lab'
import { openZip } from '../../../src/lab/carry/zip-read'
import { writeZip } from '../../../src/lab/carry/zip-write'
import type { ZipSource } from '../../../src/lab/carry/zip-write'
import { crc32 } from '../../../src/lab/carry/crc32'
import { DEFAULT_CONFIGURATION } from '../../../src/shared'
import type { ErrorCode, ErrorDetails, RunConfiguration, RunRow } from '../../../src/shared'
import { renamedInside, rewritten } from '../support/changed-zip'
import { errorOf, isWholeSentence } from '../support/errors'
import { temporaryDirectory } from '../support/temporary'
import { openTestLab, STORIES } from '../support/test-lab'

const TEXT = join(STORIES, 'rhymes.ko.txt')
const SMALL = { ...DEFAULT_CONFIGURATION, hidden: 6, batch: 3, sequence: 5, validateEvery: 10 }

async function trained(lab: Lab, changes: Partial<RunConfiguration> = {}): Promise<RunRow> {
  const configuration = { ...SMALL, steps: 25, ...changes }
  const { run } = await lab.training.start({
    files: [TEXT],
    encoding: 'auto',
    configuration,
    name: '한글 "run"',
    probe: '',
  })
  return lab.training.settled(run)
}

async function textOf(file: string, name: string): Promise<string> {
  const zip = await openZip(file)
  const entry = zip.entries.find((one) => one.name === name)
  if (!entry) throw new Error(`no ${name}`)
  const bytes = await zip.read(entry, 1e9)
  zip.close()
  return new TextDecoder().decode(bytes)
}

const contents = (directory: string): string[] =>
  (readdirSync(directory, { recursive: true }) as string[])
    .filter((name) => !/^(lab\.sqlite|electron|logs)/.test(name))
    .sort()

describe('a run that is exported, deleted and imported', () => {
  it('comes back with equal points, settings and model, here and elsewhere', async () => {
    const { lab, directory } = await openTestLab()
    const { run, digest } = await trained(lab, { cell: 'gru', tokens: 'jamo', learningRate: 0.1 + 0.2 })
    await lab.runs.tag(run, '밤', true)
    await lab.runs.change(run, { note: 'n', starred: true })
    const file = join(temporaryDirectory(), 'a.engram')
    expect(await lab.carry.exportRuns([run, run], { file, overwrite: false, withCorpus: true })).toEqual([run])
    const before = [await lab.runs.show(run), await lab.runs.points(run)]
    await lab.runs.delete(run)
    expect(await lab.carry.importBundle(file)).toEqual([{ run, from: run, isNew: false }])
    expect([await lab.runs.show(run), await lab.runs.points(run)]).toEqual(before)
    await lab.runs.delete(run)
    expect(await lab.runs.emptyBin(-1)).toEqual([run])
    expect(existsSync(join(directory, 'models', run))).toBe(false)
    expect(await lab.carry.importBundle(file)).toEqual([{ run, from: run, isNew: true }])
    expect([await lab.runs.show(run), await lab.runs.points(run)]).toEqual(before)

    const other = await openTestLab()
    expect(await other.lab.carry.importBundle(file)).toEqual([{ run, from: run, isNew: true }])
    expect([await other.lab.runs.show(run), await other.lab.runs.points(run)]).toEqual(before)
    expect(await other.lab.doctor(true)).toMatchObject({ database: 'ok', orphans: [] })
    const again = await other.lab.training.repeat(run)
    expect(await other.lab.training.settled(again.run)).toMatchObject({
      digest,
      parent: run,
      status: 'finished',
      verdict: 'equal',
    })
    const repeated = join(temporaryDirectory(), 'b.engram')
    await other.lab.carry.exportRuns([again.run], { file: repeated, overwrite: false, withCorpus: true })
    await lab.carry.importBundle(repeated)
    expect((await lab.runs.show(again.run)).verdict).toBe('equal')
    await other.lab.training.resume(run, { configuration: { steps: 30 } })
    expect((await other.lab.training.settled(run)).steps).toBe(30)
    await lab.training.resume(run, { configuration: { steps: 30 } })
    expect((await lab.training.settled(run)).digest).toBe((await other.lab.runs.show(run)).digest)
  })

  it('leaves the text at home unless it is asked for', async () => {
    const { lab } = await openTestLab()
    const { run } = await trained(lab)
    const file = join(temporaryDirectory(), 'a.engram')
    await lab.carry.exportRuns([run], { file, overwrite: false, withCorpus: false })
    const zip = await openZip(file)
    const names = zip.entries.map(({ name }) => name).sort()
    const record = zip.entries.find(({ name }) => name.endsWith('run.json'))
    if (!record) throw new Error('no record')
    const { corpora } = JSON.parse(Buffer.from(await zip.read(record, 1e6)).toString('utf8')) as { corpora: object[] }
    zip.close()
    expect(names).toEqual(['model.safetensors', 'points.csv', 'run.json', 'state'].map((name) => `runs/${run}/${name}`))
    expect(corpora).toMatchObject([{ excerpt: '', probe: '', frequent: [] }])
    const other = await openTestLab()
    await other.lab.carry.importBundle(file)
    await expect(other.lab.training.repeat(run)).rejects.toEqual(
      errorOf('E_CORPUS_GONE', { run, name: 'rhymes.ko.txt' }),
    )
    expect((await other.lab.analysis.trace({ run }, { text: '나', top: 1, skipUnknown: true })).tokens).toEqual(['나'])
  })

  it('never overwrites another of the same name', async () => {
    const one = await openTestLab()
    const { run } = await trained(one.lab)
    const file = join(temporaryDirectory(), 'a.engram')
    await one.lab.carry.exportRuns([run], { file, overwrite: false, withCorpus: true })
    await one.lab.training.resume(run, { configuration: { steps: 40 } })
    await one.lab.training.settled(run)
    const before = await one.lab.runs.show(run)
    const [imported] = await one.lab.carry.importBundle(file)
    expect(imported).toMatchObject({ from: run, isNew: true })
    expect(imported.run).not.toBe(run)
    expect(await one.lab.runs.show(run)).toEqual(before)
    expect((await one.lab.runs.show(imported.run)).steps).toBe(25)
    expect(await one.lab.doctor(true)).toMatchObject({ database: 'ok', orphans: [] })
    await expect(one.lab.carry.exportRuns([run], { file, overwrite: false, withCorpus: true })).rejects.toEqual(
      errorOf('E_FILE_EXISTS'),
    )
  })
})

describe('a bundle that is not honest', () => {
  it('is refused with a sentence and leaves nothing', async () => {
    const { lab } = await openTestLab()
    const { run } = await trained(lab)
    const file = join(temporaryDirectory(), 'a.engram')
    await lab.carry.exportRuns([run], { file, overwrite: false, withCorpus: true })
    const bytes = readFileSync(file)
    const cut = (length: number): string => {
      const target = join(temporaryDirectory(), 'cut.engram')
      writeFileSync(target, bytes.subarray(0, length))
      return target
    }
    const damaged = (at: number): string => {
      const target = join(temporaryDirectory(), 'damaged.engram')
      writeFileSync(target, Buffer.from(bytes).fill(bytes[at] ^ 0x55, at, at + 1))
      return target
    }
    const inside = `runs/${run}`
    const record = `${inside}/run.json`
    const sha256 = createHash('sha256').update(readFileSync(TEXT)).digest('hex')
    const points = `${inside}/points.csv`
    const header = 'step,trainLoss,validationLoss,gradientNorm,learningRate,charactersPerSecond,nonFinite'
    /** Files of earlier versions lack the last two columns and are read as well. */
    const full = `${header},minTrainLoss,maxTrainLoss`
    const withPoints = async (lines: string): Promise<string> => rewritten(file, { [points]: `${header}\n${lines}` })
    const known = await textOf(file, record)
    const withRecord = async (changes: object): Promise<string> =>
      rewritten(file, { [record]: JSON.stringify({ ...(JSON.parse(known) as object), ...changes }) })
    const runless = join(temporaryDirectory(), 'runless.engram')
    await writeZip(runless, [{ name: 'other', content: { bytes: Buffer.from('x') }, compress: false }], false)
    const cases: [string, ErrorCode, ErrorDetails?][] = [
      ...[0, 1, 21, 22, 1000, bytes.length - 30, bytes.length - 1].map((length): [string, ErrorCode] => [
        cut(length),
        'E_ZIP',
      ]),
      [damaged(bytes.indexOf('points.csv') + 30), 'E_ZIP_ENTRY', { entry: points }],
      [damaged(bytes.indexOf('model.safetensors') + 3000), 'E_ZIP_ENTRY', { entry: `${inside}/model.safetensors` }],
      ...[
        `../../${'x'.repeat(record.length - 6)}`,
        `/tmp/${'x'.repeat(record.length - 5)}`,
        `C:/tmp/${'x'.repeat(record.length - 7)}`,
        `..\\tmp\\${'x'.repeat(record.length - 7)}`,
      ].map((entry): [string, ErrorCode, ErrorDetails] => [
        renamedInside(file, record, entry),
        'E_ZIP_PATH',
        { entry },
      ]),
      [renamedInside(file, `${inside}/state`, `${inside}/State`), 'E_BUNDLE_MISSING', { entry: `${inside}/state` }],
      [
        renamedInside(file, points, `${inside}/RUN.JSONxx`.slice(0, inside.length + 11)),
        'E_BUNDLE_MISSING',
        { entry: points },
      ],
      [await rewritten(file, { [record]: null }), 'E_BUNDLE_MISSING', { entry: record }],
      [await rewritten(file, { [record]: '{' }), 'E_BUNDLE_RECORD', { entry: record }],
      [await rewritten(file, { [record]: '[]' }), 'E_BUNDLE_FIELD', { entry: record, field: 'version' }],
      [await rewritten(file, { [record]: '7' }), 'E_BUNDLE_RECORD', { entry: record }],
      [await rewritten(file, { [record]: '{"version":2}' }), 'E_BUNDLE_NEWER', { entry: record, found: 2, known: 1 }],
      [await withRecord({ steps: -1 }), 'E_BUNDLE_FIELD', { entry: record, field: 'steps' }],
      [await withRecord({ run: 'another' }), 'E_BUNDLE_RUN', { entry: record, found: 'another' }],
      [await rewritten(file, { [points]: 'step\n1\n' }), 'E_BUNDLE_POINTS_HEADER', { entry: points, header: full }],
      [await rewritten(file, { [points]: '' }), 'E_BUNDLE_POINTS_HEADER', { entry: points, header: full }],
      [await withPoints('1,2\n'), 'E_BUNDLE_POINTS_LINE', { entry: points, line: 2, found: 2, needed: 7 }],
      [
        await withPoints('1,2,,,x,,0\n'),
        'E_BUNDLE_POINTS_VALUE',
        { entry: points, line: 2, column: 'learningRate', value: '"x"' },
      ],
      [
        await withPoints('2,2,,,1,,0\n1,2,,,1,,0\n'),
        'E_BUNDLE_POINTS_ORDER',
        { entry: points, line: 3, step: 1, before: 2 },
      ],
      [await rewritten(file, { [points]: Buffer.from([0xff]) }), 'E_BUNDLE_POINTS', { entry: points }],
      [await rewritten(file, { [`${inside}/model.safetensors`]: 'none' }), 'E_BUNDLE_MODEL'],
      [
        await rewritten(file, {
          [record]: known.replaceAll(/"digest": "[0-9a-f]{64}"/g, `"digest": "${'0'.repeat(64)}"`),
        }),
        'E_BUNDLE_DIGEST',
        { entry: `${inside}/model.safetensors` },
      ],
      [await rewritten(file, { [`${inside}/state`]: 'none' }), 'E_BUNDLE_STATE', { entry: `${inside}/state` }],
      [await rewritten(file, { [`corpora/${sha256}`]: 'another' }), 'E_BUNDLE_TEXT', { entry: `corpora/${sha256}` }],
      [runless, 'E_BUNDLE_EMPTY'],
      [TEXT, 'E_ZIP'],
    ]
    const other = await openTestLab()
    for (const [bundle, code, details] of cases) {
      const failed = other.lab.carry.importBundle(bundle)
      await expect(failed, code).rejects.toEqual(errorOf(code, { file: basename(bundle), ...details }))
      await expect(failed, code).rejects.toSatisfy(isWholeSentence)
      expect(await other.lab.runs.list()).toEqual([])
      expect(contents(other.directory)).toEqual(['corpora', 'models'])
    }
    await expect(other.lab.carry.importBundle('/nowhere/x.engram')).rejects.toEqual(errorOf('E_FILE_MISSING'))
    await expect(other.lab.carry.importBundle(other.directory)).rejects.toEqual(errorOf('E_FILE_NOT_REGULAR'))
  })

  it('of ten gigabytes is refused before a byte is unpacked, declared or not', async () => {
    const { lab, directory } = await openTestLab()
    const bomb = join(temporaryDirectory(), 'bomb.engram')
    writeFileSync(bomb, zipOf('runs/a/run.json', 'x', 10 * 1024 ** 3, 12 * 1024 ** 2))
    await expect(lab.carry.importBundle(bomb)).rejects.toEqual(errorOf('E_BUNDLE_TOO_LARGE', { size: '10240 MiB' }))
    const liar = join(temporaryDirectory(), 'liar.engram')
    writeFileSync(liar, zipOf('runs/a/run.json', 'x', 3 * 1024 ** 3, 0))
    await expect(lab.carry.importBundle(liar)).rejects.toEqual(errorOf('E_ZIP_OVERLAP'))
    expect(contents(directory)).toEqual(['corpora', 'models'])
  })

  it('that is encrypted, packed in another way, or describes a run at too great length is refused', async () => {
    const { lab } = await openTestLab()
    const changed = (at: number, value: number): string => {
      const bytes = zipOf('runs/a/run.json', 'x', 1, 0)
      bytes.writeUInt16LE(value, bytes.indexOf('PK\x01\x02', 'latin1') + at)
      const target = join(temporaryDirectory(), 'changed.engram')
      writeFileSync(target, bytes)
      return target
    }
    const long = join(temporaryDirectory(), 'long.engram')
    writeFileSync(long, zipOf('runs/a/run.json', 'x', 17 * 1024 ** 2, 100_000))
    const [flags, method] = [8, 10]
    const entry = 'runs/a/run.json'
    const cases: [string, ErrorCode, ErrorDetails?][] = [
      [changed(flags, 0x01), 'E_ZIP_ENCRYPTED'],
      [changed(flags, 0x41), 'E_ZIP_ENCRYPTED'],
      [changed(method, 12), 'E_ZIP_METHOD', { entry }],
      [long, 'E_ZIP_LONG', { entry, limit: '16 MiB' }],
    ]
    for (const [bundle, code, details] of cases) {
      const failed = lab.carry.importBundle(bundle)
      await expect(failed, code).rejects.toEqual(errorOf(code, details))
      await expect(failed, code).rejects.toSatisfy(isWholeSentence)
    }
  })

  it('that names an entry twice is refused', async () => {
    const { lab } = await openTestLab()
    const { run } = await trained(lab)
    const file = join(temporaryDirectory(), 'a.engram')
    await lab.carry.exportRuns([run], { file, overwrite: false, withCorpus: true })
    const twice = await rewritten(file, { 'runs/zz/run.json': 'a', 'runs/zy/run.json': 'b' })
    const same = renamedInside(twice, 'runs/zy/run.json', 'runs/zz/run.json')
    await expect(lab.carry.importBundle(same)).rejects.toEqual(errorOf('E_ZIP_TWICE', { entry: 'runs/zz/run.json' }))
  })
})

/** A zip of one stored-in-deflate entry whose directory declares a size, with so many bytes before it. */
function zipOf(name: string, text: string, declared: number, padding: number): Buffer {
  const content = Buffer.from(text)
  const local = Buffer.alloc(30)
  local.writeUInt32LE(0x04034b50, 0)
  local.writeUInt16LE(45, 4)
  local.writeUInt16LE(8, 8)
  local.writeUInt32LE(crc32(content), 14)
  local.writeUInt16LE(name.length, 26)
  const body = Buffer.concat([local, Buffer.from(name), Buffer.from([0x4b, 0x04, 0x00]), Buffer.alloc(padding)])
  const extra = Buffer.alloc(12)
  extra.writeUInt16LE(1, 0)
  extra.writeUInt16LE(8, 2)
  extra.writeBigUInt64LE(BigInt(declared), 4)
  const central = Buffer.alloc(46)
  central.writeUInt32LE(0x02014b50, 0)
  central.writeUInt16LE(45, 4)
  central.writeUInt16LE(45, 6)
  central.writeUInt16LE(8, 10)
  central.writeUInt32LE(crc32(content), 16)
  central.writeUInt32LE(3, 20)
  central.writeUInt32LE(0xffffffff, 24)
  central.writeUInt16LE(name.length, 28)
  central.writeUInt16LE(extra.length, 30)
  const directory = Buffer.concat([central, Buffer.from(name), extra])
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(1, 8)
  end.writeUInt16LE(1, 10)
  end.writeUInt32LE(directory.length, 12)
  end.writeUInt32LE(body.length, 16)
  return Buffer.concat([body, directory, end])
}

describe('a zip', () => {
  it('that cannot be written leaves nothing', async () => {
    const target = join(temporaryDirectory(), 'a.zip')
    const sources: ZipSource[] = [{ name: 'a', content: { bytes: Buffer.alloc(300_000) }, compress: false }]
    const full = (): NodeJS.WritableStream => createWriteStream('/dev/full')
    await expect(writeZip(target, sources, false, full as never)).rejects.toEqual(errorOf('E_DISK_FULL'))
    const missing: ZipSource[] = [...sources, { name: 'b', content: { file: '/nowhere/b' }, compress: false }]
    await expect(writeZip(target, missing, false)).rejects.toEqual(errorOf('E_FILE_WRITE', { reason: 'ENOENT' }))
    expect(existsSync(target)).toBe(false)
  })

  it('has the checksum everybody computes', () => {
    expect(crc32(Buffer.from('123456789'))).toBe(0xcbf43926)
    expect(crc32(Buffer.from('6789'), crc32(Buffer.from('12345')))).toBe(0xcbf43926)
  })
})
