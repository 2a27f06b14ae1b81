/** Folders of the data directory in which something is put together, named after their process, gone after it. */
import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { threadId } from 'node:worker_threads'
import { isAlive, ownIdentity } from '../process-identity'

const STAGING = /^\.staging-(\d+)-\d+$/
/** Every thread of a process counts for itself, in a range of its own. */
const A_THREAD = 1_000_000
let counter = 0

/** The path of a folder that isn't there yet. */
export function stagingFolder(directory: string): string {
  counter += 1
  return join(directory, `.staging-${ownIdentity().pid}-${threadId * A_THREAD + counter}`)
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
