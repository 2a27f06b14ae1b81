/**
 * The open file behind `/dev/fd/63`. npm passes only standard input and output to what it starts, so under `npm run` and
 * `npx` the descriptor is not open here; on Linux the shell that made it, the nearest ancestor that has it, still shows it.
 */
import { readdirSync, readFileSync, readlinkSync, statSync } from 'node:fs'
import { basename } from 'node:path'
import { CommandFailure } from './command-failure'

export interface FoundDescriptor {
  readonly path: string
  readonly isPipe: boolean
  /** Of a regular file. */
  readonly name: string
}

/** @param word for what is refused. @throws CommandFailure */
export function findDescriptor(descriptor: number, word: string): FoundDescriptor {
  if (process.platform !== 'linux') return found(word, word) ?? refuse(word)
  const own = inProcess('self', descriptor)
  if (own !== null) return own
  for (let pid = process.ppid; pid > 1; pid = parentOf(pid)) {
    const open = isShell(pid) ? inProcess(String(pid), descriptor) : null
    if (open?.isPipe) return open
  }
  return refuse(word)
}

function refuse(word: string): never {
  throw new CommandFailure(
    `${word}: this pipe does not reach the lab. Start the lab as engram, not through npm or sudo, or pipe the text into ` +
      'it and name it -',
  )
}

/** @param pid or `self`. null: it is not open there for reading, or is one that the process opened for itself */
function inProcess(pid: string, descriptor: number): FoundDescriptor | null {
  try {
    const flags = /^flags:\s*(\d+)/m.exec(readFileSync(`/proc/${pid}/fdinfo/${descriptor}`, 'utf8'))
    const isWriteOnly = (parseInt(flags?.[1] ?? '0', 8) & 3) === 1
    if (isWriteOnly || hasBothEnds(pid, descriptor)) return null
    return found(`/proc/${pid}/fd/${descriptor}`, readlinkSync(`/proc/${pid}/fd/${descriptor}`))
  } catch {
    return null
  }
}

function found(path: string, target: string): FoundDescriptor | null {
  const stat = statSync(path, { throwIfNoEntry: false })
  if (stat?.isFIFO()) return { path, isPipe: true, name: '' }
  return stat?.isFile() ? { path, isPipe: false, name: basename(target) } : null
}

/** Node talks to its own threads through pipes whose two ends are in the same process. */
function hasBothEnds(pid: string, descriptor: number): boolean {
  const target = readlinkSync(`/proc/${pid}/fd/${descriptor}`)
  if (!target.startsWith('pipe:')) return false
  return readdirSync(`/proc/${pid}/fd`).some((other) => {
    try {
      return Number(other) !== descriptor && Number(other) > 2 && readlinkSync(`/proc/${pid}/fd/${other}`) === target
    } catch {
      return false // it was closed meanwhile
    }
  })
}

/** bash, zsh, fish, dash, ksh and their like. What another program has open under that number is its own affair. */
function isShell(pid: number): boolean {
  try {
    return /sh$|^busybox$/.test(basename(readlinkSync(`/proc/${pid}/exe`)))
  } catch {
    return false // of another person
  }
}

/** 0 where it cannot be told. */
function parentOf(pid: number): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
  } catch {
    return 0
  }
}
