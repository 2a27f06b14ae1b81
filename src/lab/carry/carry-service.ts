/** Carrying runs away and bringing them in: what the shells call; the work is done in a thread of its own. */
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { DEFAULT_CONFIGURATION, LabError } from '../../shared'
import type { RunDetail, RunId } from '../../shared'
import type { LabContext } from '../context'
import type { CorpusReader } from '../corpora/corpus-reader'
import { readKeptText } from '../corpora/kept-text'
import type { CheckpointRow } from '../database/database-api'
import { buffersOf } from '../database/repositories/carried-runs'
import type { CarryService } from '../lab'
import { findModel } from '../models/find-model'
import { bestOf } from '../models/thinning'
import { transfer } from '../workers/channel'
import { createOnDemandWorker } from '../workers/on-demand-worker'
import { planTraining } from '../training/training-plan'
import type { CarryApi, CarryListener, PackedRun } from './carry-api'
import { importBundle } from './import-bundle'
import { importModel } from './import-model'
import { assertNotOwnData } from './own-data'

export function createCarryService(context: LabContext, corpora: CorpusReader): CarryService {
  const { host, database, paths, onClose } = context
  const listener: CarryListener = {
    points: async (run) => {
      const points = await database.readPackedPoints(run)
      return transfer(points, buffersOf(points))
    },
    progress: () => undefined,
  }
  const worker = createOnDemandWorker<CarryApi>(host, 'carry', listener)
  onClose(worker.close)

  async function pack(run: RunId): Promise<PackedRun> {
    const { pid, status } = await database.showRun(run)
    if (pid !== null) throw new LabError('E_RUN_STATE', { run, status, action: 'be exported' })
    const { detail, nonFinite, checkpoints, experiment } = await database.readCarriedRun(run)
    const chosen = chooseCheckpoints(checkpoints, detail.bestStep)
    const files = chosen.flatMap(({ row, renamed }): [string, string][] => [
      [renamed.model, join(paths.models, run, row.model)],
      ...(renamed.state === null
        ? []
        : [[renamed.state, join(paths.models, run, row.state ?? '')] as [string, string]]),
    ])
    return {
      carried: { detail, nonFinite, checkpoints: chosen.map(({ renamed }) => renamed), experiment },
      files: Object.fromEntries(files),
    }
  }

  return {
    exportRuns: async (runs, { file, overwrite, withCorpus }) => {
      assertNotOwnData(paths.directory, file)
      const different = [...new Set(runs)]
      const packed = await Promise.all(different.map(pack))
      const texts = withCorpus ? keptTexts(packed.map(({ carried }) => carried.detail)) : {}
      await worker.use().writeBundle({ file: resolve(file), overwrite, runs: packed, corpora: texts })
      return different
    },
    importBundle: (file) => importBundle(context, worker.use(), resolve(file)),
    lookAtModel: (file) => worker.use().lookAtModel(resolve(file)),
    importModel: (file, choice) => importModel(context, worker.use(), resolve(file), choice),
    backUp: async (file, overwrite) => {
      assertNotOwnData(paths.directory, file)
      return worker.use().backUp({
        file: resolve(file),
        overwrite,
        directory: paths.directory,
        nativeBinding: host.sqliteBinding,
        now: host.clock.now(),
      })
    },
    handOff: async (run, { folder, overwrite, best }) => {
      assertNotOwnData(paths.directory, folder)
      const detail = await database.showRun(run)
      const text = await textOf(detail, (await findModel(context, run, best)).path)
      // While the text was read, a run that trains may have thinned its models out.
      const { path: model, step } = await findModel(context, run, best)
      const training = detail.configuration ?? { ...DEFAULT_CONFIGURATION, validation: 0 }
      await worker.use().handOff({
        folder: resolve(folder),
        overwrite,
        model,
        resources: join(host.resourcesDirectory, 'handoff'),
        run,
        text: { ids: text.ids, vocabulary: text.vocabulary },
        corpora: detail.corpora.map(({ name, sha256 }) => ({ name, sha256, path: join(paths.corpora, sha256) })),
        training,
        step: step ?? 0,
        scheduleSteps: scheduleOf(detail, text.ids.length, text.vocabulary.length),
      })
    },
  }

  async function textOf(detail: RunDetail, model: string) {
    const { run, corpora: known } = detail
    if (known.length === 0) throw new LabError('E_CORPUS_GONE', { run, name: detail.name })
    const { tokens, reverse } = detail.configuration ?? (await worker.use().describeModel(model))
    return readKeptText(detail, { tokens, reverse }, paths, corpora.look)
  }

  /** A text may go along only where it is here. */
  function keptTexts(details: readonly Pick<RunDetail, 'run' | 'corpora'>[]): Record<string, string> {
    const texts: Record<string, string> = {}
    for (const { run, corpora: known } of details) {
      for (const { sha256, name } of known) {
        texts[sha256] = join(paths.corpora, sha256)
        if (!existsSync(texts[sha256])) throw new LabError('E_CORPUS_GONE', { run, name })
      }
    }
    return texts
  }
}

/** That of the run's first configuration: beyond it the last rate holds. */
function scheduleOf({ configuration, steps }: RunDetail, tokens: number, vocabularySize: number): number {
  return configuration === null ? steps : planTraining(configuration, tokens, vocabularySize, '').totalSteps
}

interface ChosenCheckpoint {
  readonly row: CheckpointRow
  /** With the names of a bundle. */
  readonly renamed: CheckpointRow
}

/** The last, with what it needs to go on, and the parameters of the best where that is another. */
function chooseCheckpoints(
  checkpoints: readonly CheckpointRow[],
  bestStep: number | null,
): readonly ChosenCheckpoint[] {
  const last = checkpoints[checkpoints.length - 1]
  if (last === undefined) return []
  const state = last.state === null ? null : 'state'
  const chosen = [{ row: last, renamed: { ...last, model: 'model.safetensors', state } }]
  const best = bestOf(checkpoints, bestStep)
  if (best === null || best.step === last.step) return chosen
  return [{ row: best, renamed: { ...best, model: 'best.safetensors', state: null } }, ...chosen]
}
