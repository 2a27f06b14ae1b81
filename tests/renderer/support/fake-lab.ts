/**
 * A bridge for tests of the page, derived from the contract: every call answers E_INTERNAL until the test says otherwise,
 * so that a forgotten answer fails loudly. `tell` plays main's events.
 */
import { CALLS } from '../../../src/shared/ipc'
import type { EventBatch, LabBridge, LabCalls, LabEvent, LabHandlers, Result } from '../../../src/shared/ipc'
import { LabError, reportError } from '../../../src/shared'

export type Answers = { readonly [Group in keyof LabHandlers]?: Partial<LabHandlers[Group]> }
type AnyHandler = (input: unknown) => Promise<unknown>

export interface FakeLab {
  readonly bridge: LabBridge<File>
  /** Every call made, in order. */
  readonly calls: { readonly name: string; readonly input: unknown }[]
  readonly tell: (...events: LabEvent[]) => void
}

async function answer(handler: AnyHandler, input: unknown): Promise<Result<unknown>> {
  try {
    return { ok: true, value: await handler(input) }
  } catch (error) {
    return { ok: false, error: reportError(error) }
  }
}

export function createFakeLab(answers: Answers): FakeLab {
  const calls: { name: string; input: unknown }[] = []
  const listeners = new Set<(batch: EventBatch) => void>()
  let sequence = 0
  const groups = Object.entries(CALLS).map(([group, declared]) => {
    const functions = Object.keys(declared).map((name) => {
      const given = (answers as Record<string, Record<string, AnyHandler> | undefined>)[group]?.[name]
      const missing: AnyHandler = async () => {
        throw new LabError('E_INTERNAL', { what: `no answer for ${group}.${name}` })
      }
      const run = (input: unknown) => {
        calls.push({ name: `${group}.${name}`, input })
        return answer(group === 'events' ? async () => null : (given ?? missing), input)
      }
      return [name, run]
    })
    return [group, Object.fromEntries(functions)]
  })
  const bridge = {
    ...Object.fromEntries(groups),
    dropFiles: () => Promise.resolve({ ok: true, value: [] }),
    dropRuns: () => Promise.resolve({ ok: true, value: [] }),
    dropModel: () => (Object.fromEntries(groups) as unknown as LabCalls).carry.chooseModel({}),
    onEvents: (listener: (batch: EventBatch) => void) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  } as unknown as LabBridge<File>
  return {
    bridge,
    calls,
    tell: (...events) => {
      sequence += 1
      for (const listener of listeners) listener({ sequence, events })
    },
  }
}
