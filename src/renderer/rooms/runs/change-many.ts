/** Any number of runs changed: by as many calls as they need, one after another, told as one. */
import { MOST_CHANGED } from '../../../shared'
import type { RunId, RunsChanged } from '../../../shared'

/** In one call: few enough that one sees it go on. */
export const CHANGED_AT_ONCE = Math.min(500, MOST_CHANGED)

/** @param tell how many calls have dealt with so far, where there are several */
export async function changeMany(
  runs: readonly RunId[],
  change: (some: RunId[]) => Promise<RunsChanged>,
  tell: (dealt: number) => void = () => undefined,
): Promise<RunsChanged> {
  let all: RunsChanged = { done: [], refused: null, failed: null }
  for (let from = 0; from < runs.length; from += CHANGED_AT_ONCE) {
    if (runs.length > CHANGED_AT_ONCE) tell(from)
    const { done, refused, failed } = await change(runs.slice(from, from + CHANGED_AT_ONCE))
    all = { done: [...all.done, ...done], refused: all.refused ?? refused, failed: all.failed ?? failed }
    // A run that is gone leaves the others to be changed; a full disk doesn't.
    if (failed !== null && failed.code !== 'E_RUN_UNKNOWN') break
  }
  return all
}

/** How long after a deed the same one counts as the same press: a double click, a key that was held. */
const SAME_PRESS_MS = 600

/** Begins a deed that must not be begun twice by one impatient press. */
export function createOnce(): (deed: string, work: () => Promise<unknown>) => Promise<void> {
  const begun = new Set<string>()
  return async (deed, work) => {
    if (begun.has(deed)) return
    begun.add(deed)
    try {
      await work()
    } finally {
      setTimeout(() => begun.delete(deed), SAME_PRESS_MS)
    }
  }
}
