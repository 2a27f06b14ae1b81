/** The thread that carries runs away and brings them in: what is read and written there may be large. */
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { parentPort } from 'node:worker_threads'
import { LabError } from '../../shared'
import type { DataProgress, ModelAlphabet } from '../../shared'
import { openChannel, transfer } from '../workers/channel'
import { buffersOf } from '../database/repositories/carried-runs'
import { writeError, writeFileAtomically } from '../files/atomic-write'
import { digestOf, encodeModel, lookAtModel, readModel } from '../models/model-file'
import { backUp } from './backup'
import { arePointsEqual, readPoints, unpackBundle, writeBundle } from './bundle'
import type { CarryApi, CarryListener, TakenModel } from './carry-api'
import { handOff } from './hand-off'
import { moveData } from './move-data'
import { removeOldData } from './remove-old-data'
import { replaceData } from './replace-data'
import { lookAtBackup, restore, unpackBackup } from './unpack-backup'

/** @throws LabError E_MODEL, E_DISK_FULL, E_FILE_WRITE, and those of the file and the alphabet */
function takeModel(file: string, folder: string, name: string, alphabet: ModelAlphabet | null): TakenModel {
  const model = readModel(file, alphabet)
  try {
    mkdirSync(folder, { recursive: true })
    writeFileAtomically(join(folder, name), encodeModel(model))
    const { parameters, ...described } = model
    return { ...described, digest: digestOf(described.shape, parameters), parameters: parameters.length }
  } catch (error) {
    rmSync(folder, { recursive: true, force: true })
    throw writeError(join(folder, name), error)
  }
}

/** Of the one thing that a person waits for here. */
let waiting: AbortController | null = null
let lastShown = { stage: '', percent: -1 }

/** Steps that an eye can see. */
function onProgress(progress: DataProgress): void {
  const shown = { stage: progress.stage, percent: Math.floor(progress.share * 100) }
  if (shown.stage === lastShown.stage && shown.percent === lastShown.percent) return
  lastShown = shown
  void channel.remote.progress(progress)
}

/** @throws LabError E_CANCELLED */
async function cancellable<Value>(work: (signal: AbortSignal) => Promise<Value>): Promise<Value> {
  const controller = new AbortController()
  waiting = controller
  try {
    return await work(controller.signal)
  } catch (error) {
    throw controller.signal.aborted ? new LabError('E_CANCELLED', {}, { cause: error }) : error
  } finally {
    waiting = null
  }
}

type Asynchronous = { [Name in keyof CarryApi]: (...input: Parameters<CarryApi[Name]>) => unknown }

const api: Asynchronous = {
  writeBundle: (request) => writeBundle(request, channel.remote.points),
  unpackBundle,
  readPoints: async (folder) => {
    const points = await readPoints(folder)
    return transfer(points, buffersOf(points))
  },
  hasPoints: async (folder, points) => arePointsEqual(await readPoints(folder), points),
  lookAtModel,
  takeModel,
  describeModel: (file) => {
    const { tokens, reverse } = readModel(file)
    return { tokens, reverse }
  },
  backUp,
  restore,
  lookAtBackup,
  unpackBackup: (request) => cancellable((signal) => unpackBackup(request, { signal, onProgress })),
  replaceData,
  moveData: (request) => cancellable((signal) => moveData(request, { signal, onProgress })),
  removeOldData,
  cancel: () => waiting?.abort(),
  handOff,
}

if (!parentPort) throw new Error('this is a worker')
const channel = openChannel<CarryListener>(parentPort, api)
