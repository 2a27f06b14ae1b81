/** How well a text is predicted: by a trained network, and by counting alone. */
import * as v from 'valibot'
import type { DistanceRange } from '../../engine'

export type { DistanceRange }

export const MEMORY_TASKS = ['repeat', 'delay', 'brackets', 'adding', 'copy'] as const
export type MemoryTask = (typeof MEMORY_TASKS)[number]

/** Symbols over which something is to be kept. */
export const LONGEST_DISTANCE = 10_000
const DistanceSchema = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(LONGEST_DISTANCE))

/** Distances that are drawn from for each problem, both ends included; equal ends are a single distance. */
export const DistancesSchema = v.pipe(
  v.strictObject({ shortest: DistanceSchema, longest: DistanceSchema }),
  v.check(({ shortest, longest }) => shortest <= longest),
)

/** `10` or `4-16`; null for anything else, and for a range that ends before it begins. */
export function parseDistances(text: string): DistanceRange | null {
  const [, shortest, longest = shortest] = /^(\d{1,9})(?:-(\d{1,9}))?$/.exec(text) ?? []
  const parsed = v.safeParse(DistancesSchema, { shortest: Number(shortest), longest: Number(longest) })
  return parsed.success ? parsed.output : null
}

export function printDistances({ shortest, longest }: DistanceRange): string {
  return shortest === longest ? String(shortest) : `${shortest}-${longest}`
}

export const TaskRequestSchema = v.strictObject({
  task: v.picklist(MEMORY_TASKS),
  distances: DistancesSchema,
  /** In characters. */
  length: v.pipe(v.number(), v.integer(), v.minValue(100), v.maxValue(10_000_000)),
  seed: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(2 ** 32 - 1)),
})
export type TaskRequest = v.InferOutput<typeof TaskRequestSchema>

/** A text that was made by the lab says in its name what it asks: `delay-40-…`, or `delay-4-16-…` for a range. */
export function taskTextName({ task, distances, length, seed }: TaskRequest): string {
  return `${task}-${printDistances(distances)}-${length}-${seed}.txt`
}

/** What the text of that name asks; null for any other text. */
export function taskOfText(name: string | null): TaskRequest | null {
  const [, task, distance, length, seed] = /^([a-z]+)-(\d+(?:-\d+)?)-(\d+)-(\d+)\.txt$/.exec(name ?? '') ?? []
  const distances = parseDistances(distance ?? '')
  const parsed = v.safeParse(TaskRequestSchema, { task, distances, length: Number(length), seed: Number(seed) })
  return parsed.success ? parsed.output : null
}

/** Distances in one request: more are several requests. */
const MOST_DISTANCES = 64

/** Problems that a network is tested with; the seed is not that of the text it learnt. */
export const AnswersRequestSchema = v.strictObject({
  task: TaskRequestSchema.entries.task,
  /** Each is tested on its own. */
  distances: v.pipe(v.array(DistanceSchema), v.minLength(1), v.maxLength(MOST_DISTANCES)),
  seed: TaskRequestSchema.entries.seed,
})
export type AnswersRequest = v.InferOutput<typeof AnswersRequestSchema>

/** For a network that learnt a text of this seed. */
export const testSeed = (seed: number): number => (seed ^ 0x5bd1e995) >>> 0

export interface DistanceAnswers {
  readonly distance: number
  readonly right: number
  readonly answers: number
  /** right / answers. */
  readonly share: number
}

/** How many of a task's answers the most probable symbol is. */
export interface TaskAnswers {
  /** Over all distances that were tested. */
  readonly right: number
  readonly answers: number
  /** The share that is right by guessing evenly; null where that isn't one number. */
  readonly chance: number | null
  /** In the order in which they were asked for. */
  readonly distances: readonly DistanceAnswers[]
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
