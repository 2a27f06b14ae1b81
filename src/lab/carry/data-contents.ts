/** What a data directory holds of the lab's, and what that takes. */
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'

/** What a restore puts in another's place. */
export const CONTENTS = ['lab.sqlite', 'lab.sqlite-wal', 'lab.sqlite-shm', 'models', 'corpora']

/** Begins the name of a folder with what was there before a restore. */
const REPLACED = 'replaced-'
/** The database before a migration. */
const MIGRATED = /^lab\.sqlite\.version-\d+\.backup$/
/** What is being put together, or was when its process died. */
const UNFINISHED = /^\.(?:staging|before-restore|moving)-\d+/
/** In the directory that the data are about to leave, see ./unfinished-move. */
export const MOVE_RECORD = '.moving.json'
/** Written by another process at this moment, or left behind by one that died. */
const TEMPORARY = /\.tmp$/

/** @param now milliseconds since 1970 */
export function replacedName(now: number): string {
  return `${REPLACED}${new Date(now).toISOString().slice(0, 19).replace(/[T:]/g, '-')}`
}

/** What a restore or a migration has kept of before. */
export const isSetAside = (name: string): boolean => name.startsWith(REPLACED) || MIGRATED.test(name)

/** Whether a name, at the top of a data directory, is the lab's. */
export function isOwn(name: string): boolean {
  const known = CONTENTS.includes(name) || ['tasks', 'electron', 'logs'].includes(name)
  return known || name === MOVE_RECORD || isSetAside(name) || UNFINISHED.test(name)
}

export interface ContainedFile {
  /** Relative, with `/` between its parts. */
  readonly name: string
  readonly bytes: number
}

/** All that goes along when the data move: the database (nobody has it open), models, texts, and the window's place. */
export async function listMoved(directory: string): Promise<readonly ContainedFile[]> {
  const files: ContainedFile[] = []
  for (const name of ['lab.sqlite', 'models', 'corpora', 'tasks', 'electron/window.json']) {
    files.push(...(await walk(directory, name)))
  }
  return files.filter(({ name }) => !TEMPORARY.test(name))
}

export function sumOf(files: readonly ContainedFile[]): number {
  return files.reduce((sum, { bytes }) => sum + bytes, 0)
}

async function walk(directory: string, name: string): Promise<ContainedFile[]> {
  const path = join(directory, name)
  const found = await stat(path).catch(() => null)
  if (found === null) return []
  if (found.isFile()) return [{ name, bytes: found.size }]
  if (!found.isDirectory()) return []
  const inside = await readdir(path)
  return (await Promise.all(inside.map((inner) => walk(directory, `${name}/${inner}`)))).flat()
}

/** Of a file or a folder; what goes while it is counted counts nothing. */
export async function bytesOf(path: string): Promise<number> {
  const found = await stat(path).catch(() => null)
  if (found === null) return 0
  if (!found.isDirectory()) return found.size
  const inside = await readdir(path).catch(() => [])
  const sizes = await Promise.all(inside.map((name) => bytesOf(join(path, name))))
  return sizes.reduce((sum, size) => sum + size, 0)
}

/** All of the lab's in a data directory. */
export async function ownBytes(directory: string): Promise<number> {
  const names = (await readdir(directory).catch(() => [])).filter(isOwn)
  const sizes = await Promise.all(names.map((name) => bytesOf(join(directory, name))))
  return sizes.reduce((sum, size) => sum + size, 0)
}
