/**
 * `.engram` bundles: `runs/RUN/run.json`, `points.csv`, `model.safetensors`, `best.safetensors` where that is another
 * one, `state` where the run can go on, and `corpora/SHA256` when the text goes along.
 */
import { createHash } from 'node:crypto'
import { createReadStream, statSync } from 'node:fs'
import { mkdir, rm, statfs } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { LabError } from '../../shared'
import type { ErrorCode } from '../../shared'
import { inMebibytes } from '../files/mebibytes'
import { digestOf, readModel } from '../models/model-file'
import type { CheckpointRow, PackedPoints } from '../database/database-api'
import { readCheckpointFiles } from '../training/checkpoint-files'
import { CarryFailure } from './carry-failure'
import type { CarryFailureCode } from './carry-failure'
import type { BundleRequest, CarryListener, UnpackedBundle, UnpackedRun } from './carry-api'
import { encodePoints, PointsReader } from './points-csv'
import { decodeRecord, encodeRecord, MOST_RECORD_BYTES } from './run-record'
import { openZip } from './zip-read'
import type { OpenZip, ZipEntry } from './zip-read'
import { writeZip } from './zip-write'
import type { ZipSource } from './zip-write'

/** Unpacked: room for the longest text the lab reads (1 GiB) and for the largest model with its state (below 3 GiB). */
export const MOST_BUNDLE_BYTES = 4 * 1024 ** 3

const RUN_FILE = /^runs\/([\w-]{1,64})\/(run\.json|points\.csv|model\.safetensors|best\.safetensors|state)$/
const CORPUS_FILE = /^corpora\/([0-9a-f]{64})$/

/** @throws LabError E_BUNDLE_TOO_LARGE, E_FILE_EXISTS, E_FILE_WRITE, E_DISK_FULL */
export async function writeBundle(request: BundleRequest, pointsOf: CarryListener['points']): Promise<void> {
  const { file, overwrite, runs, corpora } = request
  const files = [...runs.flatMap((run) => Object.values(run.files)), ...Object.values(corpora)]
  assertSize(
    file,
    files.reduce((sum, path) => sum + statSync(path).size, 0),
  )
  const withText = Object.keys(corpora).length > 0
  const sources = runs.flatMap(({ carried, files: own }): ZipSource[] => {
    const folder = `runs/${carried.detail.run}`
    const points = async (): Promise<Uint8Array[]> => encodePoints(await pointsOf(carried.detail.run))
    return [
      { name: `${folder}/run.json`, content: { bytes: encodeRecord(carried, withText) }, compress: true },
      { name: `${folder}/points.csv`, content: { make: points }, compress: true },
      ...Object.entries(own).map(([name, path]): ZipSource => {
        return { name: `${folder}/${name}`, content: { file: path }, compress: false }
      }),
    ]
  })
  const texts = Object.entries(corpora).map(([sha256, path]): ZipSource => {
    return { name: `corpora/${sha256}`, content: { file: path }, compress: true }
  })
  await writeZip(file, [...sources, ...texts], overwrite)
}

function assertSize(file: string, bytes: number): void {
  if (bytes <= MOST_BUNDLE_BYTES) return
  const limit = inMebibytes(MOST_BUNDLE_BYTES)
  throw new LabError('E_BUNDLE_TOO_LARGE', { file: basename(file), size: inMebibytes(bytes), limit })
}

/** @throws LabError E_ZIP…, E_BUNDLE_…, E_DISK_FULL, and those of the file */
export async function unpackBundle(file: string, staging: string): Promise<UnpackedBundle> {
  try {
    const zip = await openZip(file)
    try {
      const known = zip.entries.filter(({ name }) => RUN_FILE.test(name) || CORPUS_FILE.test(name))
      const declared = zip.entries.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
      assertSize(file, declared)
      await assertRoom(dirname(staging), declared)
      await mkdir(staging)
      return await unpackAll(zip, known, staging)
    } finally {
      zip.close()
    }
  } catch (error) {
    await rm(staging, { recursive: true, force: true })
    throw error instanceof CarryFailure ? error.of(file) : error
  }
}

/** @throws LabError E_DISK_FULL */
export async function assertRoom(folder: string, bytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(folder)
  if (bavail * bsize < bytes) throw new LabError('E_DISK_FULL')
}

