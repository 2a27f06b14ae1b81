/** What an experiment has found, as it comes in from elsewhere: of the shape that everything here expects of its kind. */
import * as v from 'valibot'
import { VERDICTS } from '../../shared'

/** What isn't finite is null in JSON. */
const figure = v.nullable(v.pipe(v.number(), v.finite()))
const rows = v.array(v.pipe(v.string(), v.regex(/^[#.]+$/)))
const grid = v.array(v.nullable(v.array(figure)))
const named = v.looseObject({ name: v.string(), sign: v.picklist([1, -1]) })
const axis = v.looseObject({ from: figure, to: figure })

const SUMMARIES = {
  capacity: v.looseObject({
    points: v.array(
      v.looseObject({
        load: figure,
        patterns: figure,
        overlap: figure,
        deviation: figure,
        stable: figure,
        recalled: figure,
      }),
    ),
  }),
  basin: v.looseObject({
    points: v.array(v.looseObject({ flipped: figure, recalled: figure, low: figure, high: figure })),
  }),
  attractors: v.looseObject({
    attractors: v.array(
      v.looseObject({
        share: figure,
        kind: v.picklist(VERDICTS),
        patterns: v.array(named),
        rows: v.nullable(rows),
      }),
    ),
  }),
  landscape: v.looseObject({
    energy: grid,
    bipolar: grid,
    axes: v.nullable(
      v.looseObject({
        x: axis,
        y: axis,
        patterns: v.array(v.looseObject({ ...named.entries, x: figure, y: figure })),
        distance: figure,
      }),
    ),
    path: v.array(v.looseObject({ sweep: figure, x: figure, y: figure, energy: figure })),
  }),
  recall: v.nullable(
    v.looseObject({
      rows,
      energy: v.array(figure),
      sweeps: figure,
      converged: v.boolean(),
      cycle: v.picklist([0, 2]),
      match: v.looseObject({
        kind: v.picklist(VERDICTS),
        pattern: v.nullable(v.string()),
        overlap: figure,
        patterns: v.array(named),
      }),
    }),
  ),
}

export const FindingsSchema = v.variant('kind', [
  v.looseObject({ kind: v.literal('capacity'), summary: SUMMARIES.capacity }),
  v.looseObject({ kind: v.literal('basin'), summary: SUMMARIES.basin }),
  v.looseObject({ kind: v.literal('attractors'), summary: SUMMARIES.attractors }),
  v.looseObject({ kind: v.literal('landscape'), summary: SUMMARIES.landscape }),
  v.looseObject({ kind: v.literal('recall'), summary: SUMMARIES.recall }),
])
