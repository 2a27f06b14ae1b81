/** A backup: `backup.json`, `lab.sqlite`, `models/…` and `corpora/…` in one zip. ./unpack-backup reads it. */
import { mkdirSync, rmSync } from 'node:fs'
import { newestVersion } from '../database/migrate'
import { assertWritable } from '../models/export-model'
import { encodeAbout } from './backup-about'
import type { BackupRequest } from './carry-api'
import { takeSnapshot } from './snapshot'
import { stagingFolder } from './staging'
import { writeZip } from './zip-write'
import type { ZipSource } from './zip-write'

/** @returns how many runs it holds. @throws LabError E_FILE_EXISTS, E_FILE_WRITE, E_DISK_FULL, E_DATABASE_CORRUPT */
export async function backUp({ file, overwrite, directory, nativeBinding, now }: BackupRequest): Promise<number> {
  assertWritable(file, overwrite)
  const staging = stagingFolder(directory)
  mkdirSync(staging)
  try {
    const { database, files, runs } = takeSnapshot(directory, nativeBinding, staging)
    const about = encodeAbout({ runs, madeAt: now, database: newestVersion() })
    const sources: ZipSource[] = [
      { name: 'backup.json', content: { bytes: about }, compress: false },
      { name: 'lab.sqlite', content: { file: database }, compress: true },
      ...[...files].map(([name, path]): ZipSource => {
        return { name, content: { file: path }, compress: name.startsWith('corpora/') }
      }),
    ]
    await writeZip(file, sources, overwrite)
    return runs
  } finally {
    rmSync(staging, { recursive: true, force: true })
  }
}
