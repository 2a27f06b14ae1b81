/** How much of a task's answers a model gives right: told by models of which it is known. */
import { describe, expect, it } from 'vitest'
import { createLayout, createReader, writeQuestions } from '../../../src/engine'
import type { ModelShape } from '../../../src/engine'
import { answerPieces } from '../../../src/lab/interactive/task-answers'
import type { Model } from '../../../src/lab/models/model-file'
import type { TaskAnswers } from '../../../src/shared'
import { parseDistances, printDistances, taskOfText, taskTextName, testSeed } from '../../../src/shared'
import { errorOf, failureOf } from '../support/errors'

const VOCABULARY = [...'\n.?abcdefgh']
const V = VOCABULARY.length

function answersOf(model: Model, distances: readonly number[], heard: () => void = () => undefined): TaskAnswers {
  const reader = createReader(model.shape, model.parameters)
  const pieces = answerPieces(model, reader, { task: 'delay', distances: [...distances], seed: 3 })
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
    expect(answersOf(lookingBack(7), [7])).toEqual({
      right: 200,
      answers: 200,
      chance: 1 / 8,
      distances: [{ distance: 7, right: 200, answers: 200, share: 1 }],
    })
  })

  it('are right where the answer is what is always said, and nowhere else', () => {
    const shape = { cell: 'vanilla', layers: 1, hidden: 2, vocabulary: V, embedding: 0 } as const
    const always = model(shape, (tensor) => void (tensor('decoder.bias')[VOCABULARY.indexOf('c')] = 1))
    const expected = writeQuestions('delay', 7, 200, 3).filter((line) => line.startsWith('c')).length
    expect(answersOf(always, [7])).toMatchObject({ right: expected, answers: 200, chance: 1 / 8 })
  })

  it('are told for each distance, and a network that keeps time is right at one of them alone', () => {
    const { right, answers, distances } = answersOf(lookingBack(7), [6, 7, 8])
    expect(distances.map(({ distance }) => distance)).toEqual([6, 7, 8])
    expect(distances.map(({ share }) => share)).toEqual([0, 1, 0])
    expect([right, answers]).toEqual([200, 600])
    for (const alone of distances) expect(answersOf(lookingBack(7), [alone.distance]).distances).toEqual([alone])
  })

  it('lets messages in between', () => {
    let turns = 0
    answersOf(lookingBack(7), [7], () => void (turns += 1))
    expect(turns).toBeGreaterThan(3)
  })

  it('are not asked of a network that reads from the end', () => {
    const reversed = { ...lookingBack(7), reverse: true }
    expect(failureOf(() => answersOf(reversed, [7]))).toEqual(errorOf('E_TASK_REVERSED'))
  })
})

describe('the name of a text', () => {
  it.each(['delay-40-200000-3.txt', 'delay-4-16-200000-3.txt'])('%s says what it asks', (name) => {
    const asked = taskOfText(name)
    expect(asked).toMatchObject({ task: 'delay', length: 200_000, seed: 3 })
    expect(asked && taskTextName(asked)).toBe(name)
  })

  it('is that of a text with one distance, as it was before there were ranges', () => {
    expect(taskOfText('repeat-10-100000-1.txt')?.distances).toEqual({ shortest: 10, longest: 10 })
    expect(taskOfText('repeat-10-10-100000-1.txt')?.distances).toEqual({ shortest: 10, longest: 10 })
  })

  it.each([
    'book.txt',
    'delay-0-1000-1.txt',
    'delay-16-4-1000-1.txt',
    'delay-0-3-1000-1.txt',
    'delay-1-2-3-1000-1.txt',
    'other-1-1000-1.txt',
    'delay-1-1000-1.txt + b.txt',
    null,
  ])('%s asks for nothing', (name) => {
    expect(taskOfText(name)).toBeNull()
  })

  it('leads to problems of another seed', () => {
    for (const seed of [0, 1, 3, 2 ** 32 - 1]) {
      expect(testSeed(seed)).not.toBe(seed)
      expect(testSeed(seed)).toBeGreaterThanOrEqual(0)
    }
  })
})

describe('distances', () => {
  it('are read as one or as a range, and written as they were read', () => {
    for (const text of ['1', '10', '4-16', '1-10000']) {
      const distances = parseDistances(text)
      expect(distances && printDistances(distances)).toBe(text)
    }
    expect(parseDistances('10-10')).toEqual({ shortest: 10, longest: 10 })
  })

  it.each(['', '0', '16-4', '0-3', 'a-b', '4-', '-4', '4-10001', '4-16-20', '4,16', ' 4', '1.5', '4 - 16', '1e3'])(
    '%j is neither',
    (text) => {
      expect(parseDistances(text)).toBeNull()
    },
  )
})
