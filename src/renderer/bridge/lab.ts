/**
 * The page's way to main: the bridge's calls, answered by a value or by a LabError. A test puts a fake bridge here; nothing
 * else touches `window.lab`.
 */
import { errorFromReport } from '../../shared'
import type { LabBridge, Result } from '../../shared'

type Value<Answer> = Answer extends Promise<Result<infer Success>> ? Success : never

/** The bridge with Results opened: every call resolves to its value or rejects with a LabError. */
export type Lab = {
  readonly [Group in Exclude<keyof LabBridge, 'dropFiles' | 'dropRuns' | 'dropModel' | 'onEvents'>]: {
    readonly [Name in keyof LabBridge[Group]]: LabBridge[Group][Name] extends (input: infer Input) => infer Answer
      ? (input: Input) => Promise<Value<Answer>>
      : never
  }
}

let bridge: LabBridge<File> | null = null

/** The bridge in use: the preload's, or the one a test put in its place. */
export function currentBridge(): LabBridge<File> {
  return bridge ?? window.lab
}

export function useBridge(replacement: LabBridge<File> | null): void {
  bridge = replacement
}

/** Opens a Result: its value, or its error thrown. */
export function open<Success>(result: Result<Success>): Success {
  if (result.ok) return result.value
  throw errorFromReport(result.error)
}

type AnyCalls = Record<string, Record<string, (input: unknown) => Promise<Result<unknown>>>>

/** `lab.runs.list({})` and its like. */
export const lab: Lab = new Proxy({} as Lab, {
  get: (_, group: string) =>
    new Proxy(
      {},
      {
        get: (__, name: string) => async (input: unknown) => {
          const calls = currentBridge() as unknown as AnyCalls
          return open(await calls[group][name](input))
        },
      },
    ),
})
