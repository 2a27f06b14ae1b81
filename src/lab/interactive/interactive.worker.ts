/** The thread for what a person waits for. The last models stay in memory, since they are usually asked several times. */
import { statSync } from 'node:fs'
import { parentPort } from 'node:worker_threads'
import { patternOverlaps } from '../../engine'
import { isWholeCheckpoint as isWhole } from '../training/checkpoint-files'
import { chooseKernel, kernelCode } from '../kernels/choose-kernel'
import { digestOf, readModel } from '../models/model-file'
import type { Model } from '../models/model-file'
import { toNamedPatterns } from '../patterns/pattern-file'
import { openChannel, transfer } from '../workers/channel'
import type { InteractiveApi, InteractiveListener } from './interactive-api'
import { evaluateText } from './evaluate'
import { compareTexts } from './compare-texts'
import { gradientsOf, traceText, writeText } from './read-with-model'
import { readTensor } from './read-tensor'
import { RecallStream } from './recall-stream'
import { MEBIBYTE, RecentlyUsed } from './recently-used'
import { TextReader } from './text-reader'
import { answerTask } from './task-answers'
import { readWeights } from './read-weights'

/** Several runs are asked in turn when they are compared. */
const MODEL_BYTES = 128 * MEBIBYTE
const models = new RecentlyUsed<Model>(MODEL_BYTES, ({ parameters }) => parameters.byteLength)

function modelAt(path: string): Model {
  const found = statSync(path, { throwIfNoEntry: false })
  return models.take(`${path} ${found?.size} ${found?.mtimeMs}`, () => readModel(path))
}

const reader = new TextReader(modelAt, () => new Promise((done) => setImmediate(done)))

const recalls = new Map<string, RecallStream>()

const api: InteractiveApi = {
  read: (path, step, request) => reader.read(path, step, request),
  states: async (path, request) => {
    const states = await reader.states(path, request)
    return transfer(states, [states.buffer as ArrayBuffer])
  },
  paths: (path, step, request) => reader.paths(path, step, request),
  stopPaths: () => reader.stopPaths(),
  spectrum: (path, layer) => reader.spectrum(path, layer),
  trace: (path, step, request) => traceText(modelAt(path), step, request),
  compare: (path, step, request) => compareTexts(modelAt(path), step, request),
  tensor: (path, name) => readTensor(modelAt(path), name),
  answers: (path, request) => answerTask(modelAt(path), request, () => new Promise((done) => setImmediate(done))),
  gradients: (path, request) => gradientsOf(modelAt(path), request),
  sample: (path, request, frequent) => writeText(modelAt(path), request, frequent),
  describe: (path) => {
    const { parameters, ...described } = modelAt(path)
    return { ...described, digest: digestOf(described.shape, parameters) }
  },
  evaluate: (path, kernels, text) => {
    const kernel = kernelCode(kernels, chooseKernel(kernels, 'auto'))
    return evaluateText(modelAt(path), text, kernel, () => new Promise((done) => setImmediate(done)))
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
