/** What counting reaches on the part of a text that training would hold out. */
import { countingLosses, log } from '../../engine'
import { LabError } from '../../shared'
import type { Baseline } from '../../shared'
import type { BaselineRequest } from './corpus-api'
import { readCorpus } from './read-corpus'

/** @throws LabError of the files; E_NOTHING_HELD_OUT */
export function computeBaseline({ validation, maxContext, ...request }: BaselineRequest): Baseline {
  const { ids, vocabulary, summaries } = readCorpus(request)
  const held = Math.floor(ids.length * validation)
  if (held === 0) {
    const name = summaries.map((summary) => summary.name).join(' + ')
    throw new LabError('E_NOTHING_HELD_OUT', { name, tokens: ids.length })
  }
  const losses = countingLosses(ids, vocabulary.length, ids.length - held, maxContext)
  return {
    vocabularySize: vocabulary.length,
    uniform: log(vocabulary.length),
    orders: losses.map((loss, context) => ({ context, loss })),
  }
}
