/** Reading and writing with a model, and recalls, for the rooms and the command line. */
import { randomUUID } from 'node:crypto'
import { resolve } from 'node:path'
import { LabError } from '../../shared'
import type { Kernel } from '../../shared'
import type { LabContext } from '../context'
import type { KernelWish } from '../kernels/choose-kernel'
import type { CorpusReader } from '../corpora/corpus-reader'
import type { AnalysisService, ModelChoice, RecallService } from '../lab'
import type { ModelDescription } from '../training/first-parameters'
import type { CheckpointFiles } from '../training/training-api'
import { openBundledModels } from '../models/bundled-models'
import { bestOf } from '../models/thinning'
import { findModel, findModelAt } from '../models/find-model'
import type { ChosenModel } from '../models/find-model'
import { createOnDemandWorker } from '../workers/on-demand-worker'
import type { InteractiveApi, InteractiveListener, InteractiveWorkerData } from './interactive-api'

/** Reads checkpoints away from the shell's thread: they may be large. */
export type CheckpointSearch = (checkpoints: readonly CheckpointFiles[]) => Promise<CheckpointFiles | null>

/** Compiles, checks and times kernels away from the shell's thread; asked again it answers at once. */
export type KernelChoice = (wish: KernelWish) => Promise<Kernel>

export interface InteractiveServices {
  readonly firstWhole: CheckpointSearch
  readonly chooseKernel: KernelChoice
  readonly describeModel: (path: string) => Promise<ModelDescription>
  readonly analysis: AnalysisService
  readonly recall: RecallService
}

export function createInteractiveServices(context: LabContext, corpora: CorpusReader): InteractiveServices {
  const { emit, host, onClose } = context
  const listener: InteractiveListener = {
    recall: async (batch) => {
      if (batch.end !== null) running.delete(batch.recall)
      emit.recall(batch)
    },
  }
  const running = new Set<string>()
  const data: InteractiveWorkerData = { kernels: host.kernelsDirectory }
  const worker = createOnDemandWorker<InteractiveApi>(host, 'interactive', listener, data)
  onClose(worker.close)

  const bundled = openBundledModels(host.resourcesDirectory)

  /** @throws LabError E_RUN_NO_MODEL, E_RUN_NO_MODEL_AT, E_RUN_UNKNOWN, E_MODEL_UNKNOWN, E_INPUT */
  async function choose({ run, file, best, step = null, model }: ModelChoice): Promise<ChosenModel> {
    if (model !== undefined) return { path: await bundled.pathOf(model), step: null }
    if (file !== undefined) return { path: resolve(file), step: null }
    if (run === undefined) throw new LabError('E_INPUT', { what: 'no model was chosen' })
    return step === null ? findModel(context, run, best ?? false) : findModelAt(context, run, step)
  }

  /** Of the text a run learnt. */
  async function frequentToken({ run }: ModelChoice): Promise<string | null> {
    if (run === undefined) return null
    const counts = new Map<string, number>()
    for (const { frequent } of (await context.database.showRun(run)).corpora) {
      for (const { symbol, count } of frequent) counts.set(symbol, (counts.get(symbol) ?? 0) + count)
    }
    return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? null
  }

  return {
    chooseKernel: (wish) => worker.use().chooseKernel(host.kernelsDirectory, wish),
    firstWhole: (checkpoints) => worker.use().firstWhole(checkpoints),
    describeModel: (path) => worker.use().describe(path),
    analysis: {
      bundled: bundled.list,
      kept: async (run) => {
        const { database } = context
        const [checkpoints, { bestStep }] = await Promise.all([database.listCheckpoints(run), database.showRun(run)])
        const best = bestOf(checkpoints, bestStep)
        return checkpoints.map(({ step, validationLoss }) => ({ step, validationLoss, isBest: step === best?.step }))
      },
      compare: async (model, request) => {
        const { path, step } = await choose(model)
        return worker.use().compare(path, step, request)
      },
      tensor: async (model, name) => {
        const { path } = await choose(model)
        return worker.use().tensor(path, name)
      },
      read: async (model, request) => {
        const { path, step } = await choose(model)
        return worker.use().read(path, step, request)
      },
      states: async (model, request) => {
        const { path } = await choose(model)
        return worker.use().states(path, request)
      },
      paths: async (model, request) => {
        const { path, step } = await choose(model)
        return worker.use().paths(path, step, request)
      },
      stopPaths: async () => worker.use().stopPaths(),
      spectrum: async (model, layer) => {
        const { path } = await choose(model)
        return worker.use().spectrum(path, layer)
      },
      stopSpectrum: async () => worker.use().stopSpectrum(),
      trace: async (model, request) => {
        const { path, step } = await choose(model)
        return worker.use().trace(path, step, { ...request, full: request.full ?? false })
      },
      answers: async (model, request) => {
        const { path } = await choose(model)
        return worker.use().answers(path, request)
      },
      gradients: async (model, request) => {
        const { path } = await choose(model)
        return worker.use().gradients(path, request)
      },
      sample: async (model, request) => {
        const { path } = await choose(model)
        return worker.use().sample(path, request, request.prompt === '' ? await frequentToken(model) : null)
      },
      evaluate: async (model, { files, encoding, skipUnknown, onRead }) => {
        const { path } = await choose(model)
        const { tokens, reverse } = await worker.use().describe(path)
        const { ids, vocabulary, summaries } = await corpora.look({ files, encoding, tokens, reverse })
        onRead?.(summaries)
        const name = summaries.map((summary) => summary.name).join(' + ')
        return worker.use().evaluate(path, { name, ids, vocabulary, skipUnknown })
      },
    },
    recall: {
      start: async (request, isFollowed = false) => {
        const recall = randomUUID()
        const started = await worker.use().startRecall(recall, request, isFollowed)
        running.add(recall)
        return started
      },
      follow: async (recall, visit) => {
        if (running.has(recall)) await worker.use().followRecall(recall, visit)
      },
      stop: async (recall) => {
        if (!running.delete(recall)) return
        await worker.use().stopRecall(recall)
      },
      weights: (request) => worker.use().weights(request),
      overlaps: (set) => worker.use().overlaps(set),
    },
  }
}
