/** How much of the disk the lab takes, and how much could be given back. */
import { readdir, stat, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import type { DiskUse, RunId } from '../../shared'
import type { LabContext } from '../context'

/** So many files at once: ten thousand folders asked for together would hold up everything else of this thread. */
const AT_ONCE = 8

/** Files that go while they are counted count nothing. */
async function folderBytes(folder: string): Promise<number> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => [])
  let sum = 0
  for (let from = 0; from < entries.length; from += AT_ONCE) {
    const sizes = await Promise.all(
      entries
        .slice(from, from + AT_ONCE)
        .map((entry) =>
          entry.isDirectory() ? folderBytes(join(folder, entry.name)) : fileBytes(join(folder, entry.name)),
        ),
    )
    sum += sizes.reduce((all, size) => all + size, 0)
  }
  return sum
}

async function fileBytes(file: string): Promise<number> {
  return (await stat(file).catch(() => null))?.size ?? 0
}

/** How long the sum of all folders is taken to be the same: a person goes from run to run faster than it changes. */
const KNOWN_MS = 10_000

interface Folders {
  readonly models: number
  readonly corpora: number
  readonly canBeFreed: number
}

export interface DiskCounter {
  readonly use: (run: RunId | null) => Promise<DiskUse>
  /** Whatever is known is counted again: something was given back. */
  readonly forget: () => void
}

export function createDiskUse({ paths, database, host }: LabContext): DiskCounter {
  const { directory } = paths
  let known: { readonly inBin: string; readonly until: number; readonly folders: Promise<Folders> } | null = null

  async function sumFolders(inBin: string): Promise<Folders> {
    const models = await folderBytes(paths.models)
    const corpora = await folderBytes(paths.corpora)
    let canBeFreed = 0
    for (const run of inBin.split(' ').filter(Boolean)) canBeFreed += await folderBytes(join(paths.models, run))
    return { models, corpora, canBeFreed }
  }

  async function folders(): Promise<Folders> {
    const sort = { key: 'created', descending: true } as const
    const { runs: inBin } = await database.browseRuns({ filter: '', place: 'bin', sort, group: null, atStep: null })
    const now = host.clock.now()
    if (known === null || known.inBin !== inBin || now >= known.until) {
      known = { inBin, until: now + KNOWN_MS, folders: sumFolders(inBin) }
    }
    return known.folders
  }

  async function use(run: RunId | null): Promise<DiskUse> {
    const [files, sums, ofRun, { bavail, bsize }] = await Promise.all([
      Promise.all(['lab.sqlite', 'lab.sqlite-wal'].map((name) => fileBytes(join(directory, name)))),
      folders(),
      run === null ? null : folderBytes(join(paths.models, run)),
      statfs(directory),
    ])
    return { database: files[0] + files[1], ...sums, run: ofRun, free: bavail * bsize }
  }

  return { use, forget: () => void (known = null) }
}
