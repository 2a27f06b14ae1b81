/** A model of a person's own, or one that was trained on elsewhere, becomes a run: finished, and without points. */
import { rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { RunDetail, RunRow } from '../../shared'
import type { LabContext } from '../context'
import type { PackedPoints } from '../database/database-api'
import type { ModelImport } from '../lab'
import { newRunId } from '../runs/new-run'
import type { Remote } from '../workers/channel'
import type { CarryApi } from './carry-api'

const NO_POINTS: PackedPoints = {
  step: new Float64Array(),
  trainLoss: new Float64Array(),
  validationLoss: new Float64Array(),
  gradientNorm: new Float64Array(),
  learningRate: new Float64Array(),
  charactersPerSecond: new Float64Array(),
  nonFinite: new Uint8Array(),
  minTrainLoss: new Float64Array(),
  maxTrainLoss: new Float64Array(),
}

/** @throws LabError E_RUN_UNKNOWN of the parent, E_MODEL, E_MODEL_ALPHABET, and those of the file and the alphabet */
export async function importModel(
  { database, paths, host, emit }: LabContext,
  worker: Remote<CarryApi>,
  file: string,
  { parent, name, alphabet = null, probe = null }: ModelImport,
): Promise<RunRow> {
  const from = parent === null ? null : await database.showRun(parent)
  const run = newRunId()
  const folder = join(paths.models, run)
  const taken = await worker.takeModel(file, folder, '0.safetensors', alphabet)
  const { shape, vocabulary, digest, parameters } = taken
  try {
    const checkpoint = { step: 0, model: '0.safetensors', state: null, validationLoss: null, digest }
    const detail = {
      ...nothingKnown(from, probe),
      run,
      name: name || basename(file),
      cell: shape.cell,
      hidden: shape.hidden,
      layers: shape.layers,
      parameters,
      vocabularySize: vocabulary.length,
      digest,
      createdAt: host.clock.now(),
      parent,
      versions: { lab: host.version, shell: host.shell, imported: basename(file) },
    }
    const row = await database.insertCarriedRun(
      { detail, nonFinite: false, checkpoints: [checkpoint], experiment: null },
      NO_POINTS,
    )
    emit.run(row)
    return row
  } catch (error) {
    await rm(folder, { recursive: true, force: true })
    throw error
  }
}

/** How it was trained isn't known; its text is taken to be its parent's. */
function nothingKnown(from: RunDetail | null, probe: string | null) {
  return {
    kind: 'training',
    status: 'finished',
    reason: null,
    corpus: from?.corpus ?? null,
    steps: 0,
    totalSteps: null,
    trainLoss: null,
    validationLoss: null,
    bestValidationLoss: null,
    bestStep: null,
    charactersPerSecond: null,
    seconds: 0,
    kernel: null,
    workers: null,
    tags: [],
    starred: false,
    archived: false,
    verdict: null,
    modelStep: 0,
    configuration: null,
    corpora: from?.corpora ?? [],
    note: '',
    probe: probe ?? from?.probe ?? null,
    sample: null,
    machine: {},
  } as const
}
