/** Models that were never trained, of parameters that differ from each other, as files of a test's own. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createLayout } from '../../../src/engine'
import type { ModelShape } from '../../../src/engine'
import type { SampleRequest } from '../../../src/lab'
import { encodeModel } from '../../../src/lab/models/model-file'
import type { Model } from '../../../src/lab/models/model-file'
import { temporaryDirectory } from './temporary'

export const VOCABULARY = ['\n', ' ', 'a', 'b', '가', '👩']

/** What is written with a model unless a test says otherwise. */
export const SAMPLE: SampleRequest = { prompt: '', length: 60, temperature: 1, topK: null, topP: null, seed: 1 }

/** Neighbours in the layout are never equal. */
export const untrained = (shape: ModelShape): Float32Array =>
  Float32Array.from({ length: createLayout(shape).size }, (_, i) => ((i * 37) % 19) / 19 - 0.5)

/** The model as a file in a directory of its own. */
export function fileOf(model: Model): string {
  const file = join(temporaryDirectory(), 'model.safetensors')
  writeFileSync(file, Buffer.concat(encodeModel(model)))
  return file
}

/** A file of two layers of five units. */
export function modelFile(cell: ModelShape['cell'] = 'lstm', changes: Partial<Model> = {}): string {
  const described = { vocabulary: VOCABULARY, tokens: 'character', reverse: false, ...changes } as const
  const sizes = { layers: 2, hidden: 5, vocabulary: described.vocabulary.length, embedding: 0 }
  const shape: ModelShape = cell === 'window' ? { cell, window: 3, ...sizes } : { cell, ...sizes }
  return fileOf({ ...described, shape, parameters: untrained(shape) })
}
