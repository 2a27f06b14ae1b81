/**
 * Signals. The first is reported to the listeners, or ends the process where there are none. A second one, half a second or
 * more later, ends the process at once; one Ctrl-C may arrive twice within a millisecond (from the terminal and from npm).
 */
import { readFileSync, readlinkSync } from 'node:fs'
import type { Signal } from './command'

export const EXIT_OF: Readonly<Record<Signal, number>> = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 }
const AGAIN_AFTER_MS = 500

export interface SignalState {
  /** The first signal that came. */
  readonly received: () => Signal | null
  readonly listen: (listener: (signal: Signal) => void) => void
}

export function watchSignals(): SignalState {
  let received: Signal | null = null
  let at = 0
  const listeners: ((signal: Signal) => void)[] = []

  function receiveFirst(signal: Signal): void {
    if (received !== null) return
    received = signal
    at = performance.now()
    if (listeners.length === 0) process.exit(EXIT_OF[signal])
    for (const listener of listeners) listener(signal)
  }

  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (received !== null && performance.now() - at >= AGAIN_AFTER_MS) process.exit(EXIT_OF[signal])
      receiveFirst(signal)
    })
  }
  // Neither of these is a person who will not wait: repeated, they end nothing before it is saved.
  process.on('SIGHUP', isUnderNohup() ? () => undefined : () => receiveFirst('SIGHUP'))
  watchStarter(() => receiveFirst('SIGTERM'))
  return { received: () => received, listen: (listener) => void listeners.push(listener) }
}

/** Reports the end of the process that started this one as its child, through the channel that it opened, if it did. */
function watchStarter(onGone: () => void): void {
  if (process.connected === undefined) return
  process.on('disconnect', onGone)
  process.channel?.unref()
  if (!process.connected) onGone()
}

/**
 * Whether `nohup` started the command, which shall then survive its terminal. Node resets what nohup told the system
 * about SIGHUP, but nohup also puts an unreadable /dev/null in the place of a terminal as standard input.
 */
function isUnderNohup(): boolean {
  try {
    const flags = /^flags:\s*(\d+)/m.exec(readFileSync('/proc/self/fdinfo/0', 'utf8'))
    return readlinkSync('/proc/self/fd/0') === '/dev/null' && (parseInt(flags?.[1] ?? '0', 8) & 3) === 1
  } catch {
    return false
  }
}
