/**
 * What has lain in the bin long enough goes for good: rows first, then files, so that a crash between leaves files that no
 * row names and never a row without its files; then the pages are given back to the disk, a few at a time.
 */
import { rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { RunId } from '../../shared'
import type { LabContext } from '../context'

const DAY_MS = 24 * 60 * 60 * 1000
/** So many runs, with all their points, are removed in one transaction: other processes write between. */
const RUNS = 50
/** So many pages are moved in one go: other calls are answered between. */
const PAGES = 500
/** A text that was chosen so lately may belong to a run whose row is still to be written. */
const JUST_CHOSEN_MS = 60 * 60 * 1000

export async function emptyBin(context: LabContext, olderThanDays: number): Promise<readonly RunId[]> {
  const { database, paths, host } = context
  const before = host.clock.now() - olderThanDays * DAY_MS
  const gone: RunId[] = []
  for (;;) {
    const { runs, corpora } = await database.purgeRuns(before, RUNS)
    gone.push(...runs)
    for (const run of runs) await rm(join(paths.models, run), { recursive: true, force: true })
    for (const sha256 of corpora) await removeCorpus(join(paths.corpora, sha256), host.clock.now())
    if (runs.length < RUNS) break
  }
  if (gone.length === 0) return gone
  let free = Infinity
  for (let left = await database.giveBackPages(PAGES); left > 0 && left < free;) {
    free = left
    left = await database.giveBackPages(PAGES)
  }
  return gone
}

/** Reading a text marks its kept copy with the time (../corpora/keep-bytes). */
async function removeCorpus(file: string, now: number): Promise<void> {
  const found = await stat(file).catch(() => null)
  if (found !== null && now - found.mtimeMs > JUST_CHOSEN_MS) await rm(file, { force: true })
}
