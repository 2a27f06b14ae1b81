/** Whether a run can begin with a model's parameters: the same network, reading the same tokens in the same direction. */
import { basename } from 'node:path'
import type { ModelShape } from '../../engine'
import { LabError } from '../../shared'
import type { TokenKind } from '../../shared'
import type { Model } from '../models/model-file'

/** What a model is besides its parameters. */
export type ModelDescription = Omit<Model, 'parameters'> & {
  /** Of its parameters. */
  readonly digest: string
}

export interface WantedModel {
  readonly shape: ModelShape
  readonly vocabulary: readonly string[]
  readonly tokens: TokenKind
  readonly reverse: boolean
}

/** @throws LabError E_MODEL_OTHER with the first thing that differs */
export function assertSameNetwork(path: string, found: Omit<ModelDescription, 'digest'>, wanted: WantedModel): void {
  const same = (what: string, there: string | number | boolean, here: string | number | boolean): void => {
    if (there === here) return
    throw new LabError('E_MODEL_OTHER', {
      file: basename(path),
      what,
      found: String(there),
      expected: String(here),
    })
  }
  for (const name of ['cell', 'layers', 'hidden', 'embedding'] as const) {
    same(name, found.shape[name], wanted.shape[name])
  }
  same('window', windowOf(found.shape), windowOf(wanted.shape))
  same('tokens', found.tokens, wanted.tokens)
  same('reverse', found.reverse, wanted.reverse)
  const at = wanted.vocabulary.findIndex((symbol, i) => symbol !== found.vocabulary[i])
  const symbolAt = (vocabulary: readonly string[]): string =>
    `${vocabulary.length} tokens${at < 0 ? '' : ` with ${JSON.stringify(vocabulary[at] ?? null)} at ${at}`}`
  same('vocabulary', symbolAt(found.vocabulary), symbolAt(wanted.vocabulary))
}

const windowOf = (shape: ModelShape): number => (shape.cell === 'window' ? shape.window : 0)
