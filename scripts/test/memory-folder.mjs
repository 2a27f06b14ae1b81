/**
 * Where tests keep their temporary files: in memory, where the machine has plenty of it. A test writes to the disk, waits
 * until it is written, and removes it a moment later; for what it asserts it is the same where the files are.
 */
import { accessSync, constants, mkdirSync, readdirSync, readFileSync, rmSync, statfsSync } from 'node:fs'
import { freemem } from 'node:os'
import { join } from 'node:path'
import { isMarkAlive, ownMark } from '../setup/lock.mjs'
import { atExit } from '../setup/signals.mjs'

const SHARED_MEMORY = '/dev/shm'
const NAME = 'engram-test-'
/** A clone with all its packages, and what the other tests write meanwhile. */
const NEEDED_BYTES = 6 * 1024 ** 3

/**
 * @returns {{ env: NodeJS.ProcessEnv, remove: () => void }} `env` names it to the tests; empty where there is no such
 *   folder, no room in it, or a person chose a folder by TMPDIR
 */
export function memoryFolder() {
  if (process.env.TMPDIR !== undefined || !hasRoom()) return { env: {}, remove: () => undefined }
  sweep()
  const folder = join(SHARED_MEMORY, NAME + ownMark())
  const remove = () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
  mkdirSync(folder, { mode: 0o700 })
  const forget = atExit(remove)
  return {
    env: { TMPDIR: folder },
    remove: () => {
      forget()
      remove()
    },
  }
}

/** Removes what tests have left there that were killed. */
function sweep() {
  for (const name of readdirSync(SHARED_MEMORY)) {
    if (!name.startsWith(NAME) || isMarkAlive(name.slice(NAME.length))) continue
    rmSync(join(SHARED_MEMORY, name), { recursive: true, force: true })
  }
}

function hasRoom() {
  try {
    accessSync(SHARED_MEMORY, constants.W_OK)
    const { bavail, bsize } = statfsSync(SHARED_MEMORY)
    const mount = readFileSync('/proc/mounts', 'utf8')
      .split('\n')
      .map((line) => line.split(' '))
      .find(([, place]) => place === SHARED_MEMORY)
    // Some tests start programs that they write.
    const mayRun = mount !== undefined && !mount[3].split(',').includes('noexec')
    return mayRun && Math.min(bavail * bsize, freemem()) >= NEEDED_BYTES
  } catch {
    return false // no such folder: another system than Linux
  }
}
