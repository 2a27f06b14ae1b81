/** Patterns of ±1 on a grid, as they are stored, sent and drawn. */
import * as v from 'valibot'

export const LEAST_SIDE = 3
export const MOST_SIDE = 256
export const MOST_CELLS = 65536

const side = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MOST_CELLS))

/** Rows of '#' (+1) and '.' (−1), all of the pattern's width. */
export const PatternRowsSchema = v.pipe(
  v.array(v.pipe(v.string(), v.regex(/^[#.]+$/), v.maxLength(MOST_CELLS))),
  v.minLength(1),
  v.maxLength(MOST_CELLS),
)

export const PatternSchema = v.pipe(
  v.strictObject({ name: v.pipe(v.string(), v.maxLength(200)), rows: PatternRowsSchema }),
  v.check((pattern) => pattern.rows.every((row) => row.length === pattern.rows[0].length), 'rows of unequal length'),
)
export type Pattern = v.InferOutput<typeof PatternSchema>

export const PatternSetSchema = v.strictObject({
  width: side,
  height: side,
  patterns: v.pipe(v.array(PatternSchema), v.maxLength(4096)),
})
export type PatternSet = v.InferOutput<typeof PatternSetSchema>

/** A set that is kept: every pattern has its size, and a name of its own. */
export const KeptSetSchema = v.pipe(
  PatternSetSchema,
  v.check(
    ({ width, height, patterns }) =>
      patterns.every((pattern) => pattern.rows.length === height && pattern.rows[0].length === width),
    'a pattern of another size',
  ),
  v.check(
    ({ patterns }) => new Set(patterns.map(({ name }) => name)).size === patterns.length,
    'two patterns of one name',
  ),
)

/** A set in the list: bundled with the lab, or a person's own. */
export interface PatternSetInfo {
  readonly id: string
  readonly bundled: boolean
  readonly title: { readonly en: string; readonly ko: string }
  readonly width: number
  readonly height: number
  readonly count: number
}
