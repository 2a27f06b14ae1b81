/** The one door for calls: sender checked, input parsed strictly, errors told by code, at most 64 at once from a window. */
import type { IpcMain, IpcMainInvokeEvent } from 'electron'
import * as v from 'valibot'
import {
  CALL_CHANNEL,
  CALLS,
  DROP_CHANNEL,
  DROP_MODEL_CHANNEL,
  DROP_RUNS_CHANNEL,
  LabError,
  reportError,
} from '../../shared'
import type { CarriedIn, ChosenCorpus, ChosenModel, LabHandlers, Result } from '../../shared'
import { isAllowedSender } from './sender'
import type { KnownPages } from './sender'

export const MOST_IN_FLIGHT = 64

/** A handler that is told which window asks. */
export type PageHandlers = (contentsId: number) => LabHandlers

export interface CallDoor {
  readonly handlers: PageHandlers
  readonly drop: (contentsId: number, paths: readonly string[]) => Promise<readonly ChosenCorpus[]>
  readonly dropRuns: (paths: readonly string[]) => Promise<readonly CarriedIn[]>
  /** Of the first. */
  readonly dropModel: (contentsId: number, paths: readonly string[]) => Promise<ChosenModel>
  readonly pages: KnownPages
  readonly log: (line: string) => void
}

const PathsSchema = v.pipe(
  v.array(v.pipe(v.string(), v.minLength(1), v.maxLength(4096))),
  v.minLength(1),
  v.maxLength(64),
)

export function registerCalls(ipcMain: Pick<IpcMain, 'handle'>, door: CallDoor): void {
  const inFlight = new Map<number, number>()

  async function guarded(event: IpcMainInvokeEvent, work: () => Promise<unknown>): Promise<Result<unknown>> {
    const { id } = event.sender
    try {
      if (!isAllowedSender(event, door.pages)) throw new LabError('E_SENDER')
      const count = inFlight.get(id) ?? 0
      if (count >= MOST_IN_FLIGHT) throw new LabError('E_BUSY')
      inFlight.set(id, count + 1)
      try {
        return { ok: true, value: await work() }
      } finally {
        inFlight.set(id, (inFlight.get(id) ?? 1) - 1)
      }
    } catch (error) {
      if (!(error instanceof LabError))
        door.log(error instanceof Error ? (error.stack ?? error.message) : String(error))
      return { ok: false, error: reportError(error) }
    }
  }

  ipcMain.handle(CALL_CHANNEL, (event, name: unknown, input: unknown) =>
    guarded(event, () => {
      const { group, call, parsed } = parseCall(name, input)
      const handlers = door.handlers(event.sender.id) as unknown as AnyHandlers
      return handlers[group][call](parsed)
    }),
  )
  const droppedPaths = (paths: unknown): readonly string[] => {
    const parsed = v.safeParse(PathsSchema, paths)
    if (!parsed.success) throw new LabError('E_INPUT', { what: 'the dropped files' })
    return parsed.output
  }
  ipcMain.handle(DROP_CHANNEL, (event, paths: unknown) =>
    guarded(event, () => door.drop(event.sender.id, droppedPaths(paths))),
  )
  ipcMain.handle(DROP_RUNS_CHANNEL, (event, paths: unknown) => guarded(event, () => door.dropRuns(droppedPaths(paths))))
  ipcMain.handle(DROP_MODEL_CHANNEL, (event, paths: unknown) =>
    guarded(event, () => door.dropModel(event.sender.id, droppedPaths(paths))),
  )
}

type AnyHandlers = Record<string, Record<string, (input: unknown) => Promise<unknown>>>

interface ParsedCall {
  readonly group: string
  readonly call: string
  readonly parsed: unknown
}

/** @throws LabError E_INPUT naming the field at fault, never its value */
export function parseCall(name: unknown, input: unknown): ParsedCall {
  const [group, call, ...rest] = typeof name === 'string' ? name.split('.') : []
  const groups = CALLS as Readonly<Record<string, Readonly<Record<string, { input: v.GenericSchema }>>>>
  if (rest.length > 0 || !Object.hasOwn(groups, group ?? '') || !Object.hasOwn(groups[group], call ?? '')) {
    throw new LabError('E_INPUT', { what: 'there is no such call' })
  }
  if (!isPlainObject(input)) throw new LabError('E_INPUT', { what: 'the input is no object' })
  const parsed = v.safeParse(groups[group][call].input, input)
  if (!parsed.success) throw new LabError('E_INPUT', { what: v.getDotPath(parsed.issues[0]) ?? 'the input' })
  if (!isOfSameMake(input, parsed.output)) throw new LabError('E_INPUT', { what: 'an object that is not plain' })
  return { group, call, parsed: parsed.output }
}

/** A schema whose fields are all optional takes a list, a map or a date for an empty object: what was parsed tells. */
function isOfSameMake(input: unknown, parsed: unknown): boolean {
  if (input === parsed || typeof parsed !== 'object' || parsed === null) return true
  if (Array.isArray(parsed)) {
    return Array.isArray(input) && parsed.every((part, i) => isOfSameMake((input as unknown[])[i], part))
  }
  if (!isPlainObject(input)) return false
  const given = input as Record<string, unknown>
  return Object.entries(parsed).every(([key, part]) => !(key in given) || isOfSameMake(given[key], part))
}

function isPlainObject(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}
