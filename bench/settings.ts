/** The sizes that are measured. */
import type { BenchJob } from '../src/lab/bench/bench-api'

export interface Setting {
  readonly name: string
  readonly job: Omit<BenchJob, 'kernel' | 'workers'>
  /** Where TensorFlow.js is measured too: it is slow. */
  readonly tensorflow?: true
}

const vocabulary = 65

export const SETTINGS: readonly Setting[] = [
  {
    name: 'vanilla H128 B32 T64',
    job: { cell: 'vanilla', layers: 1, hidden: 128, batch: 32, sequence: 64, vocabulary },
    tensorflow: true,
  },
  {
    name: 'LSTM H128 B32 T64',
    job: { cell: 'lstm', layers: 1, hidden: 128, batch: 32, sequence: 64, vocabulary },
    tensorflow: true,
  },
  { name: 'GRU H256 B32 T64', job: { cell: 'gru', layers: 1, hidden: 256, batch: 32, sequence: 64, vocabulary } },
  {
    name: 'vanilla H512 B32 T64',
    job: { cell: 'vanilla', layers: 1, hidden: 512, batch: 32, sequence: 64, vocabulary },
  },
  { name: 'LSTM H128 L2 B50 T50', job: { cell: 'lstm', layers: 2, hidden: 128, batch: 50, sequence: 50, vocabulary } },
  { name: 'vanilla H100 B1 T25', job: { cell: 'vanilla', layers: 1, hidden: 100, batch: 1, sequence: 25, vocabulary } },
]
