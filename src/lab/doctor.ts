/** What the lab says of itself: versions, folders, the database's health, and files that no run knows. */
import { readdir } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import type { Kernel } from '../shared'
import type { LabContext } from './context'
import type { DoctorReport } from './lab'

/** @param full the thorough check of the database, and the search for files that no row names */
export async function examine(
  { host, database, paths }: LabContext,
  full: boolean,
  kernel: Kernel,
): Promise<DoctorReport> {
  const [faults, sqlite] = await Promise.all([database.check(full), database.sqliteVersion()])
  return {
    versions: { lab: host.version, node: process.versions.node, v8: process.versions.v8, sqlite },
    kernel,
    cores: availableParallelism(),
    dataDirectory: paths.directory,
    database: faults.length === 0 ? 'ok' : faults.join('; '),
    orphans: await findOrphans(paths.directory, () => database.listFiles()),
  }
}

/** The files are looked for first: one that gets its row meanwhile is none. */
export async function findOrphans(directory: string, known: () => Promise<readonly string[]>): Promise<string[]> {
  const files = [...(await walk(directory, 'models')), ...(await walk(directory, 'corpora'))]
  const named = new Set(await known())
  return files.filter((file) => !named.has(file))
}

async function walk(directory: string, folder: string): Promise<string[]> {
  const entries = await readdir(join(directory, folder), { withFileTypes: true })
  const found = await Promise.all(
    entries.map(async (entry) => {
      const path = `${folder}/${entry.name}`
      return entry.isDirectory() ? walk(directory, path) : [path]
    }),
  )
  return found.flat()
}
