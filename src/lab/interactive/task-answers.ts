/** How much of a task's answers a model gives right: it reads problems it has not seen, as one stream from a zero state. */
import { answerPlaces, chanceOf, Tokeniser, tracePieces, writeProblems } from '../../engine'
import { LabError } from '../../shared'
import type { AnswersRequest, TaskAnswers } from '../../shared'
import type { Model } from '../models/model-file'

/** The share of so many is right to about a thirtieth. */
const PROBLEMS = 200

/** @param turn lets messages in between pieces. @throws LabError E_TASK_REVERSED; EngineError E_SYMBOLS_UNKNOWN */
export async function answerTask(
  { shape, parameters, tokens, vocabulary, reverse }: Model,
  { task, distance, seed }: AnswersRequest,
  turn: () => Promise<void>,
): Promise<TaskAnswers> {
  if (reverse) throw new LabError('E_TASK_REVERSED', { task })
  const lines = writeProblems(task, distance, PROBLEMS, seed)
  // Every character of a task is one token of any kind.
  const ids = new Tokeniser(tokens, vocabulary).encode(lines.join(''), false)
  const pieces = tracePieces(shape, parameters, ids, { top: 1, distributions: false })
  let piece = pieces.next()
  while (!piece.done) {
    await turn()
    piece = pieces.next()
  }
  const expected = piece.value.topTokens
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
