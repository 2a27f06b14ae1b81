/** How well a text is predicted: by a trained network, and by counting alone. */
export const MEMORY_TASKS = ['repeat', 'brackets', 'adding', 'copy'] as const
export type MemoryTask = (typeof MEMORY_TASKS)[number]

export interface Evaluation {
  /** Mean over all but the first token, nats per token. */
  readonly loss: number
  /** Per Unicode character; per byte for bytes. */
  readonly bitsPerCharacter: number
  readonly perplexity: number
  readonly characters: number
  readonly tokens: number
}

export interface Baseline {
  readonly vocabularySize: number
  /** ln V: what knowing nothing reaches. */
  readonly uniform: number
  /** Of contexts of 0, 1, 2, … tokens: nats per held-out token. */
  readonly orders: readonly { readonly context: number; readonly loss: number }[]
}
