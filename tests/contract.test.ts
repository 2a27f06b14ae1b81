/** The contract derives both sides: what is forgotten doesn't compile, what is wrong isn't parsed. */
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { CALLS } from '../src/shared/ipc'
import type { LabCalls, LabHandlers } from '../src/shared/ipc'

/** What `npm test` checks by its types: these lines are errors of tsc, and tsc says so if one day they are not. */
export function forgotten(handlers: LabHandlers, calls: LabCalls): void {
  const { list: _list, ...otherRunHandlers } = handlers.runs
  // @ts-expect-error a handler is missing
  const missing: LabHandlers = { ...handlers, runs: otherRunHandlers }
  // @ts-expect-error a handler answers the wrong type
  const wrong: LabHandlers['runs'] = { ...handlers.runs, list: async () => 'rows' }
  // @ts-expect-error the page sends what the contract doesn't know
  void calls.runs.show({ run: 'a', path: '/etc/passwd' })
  void [missing, wrong]
}

const declared = Object.entries(CALLS).flatMap(([group, calls]) =>
  Object.entries(calls).map(([name, { input }]) => [`${group}.${name}`, input as v.GenericSchema] as const),
)

describe('contract', () => {
  it.each(declared)('%s refuses what is no object, and keys it does not know', (_name, schema) => {
    for (const bad of [undefined, null, 0, 'text', { surprise: 1 }]) {
      expect(v.safeParse(schema, bad).success).toBe(false)
    }
  })

  it('refuses a lone surrogate in a text', () => {
    const ask = (text: string) => v.safeParse(CALLS.inspect.trace.input, { run: 'r', text, top: 5, skipUnknown: false })
    expect(ask('한글 😀').success).toBe(true)
    expect(ask('\ud83d').success).toBe(false)
    expect(ask('\ude00x').success).toBe(false)
  })
})
