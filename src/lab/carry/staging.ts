/** Folders of the data directory in which something is put together, named after their process, gone after it. */
import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { isAlive, ownIdentity } from '../process-identity'

const STAGING = /^\.staging-(\d+)-\d+$/
let counter = 0

/** The path of a folder that isn't there yet. */
export function stagingFolder(directory: string): string {
  counter += 1
  return join(directory, `.staging-${ownIdentity().pid}-${counter}`)
}

/** Removes what processes that died left behind. */
export async function sweepStaging(directory: string): Promise<void> {
  for (const name of await readdir(directory)) {
    const [, pid] = STAGING.exec(name) ?? []
    if (pid !== undefined && !isAlive({ pid: Number(pid), started: null })) {
      await rm(join(directory, name), { recursive: true, force: true })
    }
  }
}
