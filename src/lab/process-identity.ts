/**
 * Who a process is, so that another can tell later whether it still lives: its number, and when it was started, since
 * numbers are used again. On Linux the start time is that of /proc (ticks since the boot, with the boot's own name);
 * elsewhere it is null and the number alone decides.
 */
import { readFileSync } from 'node:fs'

export interface ProcessIdentity {
  readonly pid: number
  /** As the system tells it, only to be compared; null where it doesn't. */
  readonly started: string | null
}

/** Where the state and the start time stand in /proc/PID/stat, counted from behind the name's bracket. */
const STATE = 0
const START_TIME = 19
/** Zombies and the dead: their number is taken but nothing runs any more. */
const GONE_STATES = 'ZXx'

interface ProcessRecord {
  readonly state: string
  readonly started: string
}

function readRecord(pid: number): ProcessRecord | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
    return { state: fields[STATE], started: `${boot}/${fields[START_TIME]}` }
  } catch {
    return null // no such process, or a system without /proc: the caller asks the system otherwise
  }
}

export function ownIdentity(): ProcessIdentity {
  return { pid: process.pid, started: readRecord(process.pid)?.started ?? null }
}

const NAMED = /^(\d+)(?:-([0-9a-f-]+)_(\d+))?$/

/** As a part of a file's name. */
export function nameOfIdentity({ pid, started }: ProcessIdentity): string {
  return started === null ? String(pid) : `${pid}-${started.replace('/', '_')}`
}

/** null: that is no such name. */
export function identityIn(name: string): ProcessIdentity | null {
  const [found, pid, boot, ticks] = NAMED.exec(name) ?? []
  if (found === undefined) return null
  return { pid: Number(pid), started: boot === undefined ? null : `${boot}/${ticks}` }
}

function answersSignals(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM' // it lives, but is somebody else's
  }
}

/** Whether that very process still runs: not a later one with its number. */
export function isAlive({ pid, started }: ProcessIdentity): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false
  if (started === null) return answersSignals(pid)
  const record = readRecord(pid)
  if (record === null) return false
  return record.started === started && !GONE_STATES.includes(record.state)
}
