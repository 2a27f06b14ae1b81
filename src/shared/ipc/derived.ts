/** The types on either side of the contract, derived from it and never written by hand. */
import type * as v from 'valibot'
import type { ChosenCorpus } from '../domain/corpus'
import type { ChosenModel } from '../domain/model-file'
import type { CarriedIn } from '../domain/run'
import type { ErrorReport } from '../errors'
import type { CallDeclaration, EventBatch } from './contract'
import type { CALLS } from './contract'

type Calls = typeof CALLS
type InputOf<Declaration> = Declaration extends CallDeclaration<infer Schema, unknown> ? v.InferInput<Schema> : never
type ParsedOf<Declaration> = Declaration extends CallDeclaration<infer Schema, unknown> ? v.InferOutput<Schema> : never
type OutputOf<Declaration> = Declaration extends { readonly output?: infer Output } ? Exclude<Output, undefined> : never

/** What every call answers: a value, or an error that can be shown. Never a rejection with a stack. */
export type Result<Value> =
  { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly error: ErrorReport }

/** main: one function a call, given the parsed input. */
export type LabHandlers = {
  readonly [Group in keyof Calls]: {
    readonly [Name in keyof Calls[Group]]: (
      input: ParsedOf<Calls[Group][Name]>,
    ) => Promise<OutputOf<Calls[Group][Name]>>
  }
}

/** The page: the same functions over the bridge. */
export type LabCalls = {
  readonly [Group in keyof Calls]: {
    readonly [Name in keyof Calls[Group]]: (
      input: InputOf<Calls[Group][Name]>,
    ) => Promise<Result<OutputOf<Calls[Group][Name]>>>
  }
}

/** `window.lab`; `Dropped` is the page's `File`, which this layer doesn't know. */
export interface LabBridge<Dropped = never> extends LabCalls {
  /** Files a person dropped: their paths go to main alone, which answers as `corpora.choose` does. */
  readonly dropFiles: (files: readonly Dropped[]) => Promise<Result<readonly ChosenCorpus[]>>
  /** The same of bundles of runs: they are brought in. */
  readonly dropRuns: (files: readonly Dropped[]) => Promise<Result<readonly CarriedIn[]>>
  /** The same of one model's file: what it holds, as `carry.chooseModel` answers. */
  readonly dropModel: (file: Dropped) => Promise<Result<ChosenModel>>
  /** Hears batches in order; each is acknowledged once the listener has returned. One listener a page. */
  readonly onEvents: (listener: (batch: EventBatch) => void) => () => void
}

/** Dotted names of all calls: `runs.list`. */
export type CallName = {
  [Group in keyof Calls & string]: `${Group}.${keyof Calls[Group] & string}`
}[keyof Calls & string]
