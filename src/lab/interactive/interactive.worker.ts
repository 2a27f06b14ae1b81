/** The thread for what a person waits for. The last models stay in memory, since they are usually asked several times. */
import { statSync } from 'node:fs'
import { parentPort, workerData } from 'node:worker_threads'
import { patternOverlaps } from '../../engine'
import { isWholeCheckpoint as isWhole } from '../training/checkpoint-files'
import { chooseKernel, chooseReadingKernel, kernelCode } from '../kernels/choose-kernel'
import { readModel } from '../models/model-file'
import type { Model } from '../models/model-file'
import { toNamedPatterns } from '../patterns/pattern-file'
import { openChannel, transfer } from '../workers/channel'
import type { InteractiveApi, InteractiveListener, InteractiveWorkerData } from './interactive-api'
import { evaluatePieces } from './evaluate'
import { GradientReader } from './gradient-reader'
import { ModelDigests } from './model-digests'
import { ModelReaders } from './model-readers'
import { gradientsOf, writePieces } from './read-with-model'
import { readTensor } from './read-tensor'
import { RecallStream } from './recall-stream'
import { MEBIBYTE, RecentlyUsed } from './recently-used'
import { Slices } from './slices'
import { TextReader } from './text-reader'
import { answerPieces } from './task-answers'
import { readWeights } from './read-weights'

/** Several runs are asked in turn when they are compared. */
const MODEL_BYTES = 128 * MEBIBYTE
const models = new RecentlyUsed<Model>(MODEL_BYTES, ({ parameters }) => parameters.byteLength)

function modelAt(path: string): Model {
  const found = statSync(path, { throwIfNoEntry: false })
  return models.take(`${path} ${found?.size} ${found?.mtimeMs}`, () => readModel(path))
}

const { kernels } = workerData as InteractiveWorkerData
const digests = new ModelDigests()
const readers = new ModelReaders(() => kernelCode(kernels, chooseReadingKernel(kernels)))
const slices = new Slices(() => new Promise((done) => setImmediate(done)))
const texts = new TextReader(modelAt, digests, readers, slices)
const gradients = new GradientReader(modelAt, digests, slices)

const recalls = new Map<string, RecallStream>()

const api: InteractiveApi = {
  read: (path, step, request) => texts.read(path, step, request),
  states: async (path, request) => {
    const states = await texts.states(path, request)
    return transfer(states, [states.buffer as ArrayBuffer])
  },
  paths: (path, step, request) => gradients.paths(path, step, request),
  stopPaths: () => gradients.stopPaths(),
  spectrum: (path, layer) => gradients.spectrum(path, layer),
  stopSpectrum: () => gradients.stopSpectrum(),
  trace: (path, step, request) => texts.trace(path, step, request),
  compare: (path, step, request) => texts.compare(path, step, request),
  tensor: (path, name) => readTensor(modelAt(path), name),
  answers: (path, request) => {
    const model = modelAt(path)
    return slices.run(answerPieces(model, readers.of(model), request))
  },
  gradients: (path, request) => gradientsOf(modelAt(path), request),
  sample: (path, request, frequent) => {
    const model = modelAt(path)
    return slices.run(writePieces(model, readers.of(model), request, frequent))
  },
  describe: (path) => {
    const model = modelAt(path)
    const { parameters: _parameters, ...described } = model
    return { ...described, digest: digests.of(model) }
  },
  evaluate: (path, text) => {
    const model = modelAt(path)
    return slices.run(evaluatePieces(model, readers.of(model), text))
  },
  startRecall: (id, request, isFollowed) => {
    const stream = new RecallStream(id, request, isFollowed)
    recalls.set(id, stream)
    // After the answer is on its way, so that whoever asked knows the recall before its first batch.
    setImmediate(() => void stream.run((batch) => channel.remote.recall(batch)).finally(() => recalls.delete(id)))
    return stream.start
  },
  followRecall: (id, visit) => recalls.get(id)?.follow(visit),
  stopRecall: (id) => recalls.get(id)?.stop(),
  weights: readWeights,
  overlaps: (set) => patternOverlaps(toNamedPatterns(set).map(({ values }) => values)),
  chooseKernel,
  firstWhole: (checkpoints) => checkpoints.find(isWhole) ?? null,
}

if (!parentPort) throw new Error('this is a worker')
const channel = openChannel<InteractiveListener>(parentPort, api)
