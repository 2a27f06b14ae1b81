/**
 * What survives closing the app: for each set the shelf and the cue as they were left, and the settings. What can't be read
 * (another version, a damaged text) is as if nothing had been kept.
 */
import * as v from 'valibot'
import { toBipolar, toGrid, toRows } from '../../../engine'
import type { Cells } from './editor/pattern-edit'
import { PatternSchema, RecallSettingsSchema } from '../../../shared'
import type { Pattern } from '../../../shared'

const rows = PatternSchema.entries.rows

const BoardSchema = v.object({
  cue: rows,
  /** Row-major, where the cue isn't bipolar yet. */
  real: v.optional(v.array(v.number())),
  origin: v.nullable(v.string()),
  shelf: v.array(v.object({ pattern: PatternSchema, stored: v.boolean() })),
  /** Of a set of one's own, whose patterns are in the database: the names of those that are stored in the network. */
  on: v.optional(v.array(v.string())),
})

const DraftSchema = v.object({
  version: v.literal(1),
  set: v.string(),
  settings: RecallSettingsSchema,
  boards: v.record(v.string(), BoardSchema),
})

export type RecallDraft = v.InferOutput<typeof DraftSchema>
export type BoardDraft = v.InferOutput<typeof BoardSchema>

export function parseDraft(text: string | null): RecallDraft | null {
  if (text === null) return null
  try {
    const parsed = v.safeParse(DraftSchema, JSON.parse(text))
    return parsed.success ? parsed.output : null
  } catch {
    return null
  }
}

/** What main takes at most. */
const MOST_CHARACTERS = 1_000_000

/** As text; the boards of other sets are left out where all of them would be too long, null where even that doesn't fit. */
export function encodeDraft(draft: RecallDraft): string | null {
  const whole = JSON.stringify(draft)
  if (whole.length <= MOST_CHARACTERS) return whole
  const own = JSON.stringify({ ...draft, boards: { [draft.set]: draft.boards[draft.set] } })
  return own.length <= MOST_CHARACTERS ? own : null
}

/** Digits of a real number that are kept: more than an eye can tell apart. */
const REAL_DIGITS = 4

export function boardDraft(
  drawn: Cells,
  width: number,
  origin: string | null,
  shelf: readonly { readonly pattern: Pattern; readonly stored: boolean }[],
  isOwn = false,
): BoardDraft {
  const on = shelf.filter(({ stored }) => stored).map(({ pattern }) => pattern.name)
  return {
    cue: toRows(toBipolar(drawn), width),
    ...(drawn instanceof Float32Array ? { real: Array.from(drawn, (x) => Number(x.toFixed(REAL_DIGITS))) } : {}),
    origin,
    ...(isOwn ? { shelf: [], on } : { shelf: shelf.map(({ pattern, stored }) => ({ pattern, stored })) }),
  }
}

/** The cue as it was drawn. */
export function drawnOf({ cue, real }: BoardDraft): Cells {
  const { values } = toGrid('cue', cue)
  return real?.length === values.length ? Float32Array.from(real) : values
}
