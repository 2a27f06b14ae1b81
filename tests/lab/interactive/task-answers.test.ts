/** How much of a task's answers a model gives right: told by models of which it is known. */
import { describe, expect, it } from 'vitest'
import { createLayout, createReader, writeProblems } from '../../../src/engine'
import type { ModelShape } from '../../../src/engine'
import { answerPieces } from '../../../src/lab/interactive/task-answers'
import type { Model } from '../../../src/lab/models/model-file'
import type { TaskAnswers } from '../../../src/shared'
import { answersRequest, taskOfText, taskTextName } from '../../../src/shared'
import { errorOf, failureOf } from '../support/errors'

const VOCABULARY = [...'\n.?abcdefgh']
const V = VOCABULARY.length

function answersOf(model: Model, distance: number, heard: () => void = () => undefined): TaskAnswers {
  const reader = createReader(model.shape, model.parameters)
  const pieces = answerPieces(model, reader, { task: 'delay', distance, seed: 3 })
  for (;;) {
    const piece = pieces.next()
    if (piece.done) return piece.value
    heard()
  }
}

function model(shape: ModelShape, set: (tensor: (name: string) => Float32Array) => void): Model {
  const layout = createLayout(shape)
  const parameters = new Float32Array(layout.size)
  set((name) => {
    const found = layout.tensors.find((tensor) => tensor.name === name)
    if (!found) throw new Error(`no ${name}`)
    return parameters.subarray(found.offset, found.offset + found.size)
  })
  return { shape, parameters, tokens: 'character', vocabulary: VOCABULARY, reverse: false }
}

/** A window that looks at the token `distance` + 2 places back and says the same again. */
function lookingBack(distance: number): Model {
  const window = distance + 2
  return model({ cell: 'window', window, layers: 1, hidden: V, vocabulary: V, embedding: 0 }, (tensor) => {
    const hidden = tensor('hidden.0.weight') // (H, k·V), oldest first
    const decoder = tensor('decoder.weight') // (V, H)
    for (let v = 0; v < V; v++) {
      hidden[v * window * V + v] = 2
      decoder[v * V + v] = 5
    }
  })
}

describe('answers of a memory task', () => {
  it('are all right of a network that looks so far back', () => {
    expect(answersOf(lookingBack(7), 7)).toEqual({
      right: 200,
      answers: 200,
      chance: 1 / 8,
    })
  })

  it('are right where the answer is what is always said, and nowhere else', () => {
    const shape = { cell: 'vanilla', layers: 1, hidden: 2, vocabulary: V, embedding: 0 } as const
    const always = model(shape, (tensor) => void (tensor('decoder.bias')[VOCABULARY.indexOf('c')] = 1))
    const expected = writeProblems('delay', 7, 200, 3).filter((line) => line.startsWith('c')).length
    expect(answersOf(always, 7)).toEqual({ right: expected, answers: 200, chance: 1 / 8 })
  })

  it('lets messages in between', () => {
    let turns = 0
    answersOf(lookingBack(7), 7, () => void (turns += 1))
    expect(turns).toBeGreaterThan(3)
  })

  it('are not asked of a network that reads from the end', () => {
    const reversed = { ...lookingBack(7), reverse: true }
    expect(failureOf(() => answersOf(reversed, 7))).toEqual(errorOf('E_TASK_REVERSED'))
  })
})

describe('the name of a text', () => {
  it('says what it asks', () => {
    const request = { task: 'delay', distance: 40, length: 200_000, seed: 3 } as const
    expect(taskOfText(taskTextName(request))).toEqual(request)
    for (const name of ['book.txt', 'delay-0-1000-1.txt', 'other-1-1000-1.txt', 'delay-1-1000-1.txt + b.txt', null]) {
      expect(taskOfText(name)).toBeNull()
    }
  })

  it('and what is asked afterwards is made from another seed', () => {
    const asked = answersRequest({ task: 'delay', distance: 40, length: 200_000, seed: 3 })
    expect(asked).toMatchObject({ task: 'delay', distance: 40 })
    expect(asked.seed).not.toBe(3)
  })
})
