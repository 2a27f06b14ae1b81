/** A run's model, written where a person wants it. */
import { existsSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { LabError } from '../../shared'
import { writeFileAtomically } from '../files/atomic-write'

/** @throws LabError E_FILE_EXISTS */
export function assertWritable(target: string, overwrite: boolean): void {
  if (!overwrite && existsSync(target)) throw new LabError('E_FILE_EXISTS', { file: basename(target) })
}

/** @throws LabError E_FILE_EXISTS, E_FILE_WRITE, E_DISK_FULL */
export function copyModel(model: string, target: string, overwrite: boolean): void {
  assertWritable(target, overwrite)
  writeFileAtomically(target, [readFileSync(model)], overwrite)
}
