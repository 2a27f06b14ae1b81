/** Which key presses take something back, whatever language is typed in. */
import { describe, expect, it } from 'vitest'
import { undoCommandOf } from '../../src/renderer/bridge/undo-keys'

const press = (changes: Partial<KeyboardEvent>) =>
  undoCommandOf({ ctrlKey: true, metaKey: false, altKey: false, shiftKey: false, code: 'KeyZ', key: 'z', ...changes })

describe('the keys that take back', () => {
  it.each([
    [{}, 'undo'],
    [{ shiftKey: true, key: 'Z' }, 'redo'],
    [{ ctrlKey: false, metaKey: true }, 'undo'],
    [{ key: 'ㅋ' }, 'undo'],
    // A German keyboard has Z elsewhere, and Y in its place.
    [{ code: 'KeyY', key: 'z' }, 'undo'],
    [{ code: 'KeyZ', key: 'y' }, null],
    [{ ctrlKey: false }, null],
    [{ altKey: true }, null],
    [{ code: 'KeyA', key: 'a' }, null],
  ])('%j', (changes, command) => {
    expect(press(changes)).toBe(command)
  })
})
