/** Opens a data directory's database: refused when a newer version wrote it, brought up to date when an older one did. */
import { existsSync, statSync } from 'node:fs'
import { LabError } from '../../shared'
import { openConnection, readVersion } from './connection'
import type { Connection, ConnectionChoice } from './connection'
import { migrate, refuseNewer } from './migrate'
import { withLabErrors } from './sqlite-error'

/** The packaged binding keeps references to strings, which Node-API allows from this version on; before, it crashes. */
const LEAST_NODE_API = 10

export function openDatabase(choice: ConnectionChoice, directory: string): Connection {
  assertRuntime(choice)
  return withLabErrors(directory, () => {
    if (existsSync(choice.file)) {
      if (!statSync(choice.file).isFile()) {
        throw new LabError('E_DATA_DIRECTORY', { directory, reason: 'lab.sqlite is not a regular file' })
      }
      refuseNewer(readVersion(choice))
    }
    const db = openConnection(choice)
    try {
      migrate(db, choice.file)
      return db
    } catch (error) {
      db.close()
      throw error
    }
  })
}

function assertRuntime({ nativeBinding }: ConnectionChoice): void {
  const version = Number(process.versions.napi ?? 0)
  if (nativeBinding !== null || version >= LEAST_NODE_API) return
  throw new LabError('E_NODE_VERSION', { found: process.versions.node, needed: '22' })
}
