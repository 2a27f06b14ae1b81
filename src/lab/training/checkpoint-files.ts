/** A checkpoint as two files: the parameters alone, and all else that the next step depends on. */
import { basename, join } from 'node:path'
import type { TrainerSnapshot } from '../../engine'
import { LabError } from '../../shared'
import { writeFileAtomically } from '../files/atomic-write'
import { digestOf, encodeModel, readModel } from '../models/model-file'
import type { Model } from '../models/model-file'
import { encodeState, readState } from '../models/state-file'
import type { AccumulatorState } from './point-accumulator'
import type { CheckpointFiles } from './training-api'

/** What a run knows of itself besides the trainer's own state. */
export interface SessionState {
  readonly accumulator: AccumulatorState
  readonly validationLoss: number | null
  readonly bestValidationLoss: number | null
  /** Validations since the best one. */
  readonly waited: number
  readonly seconds: number
}

interface StateHeader extends SessionState {
  readonly trainer: Pick<TrainerSnapshot, 'step' | 'position' | 'epoch'>
  readonly moments: number
}

/** Float32 in, as they were trained. */
const floats = (values: ArrayLike<number>): Float32Array =>
  values instanceof Float32Array ? values : Float32Array.from(values)

/** @returns the names of the files and the digest of the parameters. @throws LabError E_DISK_FULL, E_FILE_WRITE */
export function writeCheckpointFiles(
  folder: string,
  described: Omit<Model, 'parameters'>,
  snapshot: TrainerSnapshot,
  session: SessionState,
): { model: string; state: string; digest: string } {
  const { step, position, epoch, moments, hidden, cell } = snapshot
  const parameters = floats(snapshot.parameters)
  const model = join(folder, `${step}.safetensors`)
  const state = join(folder, `${step}.state`)
  const header: StateHeader = { ...session, trainer: { step, position, epoch }, moments: moments.length }
  writeFileAtomically(model, encodeModel({ ...described, parameters }))
  writeFileAtomically(state, encodeState({ header, arrays: [...moments, hidden, cell].map(floats) }))
  return { model: basename(model), state: basename(state), digest: digestOf(described.shape, parameters) }
}

/** @throws LabError E_MODEL, E_CHECKPOINT */
export function readCheckpointFiles(files: CheckpointFiles): { snapshot: TrainerSnapshot; session: SessionState } {
  const { parameters } = readModel(files.model)
  const { header, arrays } = readState<StateHeader>(files.state)
  const { trainer, moments, ...session } = header
  const [hidden, cell] = arrays.slice(moments)
  return { snapshot: { ...trainer, parameters, moments: arrays.slice(0, moments), hidden, cell }, session }
}

/** Whether a run can go on from it; a damaged one stays where it is, for inspection. */
export function isWholeCheckpoint(files: CheckpointFiles): boolean {
  try {
    readCheckpointFiles(files)
    return true
  } catch (error) {
    if (error instanceof LabError) return false
    throw error
  }
}
