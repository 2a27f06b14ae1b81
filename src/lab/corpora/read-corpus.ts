/** From files to numbers: decoded strictly, unified and counted in one pass, without ever holding the text as one string. */
import { BYTE_SYMBOLS } from '../../engine'
import { LabError } from '../../shared'
import type { CorpusSummary } from '../../shared'
import type { CorpusRequest, CorpusText } from './corpus-api'
import { DecodingFailure } from './decoder'
import { detectEncoding, encodingError } from './detect-encoding'
import type { FileChoice } from '../files/file-choice'
import { createIntake, EXCERPT } from './intake'
import { createByteKeeper } from './keep-bytes'
import type { ByteKeeper } from './keep-bytes'
import { openTextFile } from './open-text-file'
import type { TextFile } from './open-text-file'
import { chooseProbe } from './probe'
import { TokenStore } from './token-store'

const CHUNK_BYTES = 1024 * 1024
const FREQUENT = 24
/** What cutting a string may leave of its last character. */
const HALF_A_PAIR = /[\ud800-\udbff]$/

/** @throws LabError of the files, their encoding and their symbols */
export function readCorpus(request: CorpusRequest): CorpusText {
  const expected = request.files.reduce((sum, path) => sum + sizeOf(path), request.files.length)
  const store = new TokenStore(request.tokens, expected)
  const summaries = request.files.map((path, position) => {
    if (position > 0) store.addText('\n')
    return readFile(path, request, store)
  })
  const { ids, vocabulary } = store.finish()
  const name = summaries.map((summary) => summary.name).join(' + ')
  if (ids.length < 2) throw new LabError('E_CORPUS_TOO_SMALL_FOR_ANY', { name, tokens: ids.length })
  if (ids.every((id) => id === ids[0])) throw new LabError('E_CORPUS_ONE_SYMBOL', { name })
  return { summaries, ids: request.reverse ? ids.reverse() : ids, vocabulary }
}

/** For room to be made in advance: a file that cannot be read, or is too large, is refused before any is. */
function sizeOf(path: FileChoice): number {
  const file = openTextFile(path)
  file.close()
  return file.sizeBytes
}

function readFile(path: FileChoice, request: CorpusRequest, store: TokenStore): CorpusSummary {
  const isBytes = request.tokens === 'byte'
  const { encoding, mark } = isBytes ? { encoding: 'bytes' as const, mark: 0 } : detectEncoding(path, request.encoding)
  const file = openTextFile(path)
  const keeper = createByteKeeper(request.copyTo)
  try {
    return readOpenFile(file, { encoding, mark }, keeper, store)
  } catch (error) {
    throw error instanceof DecodingFailure ? encodingError(file.name, error) : error
  } finally {
    keeper.abandon()
    file.close()
  }
}

function readOpenFile(
  file: TextFile,
  { encoding, mark }: { readonly encoding: CorpusSummary['encoding']; readonly mark: number },
  keeper: ByteKeeper,
  store: TokenStore,
): CorpusSummary {
  const intake = createIntake(encoding, store, file.name, mark)
  const chunk = new Uint8Array(CHUNK_BYTES)
  store.beginFile()
  let skip = mark
  for (let length = file.read(chunk); length > 0; length = file.read(chunk)) {
    const bytes = chunk.subarray(0, length)
    keeper.write(bytes)
    intake.write(bytes.subarray(skip))
    skip = 0
  }
  intake.end()
  file.assertUnchanged(keeper.digest())
  const { characters, tokens, symbols } = store.fileSummary()
  const excerpt = intake.excerpt().slice(0, EXCERPT).replace(HALF_A_PAIR, '')
  return {
    name: file.name,
    sizeBytes: file.sizeBytes,
    encoding,
    characters,
    tokens,
    vocabularySize: encoding === 'bytes' ? BYTE_SYMBOLS.length : symbols.length,
    sha256: keeper.finish(),
    changes: { bom: mark > 0 ? 1 : 0, ...intake.changes, replaced: 0 },
    frequent: symbols.slice(0, FREQUENT),
    excerpt,
    probe: chooseProbe(excerpt),
  }
}
