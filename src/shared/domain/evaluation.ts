/** How well a text is predicted: by a trained network, and by counting alone. */
import * as v from 'valibot'

export const MEMORY_TASKS = ['repeat', 'delay', 'brackets', 'adding', 'copy'] as const
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

/** A text that was made by the lab says in its name what it asks. */
export function taskTextName({ task, distance, length, seed }: TaskRequest): string {
  return `${task}-${distance}-${length}-${seed}.txt`
}

/** What the text of that name asks; null for any other text. */
export function taskOfText(name: string | null): TaskRequest | null {
  const [, task, ...numbers] = /^([a-z]+)-(\d+)-(\d+)-(\d+)\.txt$/.exec(name ?? '') ?? []
  const [distance, length, seed] = numbers.map(Number)
  const parsed = v.safeParse(TaskRequestSchema, { task, distance, length, seed })
  return parsed.success ? parsed.output : null
}

/** Problems that a network is asked; the seed is not that of the text it learnt. */
export const AnswersRequestSchema = v.strictObject({
  task: TaskRequestSchema.entries.task,
  distance: TaskRequestSchema.entries.distance,
  seed: TaskRequestSchema.entries.seed,
})
export type AnswersRequest = v.InferOutput<typeof AnswersRequestSchema>

/** Of a text that was made with another seed. */
export function answersRequest({ task, distance, seed }: TaskRequest): AnswersRequest {
  return { task, distance, seed: (seed ^ 0x5bd1e995) >>> 0 }
}

/** How many of a task's answers the most probable symbol is. */
export interface TaskAnswers {
  readonly right: number
  readonly answers: number
  /** The share that is right by guessing evenly; null where that isn't one number. */
  readonly chance: number | null
}

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
