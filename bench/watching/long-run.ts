/** A data directory with one run of a million points, a few of them spikes. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { openConnection } from '../../src/lab/database/connection'
import { migrate } from '../../src/lab/database/migrate'
import { insertCarriedRun } from '../../src/lab/database/repositories/carried-runs'
import { DEFAULT_CONFIGURATION } from '../../src/shared'

const POINTS = 1_000_000
const RUN = 'longrun'

export function addLongRun(directory: string): { readonly directory: string; readonly run: string } {
  mkdirSync(directory, { recursive: true })
  const file = join(directory, 'lab.sqlite')
  const db = openConnection({ file, nativeBinding: process.env.ENGRAM_SQLITE_BINDING ?? null })
  migrate(db, file)
  const column = (value: (i: number) => number): Float64Array =>
    Float64Array.from({ length: POINTS }, (_, i) => value(i))
  const loss = (i: number): number =>
    1.2 + 3 * Math.exp(-i / 150_000) + 0.05 * Math.sin(i * 12.9898) + (i % 200_003 === 0 ? 4 : 0)
  insertCarriedRun(
    db,
    {
      detail: {
        run: RUN,
        kind: 'training',
        status: 'finished',
        reason: null,
        name: 'a million points',
        corpus: null,
        cell: 'lstm',
        hidden: 128,
        layers: 1,
        parameters: 100_000,
        vocabularySize: 65,
        steps: POINTS,
        totalSteps: POINTS,
        trainLoss: 1.2,
        validationLoss: 1.3,
        bestValidationLoss: 1.3,
        bestStep: POINTS,
        charactersPerSecond: 200_000,
        seconds: 4000,
        kernel: 'simd',
        workers: 1,
        digest: null,
        modelStep: null,
        tags: [],
        createdAt: 0,
        starred: false,
        archived: false,
        parent: null,
        configuration: DEFAULT_CONFIGURATION,
        corpora: [],
        note: '',
        probe: null,
        sample: 'written',
        verdict: null,
        machine: {},
        versions: {},
      },
      nonFinite: false,
      checkpoints: [],
      experiment: null,
    },
    {
      step: column((i) => i + 1),
      trainLoss: column(loss),
      minTrainLoss: column((i) => loss(i) - 0.04),
      maxTrainLoss: column((i) => loss(i) + 0.04),
      validationLoss: column((i) => ((i + 1) % 500 === 0 ? loss(i) + 0.1 : Number.NaN)),
      gradientNorm: column((i) => 1 + (i % 7) / 10),
      learningRate: column(() => 0.002),
      charactersPerSecond: column((i) => 200_000 + (i % 100)),
      nonFinite: new Uint8Array(POINTS),
    },
  )
  db.close()
  return { directory, run: RUN }
}
