/** Lets V8 join pairs of 128-bit operations where it can (x64, not macOS). Before any kernel is compiled, for all threads. */
import { setFlagsFromString } from 'node:v8'

let isEnabled = false

export function enableWideVectors(): void {
  if (isEnabled) return
  isEnabled = true
  setFlagsFromString('--experimental-wasm-revectorize')
}
