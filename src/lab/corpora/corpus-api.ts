/** What the corpus worker does: reads texts, one file or several joined, and copies their bytes into the data directory. */
import type { TokenIds } from '../../engine'
import type { Baseline, CorpusSummary, EncodingChoice, TaskRequest, TokenKind } from '../../shared'
import type { FileChoice } from '../files/file-choice'
import type { TokensPerCharacter } from '../lab'

export interface CorpusRequest {
  /** Absolute paths, joined by one line end in this order. */
  readonly files: readonly FileChoice[]
  readonly encoding: EncodingChoice
  readonly tokens: TokenKind
  /** Whether the numbers come from the text's end to its beginning. */
  readonly reverse?: boolean
  /** A folder in which the bytes of each file are kept under their SHA-256; null: not kept. */
  readonly copyTo: string | null
}

export interface SplitRequest extends CorpusRequest {
  /** Share of the text that is held out. */
  readonly validation: number
}

export interface BaselineRequest extends SplitRequest {
  readonly maxContext: number
}

export interface CorpusText {
  readonly summaries: readonly CorpusSummary[]
  /** In shared memory. */
  readonly ids: TokenIds
  readonly vocabulary: readonly string[]
}

export interface CorpusApi {
  readonly inspect: (request: CorpusRequest) => readonly CorpusSummary[]
  readonly read: (request: CorpusRequest) => CorpusText
  /** Writes a text made for a question of memory. */
  readonly generate: (file: string, request: TaskRequest) => void
  readonly baseline: (request: BaselineRequest) => Baseline
  readonly tokensPerCharacter: (request: SplitRequest) => TokensPerCharacter
}
