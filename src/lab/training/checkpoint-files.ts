/** A checkpoint as two files: the parameters alone, and all else that the next step depends on. */
import { basename, join } from 'node:path'
import * as v from 'valibot'
import { MOMENTS } from '../../engine'
import type { OptimiserName, TrainerSnapshot } from '../../engine'
import { LabError } from '../../shared'
import { writeFileAtomically } from '../files/atomic-write'
import { digestOf, encodeModel, readModel } from '../models/model-file'
import type { Model } from '../models/model-file'
import { encodeState, readState } from '../models/state-file'
import type { AccumulatorState } from './point-accumulator'
import { assertSameNetwork } from './first-parameters'
import type { WantedModel } from './first-parameters'
import type { CheckpointFiles } from './training-api'

/** Arrays behind the moments: what is carried, h and c. */
const STATES = 2

/** What a run knows of itself besides the trainer's own state. */
export interface SessionState {
  readonly accumulator: AccumulatorState
  /** Both on the part of the held-out text that every validation reads. */
  readonly validationLoss: number | null
  readonly bestValidationLoss: number | null
  /** Files of earlier versions don't tell it. */
  readonly bestStep?: number | null
  /** Validations since the best one. */
  readonly waited: number
  readonly seconds: number
}

interface StateHeader extends SessionState {
  readonly trainer: Pick<TrainerSnapshot, 'step' | 'position' | 'epoch'>
  readonly moments: number
}

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0))
/** What isn't finite is null in JSON. */
const figure = v.nullable(v.number())
const HeaderSchema = v.object({
  trainer: v.object({ step: count, position: count, epoch: count }),
  moments: count,
  accumulator: v.object({
    steps: count,
    loss: figure,
    gradientNorm: figure,
    recent: v.array(figure),
    validationLoss: figure,
    min: v.optional(figure, null),
    max: v.optional(figure, null),
  }),
  validationLoss: figure,
  bestValidationLoss: figure,
  bestStep: v.optional(v.nullable(count), null),
  waited: count,
  seconds: v.number(),
})

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

export interface ReadCheckpoint {
  readonly described: Omit<Model, 'parameters'>
  readonly snapshot: TrainerSnapshot
  readonly session: SessionState
}

/** @throws LabError E_MODEL, E_CHECKPOINT */
export function readCheckpointFiles(files: CheckpointFiles): ReadCheckpoint {
  const { parameters, ...described } = readModel(files.model)
  const { header, arrays } = readState<StateHeader>(files.state)
  const { trainer, moments, ...session } = header ?? {}
  if (!v.is(HeaderSchema, header) || arrays.length !== moments + STATES) throw strange(files)
  const [hidden, cell] = arrays.slice(moments)
  const snapshot = { ...trainer, parameters, moments: arrays.slice(0, moments), hidden, cell }
  if (snapshot.moments.some(({ length }) => length !== parameters.length)) throw strange(files)
  return { described, snapshot, session }
}

const strange = ({ state }: CheckpointFiles): LabError =>
  new LabError('E_CHECKPOINT', { file: basename(state), reason: 'it has another format' })

/** Whole, and of that network and optimizer. @throws LabError E_MODEL, E_MODEL_OTHER, E_CHECKPOINT */
export function readCheckpointOfRun(
  files: CheckpointFiles,
  wanted: WantedModel,
  optimizer: OptimiserName,
): ReadCheckpoint {
  const found = readCheckpointFiles(files)
  assertSameNetwork(files.model, found.described, wanted)
  if (found.snapshot.moments.length === MOMENTS[optimizer]) return found
  throw new LabError('E_CHECKPOINT', { file: basename(files.state), reason: 'it is of another optimizer' })
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
