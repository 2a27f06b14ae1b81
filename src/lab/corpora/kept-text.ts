/** A run's text from the lab's own copies of its files: those that a person chose may have changed since. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { LabError } from '../../shared'
import type { CorpusSummary, EncodingChoice, RunConfiguration, RunDetail } from '../../shared'
import type { DataPaths } from '../context'
import type { CorpusText } from './corpus-api'
import type { CorpusReader } from './corpus-reader'

/** @throws LabError E_CORPUS_GONE, E_CORPUS_CHANGED */
export async function readKeptText(
  { run, corpora: known }: Pick<RunDetail, 'run' | 'corpora'>,
  { tokens, reverse }: Pick<RunConfiguration, 'tokens' | 'reverse'>,
  paths: DataPaths,
  read: CorpusReader['read'],
): Promise<CorpusText> {
  const text = await read({ ...keptFiles({ run, corpora: known }, paths), tokens, reverse })
  text.summaries.forEach((summary, i) => {
    const { sha256: expected, name } = known[i]
    if (summary.sha256 !== expected) throw new LabError('E_CORPUS_CHANGED', { name, expected, found: summary.sha256 })
  })
  return text
}

/** Where they lie, and how they are read. @throws LabError E_CORPUS_GONE */
export function keptFiles(
  { run, corpora }: Pick<RunDetail, 'run' | 'corpora'>,
  paths: DataPaths,
): { readonly files: readonly string[]; readonly encoding: EncodingChoice } {
  const files = corpora.map(({ sha256, name }) => {
    const file = join(paths.corpora, sha256)
    if (!existsSync(file)) throw new LabError('E_CORPUS_GONE', { run, name })
    return file
  })
  return { files, encoding: commonEncoding(corpora) }
}

/** Where texts have different ones, each was found by looking, and is found again. */
export function commonEncoding(known: readonly CorpusSummary[]): EncodingChoice {
  const [first] = known
  const isCommon = known.every(({ encoding }) => encoding === first.encoding)
  return isCommon && first.encoding !== 'bytes' ? first.encoding : 'auto'
}
