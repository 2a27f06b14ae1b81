/**
 * A database of 10,000 runs of 1,000 points and one of 1,000,000, and how long the Runs room's questions to it take: the
 * list, a filter as one types it, rows in sight, a curve, twenty curves.
 *
 *     npm run bench -- runs-database [RUNS] [FOLDER]
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createDatabaseApi } from '../src/lab/database/create-database-api'
import { DEFAULT_RUNS_VIEW, queryOf } from '../src/shared'
import type { BrowseQuery } from '../src/shared'
import { openMadeDatabase } from './runs/made-database'

const words = process.argv.slice(2)
const RUNS = Number(words[0] ?? 10_000)
const kept = words[1] === undefined ? null : resolve(words[1])
const folder = kept ?? mkdtempSync(join(tmpdir(), 'engram-runs-'))

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

const begun = performance.now()
const { db, file } = openMadeDatabase(folder, RUNS)
const took = (performance.now() - begun) / 1000
process.stdout.write(`${RUNS} runs made in ${took.toFixed(0)} s: ${(statSync(file).size / 1e6).toFixed(0)} MB\n`)
const api = createDatabaseApi({ db, directory: folder, now: () => Date.now() })

const everything = queryOf(DEFAULT_RUNS_VIEW)
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
measure('groups by setting', 50, () => ask({ group: 'setting' }))
measure('all as columns', 300, () => api.readRunsAsColumns({ filter: '', place: 'kept' }))
measure('40 rows in sight', 50, () => api.readBrowsedRows(all.slice(100, 140), 500))
measure('siblings of one', 50, () => api.listSiblings(all[100]))
measure('a curve of 1,000 points', 150, () => api.readComparedCurve(all[100], 500, 0.9))
measure('20 curves', 500, () => all.slice(100, 120).map((run) => api.readComparedCurve(run, 500, 0.9)))
measure('a curve of 1,000,000 points', 150, () => api.readComparedCurve(all[0], 500, 0.9), 3)
db.close()
if (kept === null) rmSync(folder, { recursive: true, force: true })
