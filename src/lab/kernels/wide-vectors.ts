/**
 * Lets V8 join pairs of 128-bit operations where it can (x64, not macOS). Called before any kernel is compiled, for all threads.
 * ENGRAM_WIDE_VECTORS=off leaves it: kernels are then what they are where V8 cannot.
 */
import { setFlagsFromString } from 'node:v8'

let isEnabled = false

export function enableWideVectors(): void {
  if (isEnabled || process.env.ENGRAM_WIDE_VECTORS === 'off') return
  isEnabled = true
  setFlagsFromString('--experimental-wasm-revectorize')
}
