/** Which checkpoints stay, however a run goes. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { CheckpointRow } from '../../../src/lab/database/database-api'
import { bestOf, planThinning } from '../../../src/lab/models/thinning'

const MOST_KEPT = 32 + 2 + 1 + 1 // spaced, the newest two, the best, and step 0

function row(
  step: number,
  validationLoss: number | null = null,
  state: string | null = `${step}.state`,
): CheckpointRow {
  return { step, model: `${step}.safetensors`, state, validationLoss, digest: 'd' }
}

function kept(rows: readonly CheckpointRow[]): CheckpointRow[] {
  const { forgotten, parametersOnly } = planThinning(rows)
  return rows
    .filter(({ step }) => !forgotten.includes(step))
    .map((one) => (parametersOnly.includes(one.step) ? { ...one, state: null } : one))
}

describe('thinning', () => {
  it('leaves few checkpoints alone but for the states of the older ones', () => {
    expect(planThinning([])).toEqual({ forgotten: [], parametersOnly: [] })
    expect(planThinning([row(0), row(10)])).toEqual({ forgotten: [], parametersOnly: [] })
    expect(planThinning([row(0), row(10), row(20)])).toEqual({ forgotten: [], parametersOnly: [0] })
  })

  it('keeps, checkpoint after checkpoint, the newest two whole, the best, the first, and a bounded number', () => {
    const life = fc.array(
      fc.tuple(fc.integer({ min: 1, max: 3000 }), fc.option(fc.double({ min: 0, max: 9, noNaN: true }))),
      {
        minLength: 1,
        maxLength: 150,
      },
    )
    fc.assert(
      fc.property(life, (checkpoints) => {
        let rows: CheckpointRow[] = [row(0)]
        let best: CheckpointRow | null = null
        for (const [advance, loss] of checkpoints) {
          const next = row(rows[rows.length - 1].step + advance, loss)
          if (loss !== null && (best === null || loss < (best.validationLoss ?? Infinity))) best = next
          const before = [...rows, next]
          rows = kept(before)
          expect(rows.slice(-2)).toEqual(before.slice(-2))
          expect(rows.slice(-2).every(({ state }) => state !== null)).toBe(true)
          expect(rows.slice(0, -2).every(({ state }) => state === null)).toBe(true)
          expect(rows[0].step).toBe(0)
          expect(bestOf(rows)?.step ?? null).toBe(best?.step ?? null)
          expect(rows.length).toBeLessThanOrEqual(MOST_KEPT)
        }
      }),
      { numRuns: 60, seed: 20267 },
    )
  })

  it('spaces what it keeps evenly in the logarithm', () => {
    let rows: CheckpointRow[] = [row(0)]
    for (let step = 1; step <= 5000; step++) rows = kept([...rows, row(step)])
    const steps = rows.map(({ step }) => step).filter((step) => step > 8)
    expect(steps.length).toBeGreaterThan(12)
    const jumps = steps.slice(1, -1).map((step, i) => step / steps[i])
    expect(Math.max(...jumps)).toBeLessThan(2.5)
  })
})

describe('the best', () => {
  it('has the smallest loss, the earlier of two equals; without a validation there is none', () => {
    expect(bestOf([row(1, 2), row(2, 1), row(3, 1), row(4)])?.step).toBe(2)
    expect(bestOf([row(1), row(2)])).toBeNull()
  })
})
