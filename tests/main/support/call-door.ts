/** The door for calls with handlers that note what reaches them, and callers of every kind. */
import type { IpcMainInvokeEvent } from 'electron'
import { registerCalls } from '../../../src/main/ipc/register-calls'
import type { CallDoor } from '../../../src/main/ipc/register-calls'
import { CALL_CHANNEL, CALLS, DROP_CHANNEL, DROP_MODEL_CHANNEL, DROP_RUNS_CHANNEL } from '../../../src/shared'
import type { Result } from '../../../src/shared'

export const OWN = 'app://lab/index.html'

export interface Caller {
  readonly id?: number
  readonly url?: string
  readonly parent?: unknown
  readonly frame?: null
  readonly isDestroyed?: boolean
}

export function callerOf(caller: Caller = {}): IpcMainInvokeEvent {
  const { id = 1, url = OWN, parent = null, frame, isDestroyed = false } = caller
  const senderFrame = frame === null ? null : { url, parent }
  return { senderFrame, sender: { id, isDestroyed: () => isDestroyed } } as unknown as IpcMainInvokeEvent
}

type Answer = (name: string, input: unknown) => unknown

/** A handler for every call of the contract. */
function notingHandlers(entered: string[], answer: Answer) {
  return Object.fromEntries(
    Object.entries(CALLS).map(([group, calls]) => [
      group,
      Object.fromEntries(
        Object.keys(calls).map((name) => [
          name,
          async (input: unknown) => {
            entered.push(`${group}.${name}`)
            return answer(`${group}.${name}`, input)
          },
        ]),
      ),
    ]),
  )
}

/** A door whose handlers note what reaches them. */
export function openDoor(answer: Answer = () => 'answer') {
  const entered: string[] = []
  const log: string[] = []
  const listeners = new Map<string, (event: IpcMainInvokeEvent, ...input: unknown[]) => Promise<Result<unknown>>>()
  const handlers = notingHandlers(entered, answer)
  const door = {
    handlers: () => handlers,
    drop: async (_id: number, paths: readonly string[]) => {
      entered.push('drop')
      return paths
    },
    dropRuns: async (paths: readonly string[]) => {
      entered.push('drop runs')
      return paths
    },
    dropModel: async (_id: number, paths: readonly string[]) => {
      entered.push('drop model')
      return paths
    },
    pages: { has: (id: number) => id === 1 || id === 2, devServer: null },
    log: (line: string) => void log.push(line),
  } as unknown as CallDoor
  registerCalls({ handle: (channel, listener) => void listeners.set(channel, listener) }, door)
  const call = (name: unknown, input: unknown, caller: Caller = {}) =>
    listeners.get(CALL_CHANNEL)!(callerOf(caller), name, input)
  const drop = (paths: unknown, caller: Caller = {}) => listeners.get(DROP_CHANNEL)!(callerOf(caller), paths)
  const dropRuns = (paths: unknown, caller: Caller = {}) => listeners.get(DROP_RUNS_CHANNEL)!(callerOf(caller), paths)
  const dropModel = (paths: unknown, caller: Caller = {}) => listeners.get(DROP_MODEL_CHANNEL)!(callerOf(caller), paths)
  return { call, drop, dropRuns, dropModel, entered, log }
}
