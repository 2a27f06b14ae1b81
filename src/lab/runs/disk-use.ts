/** How much of the disk the lab takes, and how much could be given back. */
import { readdir, stat, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import type { DiskUse, RunId } from '../../shared'
import type { LabContext } from '../context'

/** Files that go while they are counted count nothing. */
async function folderBytes(folder: string): Promise<number> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => [])
  const sizes = await Promise.all(
    entries.map((entry) =>
      entry.isDirectory() ? folderBytes(join(folder, entry.name)) : fileBytes(join(folder, entry.name)),
    ),
  )
  return sizes.reduce((sum, size) => sum + size, 0)
}

async function fileBytes(file: string): Promise<number> {
  return (await stat(file).catch(() => null))?.size ?? 0
}

export async function diskUse({ paths, database }: LabContext, run: RunId | null): Promise<DiskUse> {
  const { directory } = paths
  const inBin = (
    await database.browseRuns({
      filter: '',
      place: 'bin',
      sort: { key: 'created', descending: true },
      group: null,
      atStep: null,
    })
  ).runs
  const [files, models, corpora, ofRun, binned, { bavail, bsize }] = await Promise.all([
    Promise.all(['lab.sqlite', 'lab.sqlite-wal'].map((name) => fileBytes(join(directory, name)))),
    folderBytes(paths.models),
    folderBytes(paths.corpora),
    run === null ? null : folderBytes(join(paths.models, run)),
    Promise.all(
      inBin
        .split(' ')
        .filter(Boolean)
        .map((binnedRun) => folderBytes(join(paths.models, binnedRun))),
    ),
    statfs(directory),
  ])
  return {
    database: files[0] + files[1],
    models,
    corpora,
    run: ofRun,
    canBeFreed: binned.reduce((sum, size) => sum + size, 0),
    free: bavail * bsize,
  }
}
