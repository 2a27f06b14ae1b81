/** Distances drawn for every problem: what stands in the texts, and what a single distance wrote before there were ranges. */
import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { answerPlaces, chanceOf, taskDistances, writeQuestions, writeTask } from '../../src/engine'
import type { DistanceRange, Task } from '../../src/engine'

const TASKS: readonly Task[] = ['repeat', 'delay', 'brackets', 'adding', 'copy']
const only = (distance: number): DistanceRange => ({ shortest: distance, longest: distance })

/** What a reader of the line's beginning can tell: the distance, and the answer. Throws where it can't. */
const READERS: Readonly<Record<Task, (line: string) => { distance: number; answer: string }>> = {
  repeat: (line) => {
    const [, key, fillers, due] = /^([a-h])([0-8]*)(9)/.exec(line) ?? []
    return { distance: fillers.length + due.length, answer: key }
  },
  delay: (line) => {
    const [, key, dots] = /^([a-h])(\.+)\?/.exec(line) ?? []
    return { distance: dots.length, answer: key }
  },
  brackets: (line) => {
    const open: string[] = []
    for (let at = 0; at < line.length; at++) {
      const kind = '([{'.indexOf(line[at])
      if (kind >= 0) open.push(')]}'[kind])
      else if (open.pop() !== line[at]) throw new Error(`${line} closes wrongly at ${at}`)
      // From here on there is nothing but the first bracket to close.
      if (at > 0 && open.length === 1) return { distance: at, answer: open[0] }
    }
    throw new Error(`${line} is never closed`)
  },
  adding: (line) => {
    const [, shown] = /^([+\d]+)=/.exec(line) ?? []
    const marked = [...shown.matchAll(/\+(\d)/g)].map(([, digit]) => Number(digit))
    return { distance: shown.replaceAll('+', '').length, answer: String(marked.reduce((a, b) => a + b, 0)) }
  },
  copy: (line) => {
    const [, letters] = /^([a-h]+)>/.exec(line) ?? []
    return { distance: letters.length, answer: letters }
  },
}

const aTask = fc.constantFrom(...TASKS)
const aSeed = fc.nat(2 ** 32 - 1)
const aRange = fc
  .tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 0, max: 30 }))
  .map(([shortest, more]): DistanceRange => ({ shortest, longest: shortest + more }))
/** A range that is one for brackets, too. */
const aWideRange = aRange.map(({ shortest, longest }): DistanceRange => ({ shortest, longest: longest + 2 }))

const linesOf = (task: Task, range: DistanceRange, length: number, seed: number): readonly string[] =>
  writeTask(task, range, length, seed).split('\n').slice(0, -1)

describe('a text whose distances are drawn', () => {
  it('has answers that follow from what was before them, at distances of its range', () => {
    fc.assert(
      fc.property(aTask, aWideRange, aSeed, (task, range, seed) => {
        const own = taskDistances(task, range)
        for (const line of linesOf(task, range, 2000, seed)) {
          const places = answerPlaces(task, `${line}\n`)
          const { distance, answer } = READERS[task](line.slice(0, places[0]))
          expect(line.slice(places[0])).toBe(answer)
          expect(own).toContain(distance)
        }
      }),
    )
  })

  it('has each distance about as often', () => {
    fc.assert(
      fc.property(aTask, aSeed, (task, seed) => {
        const range = { shortest: 4, longest: 16 }
        const own = taskDistances(task, range)
        const lines = linesOf(task, range, 100_000, seed)
        const counts = new Map(own.map((distance) => [distance, 0]))
        for (const line of lines) {
          const { distance } = READERS[task](line)
          counts.set(distance, (counts.get(distance) ?? 0) + 1)
        }
        const expected = lines.length / own.length
        // Five standard deviations of a count.
        for (const count of counts.values()) expect(Math.abs(count - expected)).toBeLessThan(5 * Math.sqrt(expected))
        expect(counts.size).toBe(own.length)
      }),
      { numRuns: 20 },
    )
  })

  it('has exactly the characters that were asked for, whatever the distances', () => {
    fc.assert(
      fc.property(aTask, aRange, fc.integer({ min: 1, max: 500 }), aSeed, (task, range, length, seed) => {
        expect(writeTask(task, range, length, seed)).toHaveLength(length)
        expect(writeTask(task, range, length, seed)).toBe(writeTask(task, range, length, seed))
      }),
    )
  })

  it.each(TASKS)('%s has no place where time alone tells that the answer is due', (task) => {
    const lines = linesOf(task, { shortest: 4, longest: 16 }, 60_000, 1)
    const places = new Set(lines.map((line) => answerPlaces(task, `${line}\n`)[0]))
    expect(places.size).toBeGreaterThanOrEqual(7)
  })
})

