/** Removes what processes that died were writing: files under a temporary name whose process is gone. */
import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'

/** As `temporaryName` makes them, now and before threads were named: the process is in the name. */
const TEMPORARY = /\.(\d+)(?:-\d+){1,2}\.tmp$/

/** @returns how many were removed */
export async function sweepTemporary(folder: string, withFolders = true): Promise<number> {
  const entries = await readdir(folder, { withFileTypes: true })
  const counts = await Promise.all(
    entries.map(async (entry) => {
      const path = join(folder, entry.name)
      if (entry.isDirectory()) return withFolders ? sweepTemporary(path) : 0
      const [, pid] = TEMPORARY.exec(entry.name) ?? []
      if (pid === undefined || isAlive(Number(pid))) return 0
      await rm(path, { force: true })
      return 1
    }),
  )
  return counts.reduce((sum, count) => sum + count, 0)
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM' // there is one, of somebody else
  }
}
