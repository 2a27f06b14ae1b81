/** Signals: the first is heard by whoever listens, or ends the process; a second, half a second or more later, ends it at once. */
import type { Signal } from './command'

export const EXIT_OF: Readonly<Record<Signal, number>> = { SIGINT: 130, SIGTERM: 143 }
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
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      const now = performance.now()
      if (received === null) {
        received = signal
        at = now
        if (listeners.length === 0) process.exit(EXIT_OF[signal])
        for (const listener of listeners) listener(signal)
      } else if (now - at >= AGAIN_AFTER_MS) {
        process.exit(EXIT_OF[signal])
      }
    })
  }
  return { received: () => received, listen: (listener) => void listeners.push(listener) }
}
