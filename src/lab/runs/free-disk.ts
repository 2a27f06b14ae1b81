/**
 * What lies in the data directory without being needed, and its removal: runs in the bin, files that no row names, models
 * between the first and the last of runs that have ended, and what a restore or a migration has set aside. Rows go first,
 * then files, so that a crash between leaves orphans and never a row without its file.
 */
import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { DiskFreeable, Freeable } from '../../shared'
import { bytesOf, isSetAside } from '../carry/data-contents'
import type { LabContext } from '../context'
import { findOrphans } from '../doctor'
import { emptyBin } from './empty-bin'

/** A file so young may belong to a row that is still to be written. */
const YOUNG_MS = 60 * 60 * 1000

export async function measureFreeable(context: LabContext): Promise<DiskFreeable> {
  const { paths, database } = context
  const bin = await database.browseRuns({
    filter: '',
    place: 'bin',
    sort: { key: 'created', descending: true },
    group: null,
    atStep: null,
  })
  const binned = bin.runs.split(' ').filter(Boolean)
  const [orphans, intermediate, aside] = await Promise.all([
    oldOrphans(context),
    database.listIntermediate(),
    listAside(paths.directory),
  ])
  const sum = async (files: readonly string[]): Promise<number> => {
    let bytes = 0
    for (const file of files) bytes += await bytesOf(join(paths.directory, file))
    return bytes
  }
  return {
    bin: { bytes: await sum(binned.map((run) => `models/${run}`)), count: binned.length },
    orphans: { bytes: await sum(orphans), count: orphans.length },
    intermediate: { bytes: await sum(intermediate), count: intermediate.length },
    aside: { bytes: await sum(aside), count: aside.length },
  }
}

export async function freeDisk(context: LabContext, what: Freeable): Promise<void> {
  if (what === 'bin') await emptyBin(context, 0)
  else if (what === 'orphans') await remove(context, await oldOrphans(context))
  else if (what === 'intermediate') await remove(context, await context.database.forgetIntermediate())
  else await remove(context, await listAside(context.paths.directory))
}

async function remove({ paths }: LabContext, files: readonly string[]): Promise<void> {
  for (const file of files) await rm(join(paths.directory, file), { recursive: true, force: true })
}

async function listAside(directory: string): Promise<string[]> {
  return (await readdir(directory)).filter(isSetAside)
}

async function oldOrphans({ paths, database, host }: LabContext): Promise<string[]> {
  // The files first: what gets its row between is no orphan.
  const found = await findOrphans(paths.directory, () => database.listFiles())
  const before = host.clock.now() - YOUNG_MS
  const old: string[] = []
  for (const file of found) {
    const known = await stat(join(paths.directory, file)).catch(() => null)
    if (known !== null && known.mtimeMs < before) old.push(file)
  }
  return old
}