async function unpackAll(zip: OpenZip, entries: readonly ZipEntry[], staging: string): Promise<UnpackedBundle> {
  const runs = new Map<string, ZipEntry[]>()
  const corpora: string[] = []
  for (const entry of entries) {
    const [, run] = RUN_FILE.exec(entry.name) ?? []
    if (run !== undefined) runs.set(run, [...(runs.get(run) ?? []), entry])
    else corpora.push(await unpackCorpus(zip, entry, staging))
  }
  if (runs.size === 0) throw new CarryFailure('E_BUNDLE_EMPTY')
  const unpacked: UnpackedRun[] = []
  for (const [run, own] of runs) unpacked.push(await unpackRun(zip, run, own, staging))
  return { runs: unpacked, corpora }
}

async function unpackCorpus(zip: OpenZip, entry: ZipEntry, staging: string): Promise<string> {
  const sha256 = basename(entry.name)
  await mkdir(join(staging, 'corpora'), { recursive: true })
  const file = join(staging, 'corpora', sha256)
  await zip.unpack(entry, file)
  const hash = createHash('sha256')
  await pipeline(createReadStream(file), hash)
  if (hash.digest('hex') !== sha256) throw new CarryFailure('E_BUNDLE_TEXT', { entry: entry.name })
  return sha256
}

async function unpackRun(
  zip: OpenZip,
  run: string,
  entries: readonly ZipEntry[],
  staging: string,
): Promise<UnpackedRun> {
  const entryOf = (name: string): ZipEntry => {
    const found = entries.find((entry) => basename(entry.name) === name)
    if (!found) throw new CarryFailure('E_BUNDLE_MISSING', { entry: `runs/${run}/${name}` })
    return found
  }
  const record = await zip.read(entryOf('run.json'), MOST_RECORD_BYTES)
  const carried = within(`runs/${run}/run.json`, () => decodeRecord(record))
  if (carried.detail.run !== run) {
    throw new CarryFailure('E_BUNDLE_RUN', { entry: `runs/${run}/run.json`, found: carried.detail.run })
  }
  const folder = join(staging, 'runs', run)
  await mkdir(folder, { recursive: true })
  await zip.unpack(entryOf('points.csv'), join(folder, 'points.csv'))
  await readPoints(folder, `runs/${run}/points.csv`)
  for (const checkpoint of carried.checkpoints) {
    for (const name of [checkpoint.model, checkpoint.state]) {
      if (name !== null) await zip.unpack(entryOf(name), join(folder, name))
    }
    verifyCheckpoint(folder, `runs/${run}`, checkpoint)
  }
  return { carried, folder }
}

/** @throws CarryFailure where the files are not what the record says */
function verifyCheckpoint(folder: string, place: string, { step, model, state, digest }: CheckpointRow): void {
  const file = join(folder, model)
  within(`${place}/${model}`, () => {
    const { shape, parameters } = readModel(file)
    if (digestOf(shape, parameters) !== digest) throw new CarryFailure('E_BUNDLE_DIGEST')
  })
  if (state === null) return
  within(`${place}/${state}`, () => {
    const { snapshot } = readCheckpointFiles({ step, model: file, state: join(folder, state) })
    if (snapshot.step !== step) throw new CarryFailure('E_BUNDLE_STEP', { found: snapshot.step, step })
  })
}

/** What a reader of files says of one that is a bundle's; its own sentence stays as the cause. */
const OF_A_FILE: Partial<Record<ErrorCode, CarryFailureCode>> = {
  E_MODEL: 'E_BUNDLE_MODEL',
  E_MODEL_ALPHABET: 'E_BUNDLE_MODEL',
  E_CHECKPOINT: 'E_BUNDLE_STATE',
}

/** Tells in which entry something is wrong. */
function within<Value>(entry: string, work: () => Value): Value {
  try {
    return work()
  } catch (error) {
    if (error instanceof CarryFailure) throw error.within(entry)
    const code = error instanceof LabError ? OF_A_FILE[error.code] : undefined
    throw code === undefined ? error : new CarryFailure(code, { entry }, { cause: error })
  }
}

/** Of an unpacked run. */
export async function readPoints(folder: string, place = 'points.csv'): Promise<PackedPoints> {
  const reader = new PointsReader()
  for await (const chunk of createReadStream(join(folder, 'points.csv')) as AsyncIterable<Buffer>) {
    within(place, () => reader.write(chunk))
  }
  return within(place, () => reader.end())
}

/** Bit by bit; nothing (NaN) equals nothing. */
export function arePointsEqual(one: PackedPoints, other: PackedPoints): boolean {
  const names = Object.keys(one) as (keyof PackedPoints)[]
  return names.every((name) => {
    const [left, right] = [one[name], other[name]]
    return left.length === right.length && left.every((value, i) => Object.is(value, right[i]))
  })
}
