/** The room's table against a fake lab: opening a set, drawing, storing, and what is kept for the next time. */
import { describe, expect, it } from 'vitest'
import { nextTick } from 'vue'
import { openRoom, surround } from '../support/recall-room'

const around = surround()

describe('the table', () => {
  it('opens with three patterns stored and half of the first as the cue', async () => {
    const { table } = await openRoom()
    expect(table.stored.map(({ pattern }) => pattern.name)).toEqual(['A', 'N', 'V'])
    expect(table.shelf.at(-1)?.pattern.name).toBe('B')
    expect(Array.from(table.cue.subarray(8))).toEqual(new Array(8).fill(-1))
    expect(table.origin).toBe('A')
  })

  it('makes one step back of a stroke, and stores what is drawn under a free name', async () => {
    const { table } = await openRoom()
    table.clear()
    table.beginStroke()
    table.stroke([{ row: 0, column: 0 }], 1)
    table.stroke([{ row: 1, column: 1 }], 1)
    table.endStroke()
    table.storeCue('A')
    expect(table.stored.map(({ pattern }) => pattern.name)).toEqual(['A', 'N', 'V', 'A 2'])
    expect(table.shelf[3].pattern.rows).toEqual(['#...', '.#..', '....', '....'])
    table.undo()
    expect(table.cue.every((value) => value === -1)).toBe(true)
  })

  it('lets go of a stroke when another set is laid out', async () => {
    const { table } = await openRoom()
    table.beginStroke()
    table.stroke([{ row: 0, column: 0 }], 1)
    await table.openSet('other')
    const laid = table.drawn
    table.endStroke()
    expect([table.canUndo, table.drawn]).toEqual([false, laid])
  })

  it('flips other cells each time', async () => {
    const { table } = await openRoom()
    const before = table.cue
    table.flip(0.25)
    const once = table.cue
    table.undo()
    table.flip(0.25)
    const changed = (next: Int8Array) => next.reduce((sum, value, i) => sum + (value === before[i] ? 0 : 1), 0)
    expect([changed(once), changed(table.cue)]).toEqual([4, 4])
    expect(Array.from(table.cue)).not.toEqual(Array.from(once))
  })

  it('puts a removed pattern back where it was, and keeps what was stored since', async () => {
    const { table, shelf } = await openRoom()
    const putBack = shelf.remove('N')
    table.clear()
    table.storeCue('since')
    putBack()
    expect(table.stored.map(({ pattern }) => pattern.name)).toEqual(['A', 'N', 'V', 'since'])
    const tooLate = shelf.remove('N')
    await table.openSet('other')
    const before = table.shelf
    tooLate()
    expect(table.shelf).toBe(before)
  })

  it('is as it was left after closing the app, each set for itself', async () => {
    const first = await openRoom()
    first.table.keepWith(() => undefined)
    first.table.clear()
    first.table.storeCue('mine')
    first.shelf.toggle('N', false)
    first.table.change({ rule: 'storkey' })
    await first.table.openSet('other')
    first.table.invert()
    await nextTick()
    await first.table.flush()
    const { table } = await openRoom()
    expect(table.setId).toBe('other')
    expect(Array.from(table.cue)).toEqual(Array.from(first.table.cue))
    expect(table.settings.rule).toBe('storkey')
    await table.openSet('letters-16')
    expect(table.stored.map(({ pattern }) => pattern.name)).toEqual(['A', 'V', 'mine'])
    await table.startAfresh()
    expect(table.stored.map(({ pattern }) => pattern.name)).toEqual(['A', 'N', 'V'])
  })

  it.each([
    '{',
    '{"version":9}',
    '{"version":1,"set":"letters-16","settings":{},"boards":{"letters-16":{"cue":["#"]}}}',
  ])('opens as new when what was kept is %s', async (text) => {
    around.kept = text
    const { table } = await openRoom()
    expect(table.stored).toHaveLength(3)
  })
})
