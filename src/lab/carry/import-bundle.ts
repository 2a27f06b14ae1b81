/**
 * Runs that were carried here become rows of this database: unpacked and verified first, then one after the other, files
 * before rows. A run that is here already stays as it is; one of the same name that is another gets a name of its own.
 */
import { existsSync } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { LabError } from '../../shared'
import type { RunId, RunRow } from '../../shared'
import type { LabContext } from '../context'
import type { CarriedRun } from '../database/database-api'
import { buffersOf } from '../database/repositories/carried-runs'
import type { ImportedRun } from '../lab'
import { newRunId } from '../runs/new-run'
import { transfer } from '../workers/channel'
import type { Remote } from '../workers/channel'
import type { CarryApi, UnpackedRun } from './carry-api'
import { stagingFolder } from './staging'

type Worker = Remote<CarryApi>

/** @throws LabError E_ZIP…, E_BUNDLE_…, E_DISK_FULL, and those of the file */
export async function importBundle(context: LabContext, worker: Worker, file: string): Promise<readonly ImportedRun[]> {
  const { paths } = context
  const staging = stagingFolder(paths.directory)
  try {
    const { runs, corpora } = await worker.unpackBundle(file, staging)
    const moved = await moveCorpora(paths.corpora, join(staging, 'corpora'), corpora)
    const imported: ImportedRun[] = []
    try {
      for (const run of runs) imported.push(await importRun(context, worker, run))
    } catch (error) {
      // What came in whole stays; a text that came for nobody goes.
      const named = new Set(await context.database.listFiles().catch(() => moved.map((sha256) => `corpora/${sha256}`)))
      const idle = moved.filter((sha256) => !named.has(`corpora/${sha256}`))
      for (const sha256 of idle) await rm(join(paths.corpora, sha256), { force: true })
      throw error
    }
    return imported
  } finally {
    await rm(staging, { recursive: true, force: true })
  }
}

/** @returns those that were not here */
async function moveCorpora(target: string, source: string, corpora: readonly string[]): Promise<readonly string[]> {
  const missing = corpora.filter((sha256) => !existsSync(join(target, sha256)))
  for (const sha256 of missing) await rename(join(source, sha256), join(target, sha256))
  return missing
}

async function importRun(context: LabContext, worker: Worker, unpacked: UnpackedRun): Promise<ImportedRun> {
  const { database, paths, emit } = context
  const { carried, folder } = unpacked
  const { run: from } = carried.detail
  const known = await findRow(context, from)
  if (known !== null && (await isSame(context, worker, unpacked))) {
    if (known.deletedAt !== null) emit.run(await database.restoreRun(from))
    return { run: from, from, isNew: false }
  }
  const isTaken = known !== null || existsSync(join(paths.models, from))
  const run = isTaken ? newRunId() : from
  const target = join(paths.models, run)
  const points = await worker.readPoints(folder)
  try {
    const checkpoints = await moveCheckpoints(carried, folder, target)
    const detail = { ...carried.detail, run }
    const row = await database.insertCarriedRun(
      { ...carried, detail, checkpoints },
      transfer(points, buffersOf(points)),
    )
    emit.run(row)
  } catch (error) {
    await rm(target, { recursive: true, force: true })
    throw error
  }
  return { run, from, isNew: true }
}

/** Under the names that checkpoints have here. */
async function moveCheckpoints(
  carried: CarriedRun,
  folder: string,
  target: string,
): Promise<CarriedRun['checkpoints']> {
  await mkdir(target)
  return Promise.all(
    carried.checkpoints.map(async (checkpoint) => {
      const model = `${checkpoint.step}.safetensors`
      const state = checkpoint.state === null ? null : `${checkpoint.step}.state`
      await rename(join(folder, checkpoint.model), join(target, model))
      if (checkpoint.state !== null && state !== null) await rename(join(folder, checkpoint.state), join(target, state))
      return { ...checkpoint, model, state }
    }),
  )
}

async function findRow({ database }: LabContext, run: RunId): Promise<RunRow | null> {
  try {
    return await database.showRun(run)
  } catch (error) {
    if (error instanceof LabError && error.code === 'E_RUN_UNKNOWN') return null
    throw error
  }
}

/** What was trained, not what was said of it since: the name, the note, the tags and the marks here stay. */
async function isSame({ database }: LabContext, worker: Worker, { carried, folder }: UnpackedRun): Promise<boolean> {
  const here = await database.readCarriedRun(carried.detail.run)
  if (trained(here) !== trained(carried)) return false
  const points = await database.readPackedPoints(carried.detail.run)
  return worker.hasPoints(folder, transfer(points, buffersOf(points)))
}

function trained({ detail, experiment }: CarriedRun): string {
  const { kind, steps, modelStep, digest, createdAt, corpora, configuration } = detail
  const texts = corpora.map(({ sha256 }) => sha256)
  return JSON.stringify([kind, steps, modelStep, digest, createdAt, texts, configuration, experiment], inOrder)
}

/** Objects that differ only in the order of their names are written alike. */
function inOrder(_name: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
}
