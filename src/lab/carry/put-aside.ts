/**
 * The folder, inside a data directory, that holds its old contents while new ones take their place: `old`, and `complete`
 * once all of the old is in there, so that what lies in its place is new. It is named after its process; when that died,
 * the next one gives the old back, in steps each of which may be the last as well: what a name stands for never depends
 * on which of them were done.
 */
import { existsSync, mkdirSync, readdirSync, renameSync, rmdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { LabError } from '../../shared'
import { identityIn, isAlive, nameOfIdentity, ownIdentity } from '../process-identity'
import { CONTENTS } from './data-contents'

const ASIDE = '.before-restore-'
/** Once it is not there any more, the old are wanted back by nobody. */
export const OLD = 'old'
export const COMPLETE = 'complete'
/** What was new, and is not wanted. */
const NEW = 'new'

/** The path of the folder of this process. */
export function asideFolder(directory: string): string {
  return join(directory, ASIDE + nameOfIdentity(ownIdentity()))
}

export function moveContents(from: string, to: string): void {
  for (const name of CONTENTS) {
    if (!existsSync(join(from, name))) continue
    rmSync(join(to, name), { recursive: true, force: true })
    renameSync(join(from, name), join(to, name))
  }
}

/** All of the new goes before the first of the old comes: a name in the directory is of one of them at any moment. */
export function putBack(directory: string, aside: string): void {
  const [old, complete, unwanted] = [OLD, COMPLETE, NEW].map((name) => join(aside, name))
  if (existsSync(old)) {
    if (existsSync(complete)) {
      mkdirSync(unwanted, { recursive: true })
      moveContents(directory, unwanted)
      rmSync(complete)
    }
    moveContents(old, directory)
    rmdirSync(old)
  }
  rmSync(aside, { recursive: true, force: true })
}

/** Of a process that died before the new was in place. @throws LabError E_DATA_IN_USE while one is at it */
export function recoverReplacedData(directory: string): void {
  const own = asideFolder(directory)
  for (const name of readdirSync(directory)) {
    const owner = name.startsWith(ASIDE) ? identityIn(name.slice(ASIDE.length)) : null
    if (owner === null) continue
    const aside = join(directory, name)
    if (aside !== own) {
      if (isAlive(owner)) throw new LabError('E_DATA_IN_USE', { directory })
      claim(aside, own, directory)
    }
    putBack(directory, own)
  }
}

/** Of several processes that find it, one gets it. */
function claim(aside: string, own: string, directory: string): void {
  try {
    renameSync(aside, own)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    throw new LabError('E_DATA_IN_USE', { directory }, { cause: error })
  }
}
