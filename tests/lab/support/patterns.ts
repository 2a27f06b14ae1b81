/** A small set of patterns, and how they are recalled unless a test says otherwise. */
import * as v from 'valibot'
import { RecallSettingsSchema } from '../../../src/shared'
import type { PatternSet, RecallSettings } from '../../../src/shared'

export const LETTERS_SET: PatternSet = {
  width: 5,
  height: 4,
  patterns: [
    { name: 'A', rows: ['.###.', '#...#', '#####', '#...#'] },
    { name: 'B', rows: ['####.', '###..', '#...#', '####.'] },
    { name: 'C', rows: ['.####', '#....', '#....', '.####'] },
  ],
}

export const DEFAULT_RECALL: RecallSettings = v.parse(RecallSettingsSchema, {})
