/**
 * Calls between threads: birpc over a worker's port, with LabErrors that stay LabErrors and buffers that are moved, not
 * copied, when they are marked with `transfer`.
 */
import type { MessagePort, TransferListItem, Worker } from 'node:worker_threads'
import { createBirpc } from 'birpc'
import { errorFromReport, LabError, reportError } from '../../shared'
import type { ErrorReport } from '../../shared'
import { toLabError } from '../engine-errors'

type Functions = object
type Port = MessagePort | Worker

/** The other thread's functions: the same arguments, answered by a promise. */
export type Remote<Api> = {
  [Name in keyof Api]: Api[Name] extends (...input: infer Input) => infer Output
    ? (...input: Input) => Promise<Awaited<Output>>
    : never
}

const moved = new WeakMap<object, readonly TransferListItem[]>()

/** Marks a message part whose buffers belong to the receiver from now on. */
export function transfer<Value extends object>(value: Value, buffers: readonly TransferListItem[]): Value {
  moved.set(value, buffers)
  return value
}

interface WireError {
  readonly labError: ErrorReport
  readonly detail: string
}

interface WireMessage {
  e?: unknown
  a?: unknown[]
  r?: unknown
}

function isWireError(value: unknown): value is WireError {
  return typeof value === 'object' && value !== null && 'labError' in value
}

function toWire(message: WireMessage): WireMessage {
  if (message.e === undefined) return message
  const detail = message.e instanceof Error ? (message.e.stack ?? message.e.message) : String(message.e)
  return { ...message, e: { labError: reportError(toLabError(message.e)), detail } satisfies WireError }
}

function fromWire(message: WireMessage): WireMessage {
  if (!isWireError(message.e)) return message
  const { labError, detail } = message.e
  const error = errorFromReport(labError)
  error.cause = detail
  return { ...message, e: error }
}

function buffersOf(message: WireMessage): TransferListItem[] {
  return [message.r, ...(message.a ?? [])].flatMap((part) =>
    typeof part === 'object' && part !== null ? [...(moved.get(part) ?? [])] : [],
  )
}

export interface Channel<Api> {
  readonly remote: Remote<Api>
  /** Rejects what is still waiting, with that error. */
  readonly close: (error?: Error) => void
}

/**
 * Opens a channel on a port. `local` are the functions the other side may call; they may be asynchronous.
 * Every call waits as long as it takes: whoever owns the worker closes the channel when the worker is gone.
 */
export function openChannel<Api extends Functions>(port: Port, local: Functions): Channel<Api> {
  const rpc = createBirpc<Record<string, (...input: unknown[]) => unknown>, Functions>(local, {
    post: (message: WireMessage) => {
      const wire = toWire(message)
      port.postMessage(wire, buffersOf(message))
    },
    on: (receive) => {
      port.on('message', (message: WireMessage) => receive(fromWire(message)))
    },
    bind: 'functions',
    timeout: -1,
  })
  return {
    remote: rpc as unknown as Remote<Api>,
    close: (error = new LabError('E_INTERNAL', { what: 'the channel was closed' })) => rpc.$close(error),
  }
}
