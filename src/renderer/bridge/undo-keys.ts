/**
 * Ctrl+Z and Ctrl+Shift+Z belong to the room that is open, unless the field that has the focus was typed in. Left to the
 * browser they would undo the last typing anywhere on the page, in a field that was left long ago.
 */
import { dispatch } from './events'

/** What a field held before it was first typed in; a field that has it again has nothing to undo. */
const before = new WeakMap<Element, string>()

type Field = HTMLInputElement | HTMLTextAreaElement
const isField = (target: EventTarget | null): target is Field =>
  target instanceof HTMLTextAreaElement || target instanceof HTMLInputElement

function noteBefore({ target }: Event): void {
  if (isField(target) && !before.has(target)) before.set(target, target.value)
}

function noteUndone(event: Event): void {
  const { target } = event
  if (!(event instanceof InputEvent) || event.inputType !== 'historyUndo' || !isField(target)) return
  if (before.get(target) === target.value) before.delete(target)
}

/** Whether a field has the focus that can take back typing of its own. */
export function canUndoTyping(focused: Element | null): boolean {
  return isField(focused) && !focused.disabled && !focused.readOnly && before.has(focused)
}

/** The command of a key press; null: none of these. By the place of the key, so that it works while Hangul is typed. */
export function undoCommandOf(
  event: Pick<KeyboardEvent, 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey' | 'code' | 'key'>,
): 'undo' | 'redo' | null {
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return null
  if (event.key.toLowerCase() !== 'z' && (event.code !== 'KeyZ' || /^[a-z]$/iu.test(event.key))) return null
  return event.shiftKey ? 'redo' : 'undo'
}

function press(event: KeyboardEvent): void {
  const command = undoCommandOf(event)
  if (command === null || event.defaultPrevented || event.isComposing) return
  if (canUndoTyping(document.activeElement)) return
  event.preventDefault()
  dispatch({ type: 'command', command })
}

export function followUndoKeys(): void {
  document.addEventListener('beforeinput', noteBefore, true)
  document.addEventListener('input', noteUndone, true)
  window.addEventListener('keydown', press)
}
