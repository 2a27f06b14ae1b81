/** What a long curve is drawn from: the same points, steps, validations and times as whole columns would give. */
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openConnection } from '../../../src/lab/database/connection'
import { createDatabaseApi } from '../../../src/lab/database/create-database-api'
import { migrate } from '../../../src/lab/database/migrate'
import { MIGRATIONS } from '../../../src/lab/database/migrations'
import { drawnCurveOf, LEAST_PACKED, secondsAt, stepsAt, validationsAt } from '../../../src/lab/runs/drawn-curve'
import { pointEnd } from '../../../src/lab/runs/point-grid'
import { newLease, newRun, openTestDatabase, point, progress } from '../support/database'
import { temporaryDirectory } from '../support/temporary'

/** A run's points on their grid, a validation now and then, and a speed that changes. */
function columnsOf(length: number) {
  const step = new Float64Array(length)
  for (let i = 0; i < length; i++) step[i] = pointEnd((step[i - 1] ?? 0) + 1)
  return {
    step,
    trainLoss: Float64Array.from(step, (at) => 1 / at),
    validationLoss: Float64Array.from(step, (_, i) => (i % 500 === 499 ? 2 + i : NaN)),
    charactersPerSecond: Float64Array.from(step, (_, i) => 1000 + (i % 7)),
  }
}
const everywhere = (length: number): number[] => Array.from({ length }, (_, i) => i)

describe('a drawn curve', () => {
  it('gives back every step and validation, in few stretches', () => {
    const columns = columnsOf(30_000)
    const curve = drawnCurveOf(columns)
    const all = everywhere(30_000)
    expect(stepsAt(curve, all)).toEqual(columns.step)
    expect(validationsAt(curve, all)).toEqual(columns.validationLoss)
    expect(curve.stretches.length / 3).toBeLessThanOrEqual(5)
    expect(curve.validatedAt).toHaveLength(60)
  })

  it('gives back any ascending steps, at any of its points', () => {
    const widths = fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 60 })
    fc.assert(
      fc.property(widths, fc.integer({ min: 1, max: 5 }), (gaps, every) => {
        let at = 0
        const step = Float64Array.from(gaps, (gap) => (at += gap))
        const nothing = new Float64Array(step.length)
        const curve = drawnCurveOf({ step, trainLoss: step, validationLoss: nothing, charactersPerSecond: nothing })
        const points = everywhere(step.length).filter((i) => i % every === 0)
        expect(stepsAt(curve, points)).toEqual(Float64Array.from(points, (i) => step[i]))
      }),
      { seed: 7, numRuns: 300 },
    )
  })

  it('takes the first steps, whose speed was not told yet, to last as long as the first that was', () => {
    const curve = drawnCurveOf({
      ...columnsOf(4),
      step: Float64Array.of(1, 2, 3, 4),
      charactersPerSecond: Float64Array.of(NaN, 0, 64, 128),
    })
    expect([...secondsAt(curve, everywhere(4), 7)]).toEqual([2, 4, 6, 7])
  })

  it('tells the time of every point of a short run, and of a long one to within a block', () => {
    const short = drawnCurveOf({ ...columnsOf(4), charactersPerSecond: Float64Array.of(1, 2, 0, 4) })
    expect([...secondsAt(short, everywhere(4), 9)]).toEqual([4, 6, 8, 9])
    const columns = columnsOf(LEAST_PACKED)
    const times = secondsAt(drawnCurveOf(columns), everywhere(LEAST_PACKED), 100)
    expect(times.at(-1)).toBeCloseTo(100, 9)
    let total = 0
    const exact = columns.step.map(
      (step, i) => (total += (step - (columns.step[i - 1] ?? 0)) / columns.charactersPerSecond[i]),
    )
    const furthest = Math.max(...times.map((time, i) => Math.abs(time - (exact[i] * 100) / total)))
    // Between two blocks' ends time is taken to pass evenly: it is off by less than the longest block takes.
    expect(furthest).toBeLessThan((100 * 64 * 100) / columns.step[LEAST_PACKED - 1])
  })
})

describe('a database of format 4', () => {
  it('has what it packed packed anew', () => {
    const file = join(temporaryDirectory(), 'lab.sqlite')
    const db = openConnection({ file, nativeBinding: null })
    onTestFinished(() => void db.close())
    migrate(db, file, MIGRATIONS.slice(0, 4))
    db.exec(
      "INSERT INTO runs (id, run, kind, status, name, created_at, seconds) VALUES (7, 'old', 'training', 'finished', 'x', 3, 50)",
    )
    db.exec("INSERT INTO run_details (run_id, machine, versions) VALUES (7, '{}', '{}')")
    const columns = columnsOf(LEAST_PACKED)
    const write = db.prepare('INSERT INTO packed_columns VALUES (7, ?, ?)')
    const packed = {
      step: columns.step,
      train_loss: columns.trainLoss,
      validation_loss: columns.validationLoss,
      characters_per_second: columns.charactersPerSecond,
    }
    for (const [name, { buffer }] of Object.entries(packed)) write.run(name, Buffer.from(buffer))
    migrate(db, file)
    const curve = createDatabaseApi({ db, directory: file, now: () => 0 }).readComparedCurve('old', 100, 0)
    expect(curve.step.at(-1)).toBe(columns.step.at(-1))
    expect(curve.trainLoss[0]).toBe(1)
    expect(curve.seconds.at(-1)).toBeCloseTo(50, 9)
    expect(Math.max(...curve.validationLoss.filter(Number.isFinite))).toBe(2 + LEAST_PACKED - 1)
  })
})

describe('the ranges of points', () => {
  it('keep their extremes when a long curve is thinned, packed or not', () => {
    const length = LEAST_PACKED + 5000
    const { api } = openTestDatabase()
    const lease = newLease()
    api.createRun(newRun('long'), 'running', lease)
    const points = Array.from({ length }, (_, i) =>
      point(i + 1, { trainLoss: 2, minTrainLoss: i === 7777 ? 0.5 : 1.9, maxTrainLoss: i === 15_001 ? 9 : 2.1 }),
    )
    api.appendPoints('long', lease.token, points, progress(length))
    const read = () => api.readComparedCurve('long', 100, 0.5)
    const live = read()
    api.setRunStatus('long', lease.token, 'finished', null)
    const packed = read()
    for (const { step, minTrainLoss, maxTrainLoss } of [live, packed]) {
      expect(minTrainLoss[step.indexOf(7778)]).toBe(0.5)
      expect(maxTrainLoss[step.indexOf(15_002)]).toBe(9)
      expect(step.length).toBeLessThan(1500)
    }
    expect(packed).toEqual(live)
  })
})
