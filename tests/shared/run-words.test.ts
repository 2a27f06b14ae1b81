/** What a person writes about a run, at the border: as long as it can be changed again, no half character, not nothing. */
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import {
  CALLS,
  BrowseQuerySchema,
  DEFAULT_RUNS_VIEW,
  LONGEST_NAME,
  LONGEST_NOTE,
  LONGEST_TAG,
  queryOf,
  RunsViewSchema,
  tagOf,
} from '../../src/shared'

const isTag = (tag: string, isThere: boolean): boolean =>
  v.safeParse(CALLS.runs.tag.input, { runs: ['r'], tag, isThere }).success
const isPatch = (patch: object): boolean => v.safeParse(CALLS.runs.change.input, { runs: ['r'], patch }).success

describe('words about a run', () => {
  it.each([
    ['x'.repeat(LONGEST_TAG), true],
    ['x'.repeat(LONGEST_TAG + 1), false],
    ['   ', false],
    ['\ud800', false],
    ['밤 실행', true],
  ])('a tag %j is given: %s', (tag, isRight) => expect(isTag(tag, true)).toBe(isRight))

  it.each(['x'.repeat(300), '   '])('a tag %j that is there can be taken off', (tag) => {
    expect(isTag(tag, false)).toBe(true)
  })

  it.each([
    [{ name: 'x'.repeat(LONGEST_NAME) }, true],
    [{ name: 'x'.repeat(LONGEST_NAME + 1) }, false],
    [{ name: ' \t ' }, false],
    [{ name: 'a\udc00' }, false],
    [{ note: '가'.repeat(LONGEST_NOTE) }, true],
    [{ note: '' }, true],
    [{ note: 'a\ud800b' }, false],
  ])('%# is taken: %o', (patch, isRight) => expect(isPatch(patch)).toBe(isRight))
})

it('a tag is one line, composed', () => {
  expect(tagOf(' 밤\n\t실행\u001b '.normalize('NFD'))).toBe('밤 실행')
})

it('a view has each column once', () => {
  const [first] = DEFAULT_RUNS_VIEW.columns
  expect(v.safeParse(RunsViewSchema, DEFAULT_RUNS_VIEW).success).toBe(true)
  expect(v.safeParse(BrowseQuerySchema, queryOf(DEFAULT_RUNS_VIEW)).success).toBe(true)
  expect(v.safeParse(RunsViewSchema, { ...DEFAULT_RUNS_VIEW, columns: [first, first] }).success).toBe(false)
})
