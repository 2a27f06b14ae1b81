/**
 * A program: how many bytes of objects a training step on a kernel leaves to the collector, by the run's name, printed as
 * JSON. It is run in a process whose collector comes only when it is called and gives the young as much room as they want.
 */
import { createLayout, createReader, Shard, tracePieces, Trainer } from '../../../../src/engine'
import type { ModelShape, TrainerSettings } from '../../../../src/engine'
import { codeOf } from './codes'

const VOCABULARY = 9
const TEXT = Uint8Array.from({ length: 4000 }, (_, i) => (i * i + 3 * i) % VOCABULARY)
const STEPS = 1000
/** V8 compiles when it likes, and notes what it needs for it: the least of several counts is the steps' own. */
const COUNTS = 4
const sizes = { hidden: 8, vocabulary: VOCABULARY }

const RUNS: Readonly<Record<string, { readonly shape: ModelShape; readonly workers?: number }>> = {
  'vanilla, one layer': { shape: { cell: 'vanilla', layers: 1, embedding: 0, ...sizes } },
  'vanilla, four layers': { shape: { cell: 'vanilla', layers: 4, embedding: 3, ...sizes } },
  lstm: { shape: { cell: 'lstm', layers: 2, embedding: 0, ...sizes } },
  gru: { shape: { cell: 'gru', layers: 2, embedding: 0, ...sizes } },
  window: { shape: { cell: 'window', window: 3, layers: 2, embedding: 3, ...sizes } },
  'two shards': { shape: { cell: 'lstm', layers: 1, embedding: 0, ...sizes }, workers: 2 },
}

function settingsOf(shape: ModelShape): TrainerSettings {
  return {
    shape,
    ...{ batch: 33, sequence: 9, dropout: 0, clip: 0.1, seed: 1, precision: 'float32' },
    optimiser: { name: 'adam', momentum: 0.9, alpha: 0.99, weightDecay: 0.01 },
    schedule: { name: 'cosine', learningRate: 0.002, warmUp: 0, totalSteps: 9000, decayEvery: 1, decay: 1 },
    initialisation: { recurrent: 'default', gateBias: 0 },
    kernel: codeOf('simd'),
  }
}

function garbageOf(shape: ModelShape, workers = 1): number {
  const settings = settingsOf(shape)
  const trainer = new Trainer({ ...settings, workers }, TEXT)
  const { exchange } = trainer
  const other = exchange === null ? null : new Shard(settings, TEXT, 1, exchange)
  const train = (steps: number): void => {
    for (let i = 0; i < steps; i++) {
      trainer.begin()
      trainer.compute()
      other?.compute()
      trainer.finish()
    }
  }
  const counts = Array.from({ length: COUNTS }, () => {
    globalThis.gc?.()
    const before = process.memoryUsage().heapUsed
    train(STEPS)
    return (process.memoryUsage().heapUsed - before) / STEPS
  })
  return Math.min(...counts)
}

/** Of each token that is read, with all that is shown of it; what is found lies outside the heap. */
function garbageOfReading(shape: ModelShape): number {
  const reader = createReader(shape, new Float32Array(createLayout(shape).size).fill(0.1), codeOf('simd'))
  const tokens = Uint32Array.from(TEXT)
  const read = (): void => {
    const pieces = tracePieces(reader, tokens, { top: 3, distributions: true })
    while (!pieces.next().done);
  }
  const counts = Array.from({ length: 3 * COUNTS }, () => {
    globalThis.gc?.()
    const before = process.memoryUsage().heapUsed
    read()
    return (process.memoryUsage().heapUsed - before) / tokens.length
  })
  return Math.min(...counts)
}

const bytes = Object.entries(RUNS).map(([name, { shape, workers }]) => [name, garbageOf(shape, workers)])
const reading = Object.entries(RUNS).map(([name, { shape }]) => [`${name}, a token read`, garbageOfReading(shape)])
process.stdout.write(JSON.stringify({ steps: Object.fromEntries(bytes), reading: Object.fromEntries(reading) }))
