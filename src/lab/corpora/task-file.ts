/** A text made for a question of memory, written where a person wants it. */
import { writeTask } from '../../engine'
import type { DistanceRange } from '../../engine'
import type { MemoryTask } from '../../shared'
import { writeFileAtomically } from '../files/atomic-write'
import { assertWritable } from '../models/export-model'

export interface TaskTextRequest {
  readonly task: MemoryTask
  readonly distances: DistanceRange
  /** In characters. */
  readonly length: number
  readonly seed: number
}

/** @throws LabError E_FILE_EXISTS, E_FILE_WRITE, E_DISK_FULL */
export function writeTaskText(file: string, request: TaskTextRequest, overwrite: boolean): void {
  assertWritable(file, overwrite)
  const { task, distances, length, seed } = request
  writeFileAtomically(file, [new TextEncoder().encode(writeTask(task, distances, length, seed))], overwrite)
}
