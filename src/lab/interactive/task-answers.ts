/** How much of a task's answers a model gives right: it reads problems it has not seen, as one stream from a zero state. */
import { answerPlaces, chanceOf, Tokeniser, tracePieces, writeProblems } from '../../engine'
import type { Reader } from '../../engine'
import { LabError } from '../../shared'
import type { AnswersRequest, TaskAnswers } from '../../shared'
import type { Model } from '../models/model-file'

/** The share of so many is right to about a thirtieth. */
const PROBLEMS = 200

/** Yields between pieces. @throws LabError E_TASK_REVERSED; EngineError E_SYMBOLS_UNKNOWN */
export function* answerPieces(
  { tokens, vocabulary, reverse }: Model,
  reader: Reader,
  { task, distance, seed }: AnswersRequest,
): Generator<unknown, TaskAnswers> {
  if (reverse) throw new LabError('E_TASK_REVERSED', { task })
  const lines = writeProblems(task, distance, PROBLEMS, seed)
  // Every character of a task is one token of any kind.
  const ids = new Tokeniser(tokens, vocabulary).encode(lines.join(''), false)
  const { topTokens: expected } = yield* tracePieces(reader, ids, { top: 1, distributions: false })
  let [right, answers, start] = [0, 0, 0]
  for (const line of lines) {
    for (const place of answerPlaces(task, line)) {
      answers += 1
      if (expected[start + place - 1] === ids[start + place]) right += 1
    }
    start += line.length
  }
  return { right, answers, chance: chanceOf(task) }
}
