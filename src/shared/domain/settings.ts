/** What a person sets once and finds again. */
import * as v from 'valibot'
import { AxesSchema, MOST_VIEWS, NamedViewSchema, RunsViewSchema } from './run-browse'

export const ROOMS = ['recall', 'train', 'inspect', 'runs', 'settings'] as const
export type Room = (typeof ROOMS)[number]

export const SettingsSchema = v.strictObject({
  theme: v.optional(v.picklist(['system', 'light', 'dark']), 'system'),
  language: v.optional(v.picklist(['system', 'en', 'ko']), 'system'),
  motion: v.optional(v.picklist(['system', 'reduced']), 'system'),
  room: v.optional(v.picklist(ROOMS), 'recall'),
  run: v.optional(v.nullable(v.pipe(v.string(), v.maxLength(64))), null),
  /** The list of runs as it was left; null: as it comes. */
  runsView: v.optional(v.nullable(RunsViewSchema), null),
  runsViews: v.optional(v.pipe(v.array(NamedViewSchema), v.maxLength(MOST_VIEWS)), []),
  /** Of the parallel coordinates of compared runs. */
  comparedAxes: AxesSchema,
})
export type Settings = v.InferOutput<typeof SettingsSchema>
export const SettingsPatchSchema = v.partial(SettingsSchema)
export type SettingsPatch = Partial<Settings>
export const DEFAULT_SETTINGS: Settings = v.parse(SettingsSchema, {})
