/** Memory tasks from a terminal: distances and ranges of them, in texts and in answers. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { distanceOption, singleDistanceAdvice } from '../../src/cli/commands/distances'
import { temporaryDirectory } from '../lab/support/temporary'
import { documentOf, runCommand } from './support/command-line'

interface AnswersDocument {
  readonly right: number
  readonly answers: number
  readonly chance: number
  readonly share: number
  readonly distances: readonly { distance: number; right: number; answers: number; share: number }[]
}

const COUNTS_TIME = /a network that only counts time passes as well as one that remembers; give a range, such as/

describe('--distance', () => {
  const { read } = distanceOption('')

  it.each([
    ['1', { shortest: 1, longest: 1 }],
    ['10000', { shortest: 10_000, longest: 10_000 }],
    ['4-16', { shortest: 4, longest: 16 }],
    ['10-10', { shortest: 10, longest: 10 }],
  ])('reads %s', (text, distances) => {
    expect(read([text], '--distance')).toEqual(distances)
  })

  it('is a range unless it is given, because a single distance can be passed by counting time', () => {
    const { shortest, longest } = read([], '--distance')
    expect(shortest).toBeLessThan(longest)
    expect(distanceOption('').shownDefault).toBe(`${shortest}-${longest}`)
  })

  it.each(['16-4', '0-3', 'a-b', '4-', '-4', '0', '1.5', '', '4-16-20', '4..16', '4-10001'])('refuses %j', (text) => {
    expect(() => read([text], '--distance')).toThrow(
      `--distance must be a whole number from 1 to 10000, or a range from the shortest to the longest, such as 4-16, not ${JSON.stringify(text)}`,
    )
  })

  it('says of one distance what it cannot tell, and nothing of a range', () => {
    expect(singleDistanceAdvice('delay', { shortest: 10, longest: 10 })).toMatch(COUNTS_TIME)
    expect(singleDistanceAdvice('delay', { shortest: 9, longest: 10 })).toBeNull()
    // The distances of brackets are even.
    expect(singleDistanceAdvice('brackets', { shortest: 9, longest: 10 })).toMatch(COUNTS_TIME)
  })
})

describe('a memory task', () => {
  it('is wrong usage with a range that ends before it begins', async () => {
    const directory = temporaryDirectory()
    const file = join(directory, 'delay.txt')
    for (const words of [
      ['corpus', 'generate', '--task', 'delay', '--distance', '16-4', '--out', file],
      ['answers', '--run', 'r', '--task', 'delay', '--distance', '16-4'],
    ]) {
      const { code, stdout, stderr } = await runCommand(words, directory)
      expect([code, stdout]).toEqual([2, ''])
      expect(stderr).toMatch(/^error: --distance must be .*not "16-4"\n$/)
    }
  })

  it('is made and answered over a range, each distance as it is alone', async () => {
    const directory = temporaryDirectory()
    const file = join(directory, 'delay.txt')
    const generate = ['corpus', 'generate', '--task', 'delay', '--distance', '2-5', '--length', '6000', '--out', file]
    const made = await runCommand(generate, directory)
    expect(made).toMatchObject({ code: 0, stderr: '' })
    const lines = readFileSync(file, 'utf8').split('\n').slice(0, -1)
    expect(lines.every((line) => /^([a-h])\.{2,5}\?\1$/.test(line))).toBe(true)
    expect(new Set(lines.map((line) => line.length)).size).toBe(4)

    const learn = ['train', '--corpus', file, '--hidden', '8', '--batch', '4', '--sequence', '20', '--steps', '3']
    const { run } = await documentOf<{ run: string }>(learn, directory)
    const asked = ['answers', '--run', run, '--task', 'delay', '--distance']
    const found = await documentOf<AnswersDocument>([...asked, '1-7'], directory)
    expect(Object.keys(found)).toEqual(['right', 'answers', 'chance', 'share', 'distances'])
    expect(found.distances.map(({ distance }) => distance)).toEqual([1, 2, 3, 4, 5, 6, 7])
    for (const one of found.distances) {
      expect(Object.keys(one)).toEqual(['distance', 'right', 'answers', 'share'])
      expect(one).toMatchObject({ answers: 200, share: one.right / 200 })
    }
    const right = found.distances.reduce((sum, one) => sum + one.right, 0)
    expect(found).toMatchObject({ right, answers: 1400, chance: 1 / 8, share: right / 1400 })

    const alone = await runCommand([...asked, '6', '--json'], directory)
    expect((JSON.parse(alone.stdout) as AnswersDocument).distances).toEqual([found.distances[5]])
    expect(alone.stderr).toMatch(COUNTS_TIME)
    const printed = await runCommand([...asked, '1-7'], directory)
    expect(printed.stdout.split('\n')).toHaveLength(9)
    expect(printed.stdout).toMatch(/^distance 1 +\d+ of 200 +\d/)
    expect(printed.stdout).toMatch(/chance 12\.5 %/)
  })

  it('of a single distance is the text it was, and says what it cannot tell', async () => {
    const directory = temporaryDirectory()
    const file = join(directory, 'repeat.txt')
    const words = ['--task', 'repeat', '--distance', '10', '--length', '20000', '--seed', '5', '--out', file]
    const made = await runCommand(['corpus', 'generate', ...words, '--json'], directory)
    expect(JSON.parse(made.stdout)).toEqual({ file })
    expect(made.stderr).toMatch(COUNTS_TIME)
    expect(createHash('sha256').update(readFileSync(file)).digest('hex')).toBe(
      '65c57dd57f0e6fd37d4924727f95168c831e473ccba83ef2728a70db9aa542ff',
    )
  })
})
