/**
 * What of the experiments survives closing the app: which is looked at, how each is set, and the runs whose results are
 * shown. What can't be read is as if nothing had been kept.
 */
import * as v from 'valibot'
import { DEFAULTS, EXPERIMENTS, ExperimentSettingsSchema, STORED_EXPERIMENTS } from './experiment-settings'

const runs = v.pipe(v.array(v.string()), v.maxLength(16))

const DraftSchema = v.object({
  version: v.literal(1),
  kind: v.picklist(EXPERIMENTS),
  settings: ExperimentSettingsSchema,
  runs: v.object({ capacity: runs, basin: runs, landscape: runs, attractors: runs }),
})
export type ExperimentDraft = v.InferOutput<typeof DraftSchema>
export type ShownRuns = ExperimentDraft['runs']

export const NO_RUNS: ShownRuns = { capacity: [], basin: [], landscape: [], attractors: [] }

export const NEW_DRAFT: ExperimentDraft = {
  version: 1,
  kind: STORED_EXPERIMENTS[0],
  settings: DEFAULTS,
  runs: NO_RUNS,
}

export function parseExperimentDraft(text: string | null): ExperimentDraft {
  if (text === null) return NEW_DRAFT
  try {
    const parsed = v.safeParse(DraftSchema, JSON.parse(text))
    return parsed.success ? parsed.output : NEW_DRAFT
  } catch {
    return NEW_DRAFT
  }
}
