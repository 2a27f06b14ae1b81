/** What counting reaches on the text of a run, counted once for all runs that share a text, its reading and its split. */
import { LabError } from '../../shared'
import type { Baseline, RunId } from '../../shared'
import type { LabContext } from '../context'
import type { BaselineRequest } from './corpus-api'
import { commonEncoding, keptFiles } from './kept-text'

/** Tokens that are looked back at most: more seldom help on texts that people bring. */
const MAX_CONTEXT = 6
/** Answers that are kept in memory; the oldest goes first. The database has all of them. */
const MOST_KEPT = 32

export interface RunBaselines {
  /** @throws LabError E_RUN_UNKNOWN, E_RUN_STATE, E_CORPUS_GONE where it was not counted before, E_NOTHING_HELD_OUT */
  readonly of: (run: RunId) => Promise<Baseline>
  /** The same where it was counted before, else null. @throws LabError E_RUN_UNKNOWN, E_RUN_STATE */
  readonly known: (run: RunId) => Promise<Baseline | null>
}

export function createRunBaselines(
  { database, host, paths }: Pick<LabContext, 'database' | 'host' | 'paths'>,
  count: (request: BaselineRequest) => Promise<Baseline>,
): RunBaselines {
  const kept = new Map<string, Promise<Baseline>>()

  function remember(reading: string, counted: Promise<Baseline>): Promise<Baseline> {
    kept.set(reading, counted)
    counted.catch(() => kept.delete(reading))
    const [oldest] = kept.keys()
    if (kept.size > MOST_KEPT) kept.delete(oldest)
    return counted
  }

  /** Files are asked for only where it was never counted: a figure outlives its text. */
  async function find(reading: string, request: () => BaselineRequest): Promise<Baseline> {
    const known = await database.readBaseline(reading)
    if (known !== null) return known
    const counted = await count(request())
    try {
      await database.writeBaseline(reading, counted)
    } catch (error) {
      host.log(`a baseline could not be kept: ${String(error)}`) // it is counted again another time
    }
    return counted
  }

  async function readingOf(run: RunId): Promise<{ reading: string; request: () => BaselineRequest }> {
    const detail = await database.showRun(run)
    const { configuration, corpora, status } = detail
    if (configuration === null || corpora.length === 0) {
      throw new LabError('E_RUN_STATE', { run, status, action: 'be held against counting: it has no text' })
    }
    const { tokens, reverse, validation } = configuration
    const how = { tokens, reverse, validation, maxContext: MAX_CONTEXT }
    const texts = corpora.map(({ sha256 }) => sha256)
    return {
      reading: JSON.stringify({ texts, encoding: commonEncoding(corpora), ...how }),
      request: () => ({ ...keptFiles(detail, paths), ...how, copyTo: null }),
    }
  }

  return {
    of: async (run) => {
      const { reading, request } = await readingOf(run)
      return kept.get(reading) ?? remember(reading, find(reading, request))
    },
    known: async (run) => database.readBaseline((await readingOf(run)).reading),
  }
}
