/** What counting reaches on the text of a run, counted once for all runs that share a text and its split. */
import { LabError } from '../../shared'
import type { Baseline, RunId } from '../../shared'
import type { LabContext } from '../context'
import type { BaselineRequest } from './corpus-api'
import { keptFiles } from './kept-text'

/** Tokens that are looked back at most: more seldom help on texts that people bring. */
const MAX_CONTEXT = 6
/** Answers that are kept; the oldest goes first. */
const MOST_KEPT = 32

export interface RunBaselines {
  /** @throws LabError E_RUN_UNKNOWN, E_RUN_STATE, E_CORPUS_GONE, E_NOTHING_HELD_OUT */
  readonly of: (run: RunId) => Promise<Baseline>
}

export function createRunBaselines(
  { database, paths }: Pick<LabContext, 'database' | 'paths'>,
  count: (request: BaselineRequest) => Promise<Baseline>,
): RunBaselines {
  const kept = new Map<string, Promise<Baseline>>()

  function remember(key: string, counted: Promise<Baseline>): Promise<Baseline> {
    kept.set(key, counted)
    counted.catch(() => kept.delete(key))
    const [oldest] = kept.keys()
    if (kept.size > MOST_KEPT) kept.delete(oldest)
    return counted
  }

  return {
    of: async (run) => {
      const detail = await database.showRun(run)
      const { configuration, status } = detail
      if (configuration === null || detail.corpora.length === 0) {
        throw new LabError('E_RUN_STATE', { run, status, action: 'be held against counting: it has no text' })
      }
      const { tokens, reverse, validation } = configuration
      const request: BaselineRequest = {
        ...keptFiles(detail, paths),
        tokens,
        reverse,
        validation,
        maxContext: MAX_CONTEXT,
        copyTo: null,
      }
      const key = JSON.stringify(request)
      return kept.get(key) ?? remember(key, count(request))
    },
  }
}
