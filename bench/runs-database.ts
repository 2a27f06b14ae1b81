/**
 * A database of 10,000 runs of 1,000 points and one of 1,000,000, and how long the Runs room's questions to it take: the
 * list, a filter as one types it, rows in sight, a curve, twenty curves.
 *
 *     npm run bench -- runs-database [RUNS] [FOLDER]
 */
import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { openConnection } from '../src/lab/database/connection'
import { createDatabaseApi } from '../src/lab/database/create-database-api'
import { insertCarriedRun } from '../src/lab/database/repositories/carried-runs'
import { migrate } from '../src/lab/database/migrate'
import { DEFAULT_CONFIGURATION, DEFAULT_RUNS_VIEW } from '../src/shared'
import type { BrowseQuery, CorpusSummary, RunDetail } from '../src/shared'
import type { PackedPoints } from '../src/lab/database/database-api'

const words = process.argv.slice(2)
const RUNS = Number(words[0] ?? 10_000)
const POINTS = 1000
const LONG_POINTS = 1_000_000
const kept = words[1] === undefined ? null : resolve(words[1])
const folder = kept ?? mkdtempSync(join(tmpdir(), 'engram-runs-'))
mkdirSync(folder, { recursive: true })
const file = join(folder, 'lab.sqlite')

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

function median(times: readonly number[]): number {
  return [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)]
}

function measure(name: string, most: number, work: () => unknown, turns = 7): void {
  const times = Array.from({ length: turns }, () => {
    const begun = performance.now()
    work()
    return performance.now() - begun
  })
  const [middle, worst] = [median(times), Math.max(...times)]
  const verdict = middle < most ? 'within' : 'BEYOND'
  process.stdout.write(
    `${name.padEnd(44)} ${middle.toFixed(1).padStart(8)} ms  (worst ${worst.toFixed(1)})  ${verdict} ${most} ms\n`,
  )
}

const binding = process.env.ENGRAM_SQLITE_BINDING ?? null
const db = openConnection({ file, nativeBinding: binding })
migrate(db, file)
const api = createDatabaseApi({ db, directory: folder, now: () => Date.now() })
if (api.listRuns().length === 0) {
  const begun = performance.now()
  db.pragma('synchronous = OFF')
  const insert = (run: number, count: number): void => {
    insertCarriedRun(
      db,
      { detail: detailOf(run, count), nonFinite: false, checkpoints: [], experiment: null },
      pointsOf(run, count),
    )
  }
  db.pragma('cache_size = -200000')
  db.exec('BEGIN')
  for (let run = 0; run < RUNS; run++) insert(run, POINTS)
  insert(RUNS, LONG_POINTS)
  db.exec('COMMIT')
  db.pragma('wal_checkpoint(TRUNCATE)')
  const seconds = (performance.now() - begun) / 1000
  process.stdout.write(`${RUNS} runs made in ${seconds.toFixed(0)} s: ${(statSync(file).size / 1e6).toFixed(0)} MB\n`)
}

const { columns: _columns, axes: _axes, ...everything } = DEFAULT_RUNS_VIEW
const ask = (query: Partial<BrowseQuery>) => api.browseRuns({ ...everything, ...query })
const all = ask({}).runs.split(' ')
measure('list', 50, () => ask({}))
measure('list by best validation', 50, () => ask({ sort: { key: 'bestValidationLoss', descending: false } }))
measure('list by name', 50, () => ask({ sort: { key: 'name', descending: false } }))
measure('list by the loss at step 500', 50, () => ask({ sort: { key: 'atStep', descending: false }, atStep: 500 }))
measure('filter cell:lstm hidden>=128', 50, () => ask({ filter: 'cell:lstm hidden>=128' }))
measure('filter learningRate>0.002 seed:3', 50, () => ask({ filter: 'learningRate>0.002 seed:3' }))
measure('filter tag:"night run" (a OR b)', 50, () => ask({ filter: 'tag:"night run" (cell:gru OR cell:lstm)' }))
measure('a word anywhere', 50, () => ask({ filter: 'harb' }))
measure('groups by cell', 50, () => ask({ group: 'cell' }))
measure('groups by setting', 200, () => ask({ group: 'setting' }))
measure('all as columns', 300, () => api.readRunsAsColumns({ filter: '', place: 'kept' }))
measure('40 rows in sight', 50, () => api.readBrowsedRows(all.slice(100, 140), 500))
measure('siblings of one', 50, () => api.listSiblings(all[100]))
measure('a curve of 1,000 points', 150, () => api.readComparedCurve(all[100], 500, 0.9))
measure('20 curves', 500, () => all.slice(100, 120).map((run) => api.readComparedCurve(run, 500, 0.9)))
measure('a curve of 1,000,000 points', 150, () => api.readComparedCurve(all[0], 500, 0.9), 3)
db.close()
if (kept === null) rmSync(folder, { recursive: true, force: true })
