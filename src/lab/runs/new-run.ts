/** What every new run is given: its identifier, and where it was made. */
import { randomBytes } from 'node:crypto'
import { cpus, release } from 'node:os'
import type { RunId } from '../../shared'
import type { LabHost } from '../host'

const ALPHABET = '23456789abcdefghjkmnpqrstuvwxyz'

export function newRunId(): RunId {
  return Array.from(randomBytes(10), (byte) => ALPHABET[byte % ALPHABET.length]).join('')
}

export function describeMachine(): Readonly<Record<string, string>> {
  return { processor: cpus()[0]?.model ?? 'unknown', cores: String(cpus().length), system: release() }
}

export function describeVersions(host: LabHost): Readonly<Record<string, string>> {
  return { lab: host.version, shell: host.shell, node: process.versions.node, v8: process.versions.v8 }
}
