/**
 * How fast whole training steps are (forward, backward, clip, update), for the sizes people use, one after the other in one
 * run. A figure of this machine and moment alone: compare only within one run.
 */
import { Trainer } from '../src/engine'
import type { ModelShape } from '../src/engine'

const SECONDS = Number(process.argv[2] ?? 3)
const VOCABULARY = 65

interface Setting {
  readonly name: string
  readonly shape: Omit<ModelShape, 'vocabulary' | 'embedding'>
  readonly batch: number
  readonly sequence: number
}

const SETTINGS: readonly Setting[] = [
  { name: 'vanilla H128 B32 T64', shape: { cell: 'vanilla', layers: 1, hidden: 128 }, batch: 32, sequence: 64 },
  { name: 'LSTM H128 B32 T64', shape: { cell: 'lstm', layers: 1, hidden: 128 }, batch: 32, sequence: 64 },
  { name: 'GRU H256 B32 T64', shape: { cell: 'gru', layers: 1, hidden: 256 }, batch: 32, sequence: 64 },
  { name: 'vanilla H100 B1 T25', shape: { cell: 'vanilla', layers: 1, hidden: 100 }, batch: 1, sequence: 25 },
]

/** Characters a second. */
function measure({ shape, batch, sequence }: Setting): number {
  const tokens = Uint8Array.from({ length: 200_000 }, (_, i) => (i * 7919 + (i >> 3)) % VOCABULARY)
  const trainer = new Trainer(
    {
      shape: { ...shape, vocabulary: VOCABULARY, embedding: 0 },
      batch,
      sequence,
      dropout: 0,
      clip: 5,
      optimiser: { name: 'adam', momentum: 0.9, alpha: 0.99, weightDecay: 0 },
      schedule: { name: 'constant', learningRate: 0.002, warmUp: 0, totalSteps: 1000, decayEvery: 1000, decay: 1 },
      initialisation: { recurrent: 'default', gateBias: 0 },
      seed: 1,
      precision: 'float32',
    },
    tokens,
  )
  trainer.step() // compiled before it is timed
  const started = performance.now()
  let steps = 0
  while (performance.now() - started < SECONDS * 1000) {
    trainer.step()
    steps += 1
  }
  return (steps * batch * sequence) / ((performance.now() - started) / 1000)
}

let first = 0
for (const setting of SETTINGS) {
  const speed = measure(setting)
  first ||= speed
  const ratio = (speed / first).toFixed(2)
  process.stdout.write(
    `${setting.name.padEnd(24)}${Math.round(speed).toString().padStart(9)} characters/s  × ${ratio}\n`,
  )
}
