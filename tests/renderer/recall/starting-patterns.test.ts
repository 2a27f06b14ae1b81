/** The first thing a person sees works: each bundled set's first pattern comes back from its upper half. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { blankHalf, createMemory, flipShare, judge, parsePatternText, Recall } from '../../../src/engine'
import { startingNames } from '../../../src/renderer/rooms/recall/memory/starting-patterns'

const folder = join(import.meta.dirname, '../../../resources/patterns')

function bundled(id: string) {
  const all = parsePatternText(readFileSync(join(folder, `${id}.txt`), 'utf8'), id)
  const names = startingNames(
    id,
    all.map(({ name }) => name),
  )
  return names.map((name) => all.find((pattern) => pattern.name === name)!)
}

function recalled(patterns: ReturnType<typeof bundled>, cue: Int8Array): string | null {
  const memory = createMemory(patterns, { rule: 'hebbian', bias: 'none', degree: 3, beta: 1 })
  const recall = new Recall(memory, cue, { update: 'asynchronous', temperature: 0, maxSweeps: 100, seed: 1 })
  while (recall.next());
  const verdict = judge(patterns, recall.state)
  return verdict.kind === 'stored' ? verdict.pattern : null
}

describe.each(['letters-16', 'digits-12', 'hangul-24', 'shapes-24'])('the patterns stored at first of %s', (id) => {
  const patterns = bundled(id)

  it('are three', () => expect(patterns).toHaveLength(3))

  it('come back from their upper half and with a fifth of their cells flipped', () => {
    for (const { name, values, width } of patterns) {
      expect([name, recalled(patterns, blankHalf(values, width))]).toEqual([name, name])
      expect([name, recalled(patterns, flipShare(values, 0.2, 1))]).toEqual([name, name])
    }
  })
})

it('takes the first three of a set nobody knows', () => {
  expect(startingNames('mine', ['a', 'b', 'c', 'd'])).toEqual(['a', 'b', 'c'])
})
