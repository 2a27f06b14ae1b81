/** Files that are dropped on the window: named by main's own preload, and refused when they are no list of paths. */
import { describe, expect, it } from 'vitest'
import { openDoor } from './support/call-door'

describe('dropped files', () => {
  it('are named by main’s own preload', async () => {
    expect(await openDoor().drop(['/a', '/b'])).toEqual({ ok: true, value: ['/a', '/b'] })
  })

  it.each([
    [undefined],
    ['/a'],
    [[]],
    [['']],
    [[1]],
    [{ 0: '/a' }],
    [Array.from({ length: 65 }, () => '/a')],
    [['x'.repeat(4097)]],
  ])('are refused (%#)', async (paths) => {
    const { drop, entered } = openDoor()
    expect(await drop(paths)).toMatchObject({ ok: false, error: { code: 'E_INPUT' } })
    expect(entered).toEqual([])
  })
})
