/** Texts: what was read, what was changed on the way, and how it is shown before a run is started. */
import * as v from 'valibot'

export const ENCODINGS = ['utf-8', 'utf-16le', 'utf-16be', 'cp949'] as const
export type Encoding = (typeof ENCODINGS)[number]
export const EncodingChoiceSchema = v.picklist(['auto', ...ENCODINGS])
export type EncodingChoice = v.InferOutput<typeof EncodingChoiceSchema>

/** How many places each change touched. Nothing is changed without being counted. */
export interface CorpusChanges {
  readonly bom: number
  readonly lineEnds: number
  readonly nfc: number
  readonly replaced: number
}

/** One text file as it will be read (`corpus inspect`, and the preview of the Train room). */
export interface CorpusSummary {
  /** Base name, never a path. */
  readonly name: string
  readonly sizeBytes: number
  /** `bytes`: read as they are (byte tokens). */
  readonly encoding: Encoding | 'bytes'
  /** Unicode code points after decoding (of bytes: the bytes). */
  readonly characters: number
  readonly tokens: number
  readonly vocabularySize: number
  readonly sha256: string
  readonly changes: CorpusChanges
  /** The most frequent symbols, most frequent first. */
  readonly frequent: readonly { readonly symbol: string; readonly count: number }[]
  /** The first characters, for the eye. */
  readonly excerpt: string
  /** The text whose hidden states are shown during training. */
  readonly probe: string
}

/** A summary with the token by which the page names the file (never its path). */
export interface ChosenCorpus extends CorpusSummary {
  readonly token: string
}

/** A text that comes with the lab. */
export interface SampleCorpus {
  readonly id: string
  readonly language: 'en' | 'ko'
  readonly title: { readonly en: string; readonly ko: string }
  readonly about: { readonly en: string; readonly ko: string }
}
