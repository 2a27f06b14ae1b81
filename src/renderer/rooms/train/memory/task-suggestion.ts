/** The setting that comes with a text made for a memory task, and leaves with it. */
import type { RunConfiguration, TaskRequest } from '../../../../shared'
import { FIRST_STEPS, LEARNS_RANGES, memorySetting } from './memory-setting'

export interface TaskSuggestion {
  /** Of the text that was made. */
  readonly token: string
  readonly given: Partial<RunConfiguration>
  /** What was set before, field by field. */
  readonly replaced: Partial<RunConfiguration>
}

type Field = keyof RunConfiguration

function pick(fields: readonly Field[], from: Partial<RunConfiguration>): Partial<RunConfiguration> {
  return Object.fromEntries(fields.map((field) => [field, from[field]]))
}

const haveSame = (a: Partial<RunConfiguration>, b: Partial<RunConfiguration>, field: Field): boolean =>
  a[field] === b[field]

/**
 * A setting in which the task is learnt within minutes. Fields that a person has changed stay.
 * @param untouched the setting in which nothing was changed
 */
export function suggestForTask(
  token: string,
  { distances }: TaskRequest,
  current: RunConfiguration,
  untouched: RunConfiguration,
): TaskSuggestion {
  const wanted = { ...memorySetting(distances.longest, FIRST_STEPS, current.seed), ...LEARNS_RANGES }
  const fields = (Object.keys(wanted) as Field[]).filter(
    (field) => haveSame(current, untouched, field) && !haveSame(current, wanted, field),
  )
  return { token, given: pick(fields, wanted), replaced: pick(fields, current) }
}

/** The fields to set back once the text has left; those that were changed since stay. */
export function withdrawSuggestion(
  { given, replaced }: TaskSuggestion,
  current: RunConfiguration,
): Partial<RunConfiguration> {
  const fields = (Object.keys(given) as Field[]).filter((field) => haveSame(current, given, field))
  return pick(fields, replaced)
}
