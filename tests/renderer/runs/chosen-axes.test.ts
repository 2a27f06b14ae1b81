/** Which settings stand as axes: the first that differ, until a person chooses; and what is kept of the choice. */
import { describe, expect, it } from 'vitest'
import { axesKept, axesShown, MOST_AT_FIRST } from '../../../src/renderer/rooms/runs/parallel/chosen-axes'
import { DEFAULT_RUNS_VIEW, RunsViewSchema, SettingsSchema } from '../../../src/shared'
import * as v from 'valibot'

const many = Array.from({ length: 14 }, (_, i) => `setting${i}`)

describe('axes', () => {
  it('are the first that differ while nothing is chosen', () => {
    expect(axesShown(null, many)).toEqual(many.slice(0, MOST_AT_FIRST))
    expect(axesShown(null, many, 8)).toHaveLength(8)
    expect(axesShown(null, ['cell'])).toEqual(['cell'])
  })

  it('are those chosen, in their order and however many, as far as they differ here', () => {
    expect(axesShown(['seed', 'cell'], ['cell', 'hidden', 'seed'])).toEqual(['seed', 'cell'])
    expect(axesShown(many, many)).toEqual(many)
    expect(axesShown(['seed', 'gone'], ['cell', 'seed'])).toEqual(['seed'])
  })

  it('are the first that differ where none of those chosen does', () => {
    expect(axesShown(['gone'], ['cell', 'hidden'])).toEqual(['cell', 'hidden'])
  })

  it('stay chosen where they don’t differ for now', () => {
    expect(axesKept(['seed', 'gone', 'cell'], ['cell', 'hidden', 'seed'], ['hidden', 'seed'])).toEqual([
      'hidden',
      'seed',
      'gone',
    ])
    expect(axesKept(null, ['cell'], ['cell'])).toEqual(['cell'])
  })

  it('are kept with the view of the list and in the settings; what was kept before them is read as none', () => {
    const { axes: _axes, ...before } = DEFAULT_RUNS_VIEW
    expect(v.parse(RunsViewSchema, before).axes).toBeNull()
    expect(v.parse(RunsViewSchema, { ...before, axes: ['seed', 'cell'] }).axes).toEqual(['seed', 'cell'])
    expect(v.parse(SettingsSchema, { comparedAxes: ['seed'] }).comparedAxes).toEqual(['seed'])
    expect(v.safeParse(RunsViewSchema, { ...before, axes: [] }).success).toBe(false)
  })
})
