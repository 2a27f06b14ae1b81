/**
 * Signals and endings. A Ctrl-C under npm arrives twice within a millisecond (the terminal's and npm's own), so a signal
 * counts again only after half a second. While a program runs in the foreground the signal is its own affair; otherwise
 * the script ends, and whatever it holds (a lock, half a download, a virtual display) is let go on the way out.
 */
const NUMBERS = { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 }
const AGAIN_AFTER_MS = 500

/** @type {Set<() => void>} */
const endings = new Set()
/** @type {((signal: NodeJS.Signals) => void) | null} */
let receiver = null
/** @type {Map<NodeJS.Signals, () => void>} */
const listeners = new Map()

/** The exit code of a process that a signal ended. @param {string} signal */
export const exitCodeOf = (signal) => 128 + (NUMBERS[signal] ?? 9)

/**
 * Does a thing when this process ends, however it ends (but by SIGKILL).
 * @param {() => void} action must be synchronous
 * @returns {() => void} call it once the thing is no longer to be done
 */
export function atExit(action) {
  if (endings.size === 0) process.on('exit', runEndings)
  endings.add(action)
  return () => {
    endings.delete(action)
    if (endings.size === 0) process.off('exit', runEndings)
  }
}

function runEndings() {
  for (const action of [...endings].reverse()) {
    try {
      action()
    } catch {
      // The process is ending; the next set-up sweeps up what is left.
    }
  }
}

/** Begins to answer signals: hands them to the receiver, if there is one, else ends this process. */
export function answerSignals() {
  let last = -Infinity
  for (const signal of Object.keys(NUMBERS)) {
    const listener = () => {
      const now = performance.now()
      if (now - last < AGAIN_AFTER_MS) return
      last = now
      if (receiver) receiver(signal)
      else process.exit(exitCodeOf(signal))
    }
    listeners.set(signal, listener)
    process.on(signal, listener)
  }
}

/** Leaves signals to whoever runs in this process from now on. */
export function leaveSignals() {
  for (const [signal, listener] of listeners) process.off(signal, listener)
  listeners.clear()
}

/** @param {((signal: NodeJS.Signals) => void) | null} next */
export function setSignalReceiver(next) {
  receiver = next
}