describe('a text of a single distance', () => {
  const GOLDEN: Readonly<Record<Task, Readonly<Record<number, string>>>> = {
    repeat: {
      1: '7edd5922cb3048a1f6cb1fe2205a3d32b0eb005b726aa09d92f530e5a5885b03',
      7: '1b1520ccd27cff98fc04467569d55e5bf541dd90d7a0a898a952fb829f550eec',
      10: '65c57dd57f0e6fd37d4924727f95168c831e473ccba83ef2728a70db9aa542ff',
    },
    delay: {
      1: 'eb07c0cbd29c306a0582b8e4d7e71f9aef682a139d2f674f345f45ee3d11ec7a',
      7: '5c1cb3a282d30ed1389f909e1720be689eba91c4cae2aa65d704b5f737da6f9a',
      10: '2b3ce525b98a563eab90d847b2c931e373dd881e50e25e549a6daba81799eb7a',
    },
    brackets: {
      1: '1f82080589ec7908538cbc2a768c7b2a0c0f3f150c3b614da7e9bfc7748e743a',
      7: '69179fc0a27b5e2522b6e74c48f0c9f4f5e1461eb28626823a29112828b70a28',
      10: '251edd96c025b682155d6b2c86c0528ae07c3dc3812b7fadb9142c10c012909f',
    },
    adding: {
      1: '72a952d2dda4aeaffe3b6a785dc8317e2397b535116330ac3392d45f1d584734',
      7: 'db2aa99628e8ec0c076d4fa2eef3938e90e94e2ee90e933cccf3837cb9a9fcc9',
      10: '937f27b72416afd0af184b444ba14bda0f2d585fc6d7243263a1c4438503b165',
    },
    copy: {
      1: '247acbe578707f08cf66a31585b9a685ce3c10152db525f4e6f2231700d16f07',
      7: '31c96759678f0d7b9d793fb808b4d3e54e20b2235f9a2c823f8767184ef0286e',
      10: '2c933839ca4fc7342ff16efe00f01229307535b3be390348bc376da13dbf364c',
    },
  }
  const CASES = TASKS.flatMap((task) => [1, 7, 10].map((distance) => [task, distance] as const))

  it.each(CASES)('%s over %i is byte for byte what it was before there were ranges', (task, distance) => {
    const text = writeTask(task, only(distance), 20_000, 5)
    expect(createHash('sha256').update(text).digest('hex')).toBe(GOLDEN[task][distance])
  })

  it('is what a range is whose ends are one distance', () => {
    expect(taskDistances('brackets', { shortest: 3, longest: 4 })).toEqual([4])
    expect(writeTask('brackets', { shortest: 3, longest: 4 }, 500, 1)).toBe(writeTask('brackets', only(4), 500, 1))
  })
})

describe('questions', () => {
  it('have that distance and an answer that follows from it', () => {
    fc.assert(
      fc.property(aTask, aRange, aSeed, (task, range, seed) => {
        for (const asked of taskDistances(task, range)) {
          for (const line of writeQuestions(task, asked, 3, seed)) {
            const [first] = answerPlaces(task, line)
            expect(READERS[task](line)).toEqual({ distance: asked, answer: line.slice(first, -1) })
          }
        }
      }),
    )
  })

  it.each(TASKS)('%s is answered by guessing as often as chance says, at any distance', (task) => {
    const chance = chanceOf(task)
    if (chance === null) return expect(task).toBe('adding')
    for (const distance of [1, 4, 16]) {
      const answers = writeQuestions(task, distance, 3000, 5).map((line) => line[answerPlaces(task, line)[0]])
      const counts = new Map<string, number>()
      for (const answer of answers) counts.set(answer, (counts.get(answer) ?? 0) + 1)
      expect(counts.size).toBe(Math.round(1 / chance))
      for (const count of counts.values()) expect(count / answers.length).toBeCloseTo(chance, 1)
    }
  })
})

describe('the distances of a task', () => {
  it('are all of a range, and the even ones of brackets', () => {
    expect(taskDistances('delay', { shortest: 4, longest: 7 })).toEqual([4, 5, 6, 7])
    expect(taskDistances('brackets', { shortest: 3, longest: 7 })).toEqual([4, 6, 8])
    expect(taskDistances('brackets', only(5))).toEqual([6])
    expect(taskDistances('copy', only(5))).toEqual([5])
  })
})
