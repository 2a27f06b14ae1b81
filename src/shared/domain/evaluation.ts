/** How well a text is predicted: by a trained network, and by counting alone. */
import * as v from 'valibot'

export const MEMORY_TASKS = ['repeat', 'brackets', 'adding', 'copy'] as const
export type MemoryTask = (typeof MEMORY_TASKS)[number]

export const TaskRequestSchema = v.strictObject({
  task: v.picklist(MEMORY_TASKS),
  /** Symbols over which something is to be kept. */
  distance: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(10_000)),
  /** In characters. */
  length: v.pipe(v.number(), v.integer(), v.minValue(100), v.maxValue(10_000_000)),
  seed: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(2 ** 32 - 1)),
})
export type TaskRequest = v.InferOutput<typeof TaskRequestSchema>

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
