/**
 * The database that the Runs room is measured and tested on: thousands of runs with a falling curve each, alike in tens of
 * settings with five seeds, and one run of a million points. They have no models.
 */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { openConnection } from '../../src/lab/database/connection'
import type { Connection } from '../../src/lab/database/connection'
import { migrate } from '../../src/lab/database/migrate'
import { insertCarriedRun } from '../../src/lab/database/repositories/carried-runs'
import { DEFAULT_CONFIGURATION } from '../../src/shared'
import type { CorpusSummary, RunDetail } from '../../src/shared'
import type { PackedPoints } from '../../src/lab/database/database-api'

const POINTS = 1000
const LONG_POINTS = 1_000_000

const CORPUS: CorpusSummary = {
  name: 'harbour.txt',
  sizeBytes: 100_000,
  encoding: 'utf-8',
  characters: 100_000,
  tokens: 100_000,
  vocabularySize: 65,
  sha256: 'c'.repeat(64),
  changes: { bom: 0, lineEnds: 0, nfc: 0, replaced: 0 },
  frequent: [{ symbol: 'e', count: 9000 }],
  excerpt: 'The tide comes in',
  probe: 'The tide comes in',
}
const CELLS = ['vanilla', 'lstm', 'gru', 'window'] as const

/** A falling curve of its own for every run. */
function pointsOf(run: number, count: number): PackedPoints {
  const column = (value: (i: number) => number): Float64Array =>
    Float64Array.from({ length: count }, (_, i) => value(i))
  const end = 1.2 + (run % 97) / 100
  const loss = (i: number): number => end + 3 * Math.exp(-i / (count / 6)) + 0.05 * Math.sin(i * 12.9898 + run)
  return {
    step: column((i) => i + 1),
    trainLoss: column(loss),
    minTrainLoss: column((i) => loss(i) - 0.04),
    maxTrainLoss: column((i) => loss(i) + 0.04),
    validationLoss: column((i) => ((i + 1) % (count / 20) === 0 ? loss(i) + 0.1 : Number.NaN)),
    gradientNorm: column((i) => 1 + (i % 7) / 10),
    learningRate: column(() => 0.002),
    charactersPerSecond: column((i) => 200_000 + (i % 100)),
    nonFinite: new Uint8Array(count),
  }
}

function detailOf(run: number, count: number): Omit<RunDetail, 'pid' | 'here' | 'deletedAt'> {
  const cell = CELLS[run % 4]
  const hidden = 64 * (1 + (Math.floor(run / 4) % 4))
  const seed = 1 + (Math.floor(run / 16) % 5)
  const learningRate = [0.001, 0.002, 0.003, 0.005][Math.floor(run / 80) % 4]
  const best = 1.3 + (run % 97) / 100
  return {
    run: `run${String(run).padStart(6, '0')}`,
    kind: 'training',
    status: run % 50 === 49 ? 'diverged' : 'finished',
    reason: null,
    name: `${cell} ${hidden} · harbour · seed ${seed}`,
    corpus: CORPUS.name,
    cell,
    hidden,
    layers: 1 + (run % 2),
    parameters: 4 * hidden * hidden,
    vocabularySize: 65,
    steps: count,
    totalSteps: count,
    trainLoss: best - 0.1,
    validationLoss: best + 0.02,
    bestValidationLoss: best,
    bestStep: count,
    charactersPerSecond: 200_000,
    seconds: 60 + (run % 600),
    kernel: 'simd',
    workers: 1,
    digest: null,
    modelStep: null,
    tags: run % 10 === 0 ? ['night run'] : [],
    createdAt: Date.UTC(2026, 0, 1) + run * 60_000,
    starred: run % 25 === 0,
    archived: false,
    parent: null,
    verdict: null,
    // A sweep goes on: its batch tells it from the sweeps before it.
    configuration: {
      ...DEFAULT_CONFIGURATION,
      cell,
      hidden,
      seed,
      learningRate,
      batch: 8 + Math.floor(run / 320),
      layers: 1 + (run % 2),
    },
    corpora: [CORPUS],
    note: '',
    probe: 'The tide',
    sample: null,
    machine: {},
    versions: {},
  }
}

/** @param folder the data directory, made where there is none; what its database holds already stays as it is */
export function openMadeDatabase(folder: string, runs: number): { readonly db: Connection; readonly file: string } {
  mkdirSync(folder, { recursive: true })
  const file = join(folder, 'lab.sqlite')
  const db = openConnection({ file, nativeBinding: process.env.ENGRAM_SQLITE_BINDING ?? null })
  migrate(db, file)
  if (db.prepare('SELECT 1 FROM runs LIMIT 1').get() === undefined) fill(db, runs)
  return { db, file }
}

function fill(db: Connection, runs: number): void {
  const insert = (run: number, count: number): void => {
    insertCarriedRun(
      db,
      { detail: detailOf(run, count), nonFinite: false, checkpoints: [], experiment: null },
      pointsOf(run, count),
    )
  }
  db.pragma('synchronous = OFF')
  db.pragma('cache_size = -200000')
  db.exec('BEGIN')
  for (let run = 0; run < runs; run++) insert(run, POINTS)
  insert(runs, LONG_POINTS)
  db.exec('COMMIT')
  db.pragma('wal_checkpoint(TRUNCATE)')
}
