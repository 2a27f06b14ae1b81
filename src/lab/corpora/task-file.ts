/** A text made for a question of memory, written where a person wants it. */
import { writeTask } from '../../engine'
import type { MemoryTask } from '../../shared'
import { writeFileAtomically } from '../files/atomic-write'
import { assertWritable } from '../models/export-model'

export interface TaskTextRequest {
  readonly task: MemoryTask
  readonly distance: number
  /** In characters. */
  readonly length: number
  readonly seed: number
}

/** @throws LabError E_FILE_EXISTS, E_FILE_WRITE, E_DISK_FULL */
export function writeTaskText(file: string, request: TaskTextRequest, overwrite: boolean): void {
  assertWritable(file, overwrite)
  const { task, distance, length, seed } = request
  writeFileAtomically(file, [new TextEncoder().encode(writeTask(task, distance, length, seed))], overwrite)
}
