/** How much of a task's answers a model gives right, at each distance, on problems that it has not seen. */
import { answerPlaces, chanceOf, Tokeniser, tracePieces, writeQuestions } from '../../engine'
import type { Reader, Task } from '../../engine'
import { LabError } from '../../shared'
import type { AnswersRequest, DistanceAnswers, TaskAnswers } from '../../shared'
import type { Model } from '../models/model-file'

/** Per distance: the share of so many is right to about a thirtieth. */
const PROBLEMS = 200

/** Yields between pieces. @throws LabError E_TASK_REVERSED; EngineError E_SYMBOLS_UNKNOWN */
export function* answerPieces(
  model: Model,
  reader: Reader,
  { task, distances, seed }: AnswersRequest,
): Generator<unknown, TaskAnswers> {
  if (model.reverse) throw new LabError('E_TASK_REVERSED', { task })
  const found: DistanceAnswers[] = []
  for (const distance of distances) {
    found.push(yield* distancePieces(model, reader, task, distance, seed))
  }
  const total = (of: 'right' | 'answers'): number => found.reduce((sum, one) => sum + one[of], 0)
  return { right: total('right'), answers: total('answers'), chance: chanceOf(task), distances: found }
}

/** The problems of one distance are read as one stream from a zero state, whatever else is tested. */
function* distancePieces(
  { tokens, vocabulary }: Model,
  reader: Reader,
  task: Task,
  distance: number,
  seed: number,
): Generator<unknown, DistanceAnswers> {
  const lines = writeQuestions(task, distance, PROBLEMS, seed)
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
  return { distance, right, answers, share: right / answers }
}
