/** Texts that ask for memory: every whole line is a right problem, and a seed is a text. */
import { describe, expect, it } from 'vitest'
import { answerPlaces, chanceOf, writeQuestions, writeTask } from '../../src/engine'

const only = (distance: number) => ({ shortest: distance, longest: distance })
const TASKS = ['repeat', 'delay', 'brackets', 'adding', 'copy'] as const
const linesOf = (task: (typeof TASKS)[number], distance: number): string[] =>
  writeTask(task, only(distance), 5000, 1).split('\n').slice(0, -1)

describe('tasks', () => {
  it.each(TASKS)('%s has the length that was asked for, and depends on the seed alone', (task) => {
    expect(writeTask(task, only(7), 1234, 1)).toHaveLength(1234)
    expect(writeTask(task, only(7), 1234, 1)).toBe(writeTask(task, only(7), 1234, 1))
    expect(writeTask(task, only(7), 1234, 2)).not.toBe(writeTask(task, only(7), 1234, 1))
  })

  it.each([1, 2, 9])('repeat names the first letter again after %i digits', (distance) => {
    for (const line of linesOf('repeat', distance)) {
      expect(line).toMatch(new RegExp(`^([a-h])\\d{${distance}}\\1$`))
    }
  })

  it.each([1, 2, 9])('delay names the letter again after %i dots and a mark', (distance) => {
    for (const line of linesOf('delay', distance)) {
      expect(line).toMatch(new RegExp(`^([a-h])\\.{${distance}}\\?\\1$`))
    }
  })

  it.each(['delay', 'adding', 'copy'] as const)('%s asks the problems of a text of that distance and seed', (task) => {
    const text = writeQuestions(task, 5, 40, 3).join('')
    expect(text).toBe(writeTask(task, only(5), text.length, 3))
  })

  it('ask for what only memory tells', () => {
    expect(answerPlaces('repeat', 'a123a\n')).toEqual([4])
    expect(answerPlaces('delay', 'a...?a\n')).toEqual([5])
    expect(answerPlaces('brackets', '([])\n')).toEqual([3])
    expect(answerPlaces('adding', '+91+8=17\n')).toEqual([6, 7])
    expect(answerPlaces('copy', 'abc>abc\n')).toEqual([4, 5, 6])
  })

  it.each(TASKS)('%s has answers as frequent as chance says', (task) => {
    const chance = chanceOf(task)
    if (chance === null) return expect(task).toBe('adding')
    const lines = writeQuestions(task, 6, 3000, 5)
    const counts = new Map<string, number>()
    for (const line of lines) {
      const answer = line[answerPlaces(task, line)[0]]
      counts.set(answer, (counts.get(answer) ?? 0) + 1)
    }
    expect(counts.size).toBe(Math.round(1 / chance))
    for (const count of counts.values()) expect(count / lines.length).toBeCloseTo(chance, 1)
  })

  it.each([1, 4, 9])('brackets close in their order, the first one last, over %i', (distance) => {
    for (const line of linesOf('brackets', distance)) {
      const open: string[] = []
      ;[...line].forEach((bracket, at) => {
        const kind = '([{'.indexOf(bracket)
        if (kind >= 0) open.push(')]}'[kind])
        else expect(open.pop()).toBe(bracket)
        expect(open.length === 0).toBe(at === line.length - 1)
      })
      expect(line).toHaveLength(2 * Math.ceil(distance / 2) + 2)
    }
  })

  it.each([1, 2, 9])('adding gives the sum of the marked among %i digits', (distance) => {
    for (const line of linesOf('adding', distance)) {
      const [digits, sum] = line.split('=')
      expect(digits.replaceAll('+', '')).toHaveLength(distance)
      expect(digits[0]).toBe('+')
      const marked = [...digits.matchAll(/\+(\d)/g)].map(([, digit]) => Number(digit))
      expect(marked).toHaveLength(Math.min(2, distance))
      expect(marked.reduce((a, b) => a + b)).toBe(Number(sum))
    }
  })

  it('copy says the same again', () => {
    for (const line of linesOf('copy', 6)) expect(line).toMatch(/^([a-h]{6})>\1$/)
  })
})
