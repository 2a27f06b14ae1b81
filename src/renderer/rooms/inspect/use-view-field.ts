/**
 * A view's own state as a part of the room's address: taken from there when the view comes into sight or a link asks for it,
 * and written there when it changes. What isn't said, or isn't understood, stands as it stood at first.
 */
import { watch } from 'vue'
import type { Ref } from 'vue'
import type { ViewField } from './inspect-address'
import { useInspectStore } from './inspect.store'

export interface FieldWords<Value> {
  /** Empty: nothing needs to be said. */
  readonly print: (value: Value) => string
  /** null: it isn't understood. */
  readonly parse: (text: string) => Value | null
}

export function useViewField<Value>(name: ViewField, state: Ref<Value>, { print, parse }: FieldWords<Value>): void {
  const inspect = useInspectStore()
  const first = state.value

  function take(): void {
    const given = inspect.fields[name]
    const value = given === undefined ? null : parse(given)
    if (value !== null) state.value = value
  }

  take()
  watch(state, (next) => inspect.setField(name, print(next)))
  watch(
    () => inspect.opened,
    () => {
      if (inspect.fields[name] === undefined) state.value = first
      else take()
    },
  )
}

/** One of a few words, of which the usual one needs no saying. */
export function oneOf<Word extends string>(words: readonly Word[], usual: Word = words[0]): FieldWords<Word> {
  return {
    print: (word) => (word === usual ? '' : word),
    parse: (text) => words.find((word) => word === text) ?? null,
  }
}

/** Counted from 0 here and from 1 in the address; 0 needs no saying. */
export const counted: FieldWords<number> = {
  print: (index) => (index === 0 ? '' : String(index + 1)),
  parse: (text) => (/^[1-9]\d{0,8}$/.test(text) ? Number(text) - 1 : null),
}

/** Between 0 and 1. */
export function share(usual: number): FieldWords<number> {
  return {
    print: (value) => (value === usual ? '' : String(value)),
    parse: (text) => (/^(0(\.\d{1,6})?|1)$/.test(text) ? Number(text) : null),
  }
}
