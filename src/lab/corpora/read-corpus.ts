/** From files to numbers: decoded strictly, unified and counted in one pass, without ever holding the text as one string. */
import { LabError } from '../../shared'
import type { CorpusSummary } from '../../shared'
import type { CorpusRequest, CorpusText } from './corpus-api'
import { createDecoder, DecodingFailure } from './decoder'
import { detectEncoding, encodingError } from './detect-encoding'
import type { FileEncoding } from './detect-encoding'
import { createByteKeeper } from './keep-bytes'
import type { ByteKeeper } from './keep-bytes'
import { Normaliser } from './normaliser'
import { openTextFile } from './open-text-file'
import type { TextFile } from './open-text-file'
import { chooseProbe } from './probe'
import { TokenStore } from './token-store'

const CHUNK_BYTES = 1024 * 1024
const EXCERPT = 600
const FREQUENT = 24
/** What cutting a string may leave of its last character. */
const HALF_A_PAIR = /[\ud800-\udbff]$/

/** @throws LabError of the files, their encoding and their symbols */
export function readCorpus(request: CorpusRequest): CorpusText {
  if (request.tokens !== 'character') throw new LabError('E_NOT_AVAILABLE', { what: `--tokens ${request.tokens}` })
  const expected = request.files.reduce((sum, path) => sum + sizeOf(path), request.files.length)
  const store = new TokenStore(expected)
  const summaries = request.files.map((path, position) => {
    if (position > 0) store.add('\n')
    return readFile(path, request, store)
  })
  const { ids, vocabulary } = store.finish()
  const name = summaries.map((summary) => summary.name).join(' + ')
  if (ids.length === 0) {
    const fits = { batch: 1, sequence: 1, fitBatch: 1, fitSequence: 1 }
    throw new LabError('E_CORPUS_TOO_SMALL', { name, tokens: 0, ...fits })
  }
  if (vocabulary.length < 2) throw new LabError('E_CORPUS_ONE_SYMBOL', { name })
  return { summaries, ids, vocabulary }
}

/** For room to be made in advance: a file that cannot be read, or is too large, is refused before any is. */
function sizeOf(path: string): number {
  const file = openTextFile(path)
  file.close()
  return file.sizeBytes
}

function readFile(path: string, request: CorpusRequest, store: TokenStore): CorpusSummary {
  const encoding = detectEncoding(path, request.encoding)
  const file = openTextFile(path)
  const keeper = createByteKeeper(request.copyTo)
  try {
    return readOpenFile(file, encoding, keeper, store)
  } catch (error) {
    throw error instanceof DecodingFailure ? encodingError(file.name, error) : error
  } finally {
    keeper.abandon()
    file.close()
  }
}

function readOpenFile(file: TextFile, { encoding, mark }: FileEncoding, keeper: ByteKeeper, store: TokenStore) {
  const decoder = createDecoder(encoding, mark)
  const normaliser = new Normaliser()
  const chunk = new Uint8Array(CHUNK_BYTES)
  let excerpt = ''
  const take = (text: string): void => {
    if (excerpt.length < EXCERPT) excerpt += text.slice(0, EXCERPT)
    store.add(text, file.name)
  }
  store.beginFile()
  let skip = mark
  for (let length = file.read(chunk); length > 0; length = file.read(chunk)) {
    const bytes = chunk.subarray(0, length)
    keeper.write(bytes)
    take(normaliser.write(decoder.write(bytes.subarray(skip))))
    skip = 0
  }
  take(normaliser.write(decoder.end()))
  take(normaliser.end())
  file.assertUnchanged()
  const { tokens, symbols } = store.fileSummary()
  const beginning = excerpt.slice(0, EXCERPT).replace(HALF_A_PAIR, '')
  return {
    name: file.name,
    sizeBytes: file.sizeBytes,
    encoding,
    characters: tokens,
    tokens,
    vocabularySize: symbols.length,
    sha256: keeper.finish(),
    changes: { bom: mark > 0 ? 1 : 0, ...normaliser.changes, replaced: 0 },
    frequent: symbols.slice(0, FREQUENT),
    excerpt: beginning,
    probe: chooseProbe(beginning),
  } satisfies CorpusSummary
}
