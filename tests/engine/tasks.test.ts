/** Texts that ask for memory: every whole line is a right problem, and a seed is a text. */
import { describe, expect, it } from 'vitest'
import { writeTask } from '../../src/engine'

const TASKS = ['repeat', 'brackets', 'adding', 'copy'] as const
const linesOf = (task: (typeof TASKS)[number], distance: number): string[] =>
  writeTask(task, distance, 5000, 1).split('\n').slice(0, -1)

describe('tasks', () => {
  it.each(TASKS)('%s has the length that was asked for, and depends on the seed alone', (task) => {
    expect(writeTask(task, 7, 1234, 1)).toHaveLength(1234)
    expect(writeTask(task, 7, 1234, 1)).toBe(writeTask(task, 7, 1234, 1))
    expect(writeTask(task, 7, 1234, 2)).not.toBe(writeTask(task, 7, 1234, 1))
  })

  it.each([1, 2, 9])('repeat names the first letter again after %i digits', (distance) => {
    for (const line of linesOf('repeat', distance)) {
      expect(line).toMatch(new RegExp(`^([a-h])\\d{${distance}}\\1$`))
    }
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
