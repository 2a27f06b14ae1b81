/** Runs as they are carried from one database to another: a run's rows, and its points as columns. */
import { toStoredConfiguration } from '../../../shared'
import type { CorpusSummary, RunId } from '../../../shared'
import { statement } from '../connection'
import type { Connection } from '../connection'
import type { CarriedRun, PackedPoints } from '../database-api'
import { listCheckpoints, writeCheckpoint } from './checkpoints'
import { insertFindings, readExperiment } from './experiments'
import { finiteOrNull } from './finite'
import { keepDrawn } from './points'
import { findStoredRun, readRunDetail } from './run-rows'
import { insertCorpora } from './run-writes'

export function readCarriedRun(db: Connection, run: RunId): CarriedRun {
  const { pid: _pid, here: _here, deletedAt: _deletedAt, ...detail } = readRunDetail(db, run, new Set())
  const { id } = findStoredRun(db, run)
  const sql = 'SELECT non_finite AS nonFinite FROM runs WHERE id = ?'
  const nonFinite = statement<[number], { nonFinite: 0 | 1 }>(db, sql).get(id)?.nonFinite === 1
  const kept = readExperiment(db, run)
  const experiment = kept === null ? null : { settings: kept.settings, result: kept.result }
  return { detail, nonFinite, checkpoints: listCheckpoints(db, id), experiment }
}

const POINTS = `
SELECT step, train_loss, validation_loss, gradient_norm, learning_rate, characters_per_second, non_finite,
  train_loss_min, train_loss_max
FROM points WHERE run_id = ? ORDER BY step`

/** Column by column, in the order of POINTS. */
export function readPackedPoints(db: Connection, id: number): PackedPoints {
  const stored = statement<[number], (number | null)[]>(db, POINTS).raw().all(id) as unknown as (number | null)[][]
  const column = (at: number): Float64Array => Float64Array.from(stored, (point) => point[at] ?? Number.NaN)
  return {
    step: column(0),
    trainLoss: column(1),
    validationLoss: column(2),
    gradientNorm: column(3),
    learningRate: column(4),
    charactersPerSecond: column(5),
    nonFinite: Uint8Array.from(stored, (point) => point[6] ?? 0),
    minTrainLoss: column(7),
    maxTrainLoss: column(8),
  }
}

/** What is handed over with them. */
export function buffersOf(points: PackedPoints): ArrayBuffer[] {
  return Object.values(points).map((column: PackedPoints[keyof PackedPoints]) => column.buffer as ArrayBuffer)
}

const INSERT_RUN = `
INSERT INTO runs (run, kind, status, reason, name, corpus, cell, hidden, layers, parameters, vocabulary_size, steps,
  total_steps, train_loss, validation_loss, best_validation_loss, best_step, non_finite, characters_per_second, seconds, kernel,
  workers, created_at, starred, archived, parent, verdict)
VALUES (@run, @kind, @status, @reason, @name, @corpus, @cell, @hidden, @layers, @parameters, @vocabularySize, @steps,
  @totalSteps, @trainLoss, @validationLoss, @bestValidationLoss, @bestStep, @nonFinite, @charactersPerSecond, @seconds, @kernel,
  @workers, @createdAt, @starred, @archived, @parent, @verdict)`

const INSERT_DETAILS = `
INSERT INTO run_details (run_id, configuration, probe, sample, note, machine, versions) VALUES (?, ?, ?, ?, ?, ?, ?)`

const INSERT_POINT = `
INSERT INTO points (run_id, step, train_loss, validation_loss, gradient_norm, learning_rate, characters_per_second,
  non_finite, train_loss_min, train_loss_max) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`

/** Stands inside a transaction. */
export function insertCarriedRun(db: Connection, carried: CarriedRun, points: PackedPoints): void {
  const { configuration, corpora, note, probe, sample, machine, versions, tags, ...row } = carried.detail
  const { digest: _digest, modelStep: _modelStep, ...columns } = row
  const { lastInsertRowid } = statement<object>(db, INSERT_RUN).run({
    ...columns,
    starred: row.starred ? 1 : 0,
    archived: row.archived ? 1 : 0,
    verdict: row.verdict === null ? null : row.verdict === 'equal' ? 1 : 0,
    nonFinite: carried.nonFinite ? 1 : 0,
  })
  const id = Number(lastInsertRowid)
  const json = configuration === null ? null : JSON.stringify(toStoredConfiguration(configuration))
  const about = [JSON.stringify(machine), JSON.stringify(versions)]
  statement(db, INSERT_DETAILS).run(id, json, probe, sample, note, ...about)
  insertCorpora(db, id, corpora satisfies readonly CorpusSummary[])
  for (const tag of new Set(tags)) statement(db, 'INSERT INTO tags (run_id, tag) VALUES (?, ?)').run(id, tag)
  if (carried.experiment !== null) insertFindings(db, id, carried.experiment)
  for (const checkpoint of carried.checkpoints) writeCheckpoint(db, id, checkpoint)
  insertPoints(db, id, points)
  keepDrawn(db, id)
}

function insertPoints(db: Connection, id: number, points: PackedPoints): void {
  const insert = statement(db, INSERT_POINT)
  for (let i = 0; i < points.step.length; i++) {
    insert.run(
      id,
      points.step[i],
      finiteOrNull(points.trainLoss[i]),
      finiteOrNull(points.validationLoss[i]),
      finiteOrNull(points.gradientNorm[i]),
      points.learningRate[i],
      finiteOrNull(points.charactersPerSecond[i]),
      points.nonFinite[i],
      finiteOrNull(points.minTrainLoss[i]),
      finiteOrNull(points.maxTrainLoss[i]),
    )
  }
}
