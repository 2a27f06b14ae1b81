/**
 * Electron before 41 installs no handler for faults of WebAssembly's memory, and V8 then puts a comparison before every
 * access: 1.7 times the time of a training step. Each kernel's memory reserves all that its pointers can reach
 * (engine/kernels/kernel.ts), so an access out of bounds meets no memory of others without the comparison either: it
 * ends the app instead of one call. Nothing but the lab's own kernels, which take no pointer from outside, is compiled in
 * this process. See docs/decisions/0002-electron-runtime.md.
 */
import { setFlagsFromString } from 'node:v8'

const FIRST_WITH_HANDLER = 41
/** Where all that 32 bits can point at is reserved. */
const WIDE_ADDRESSES = ['x64', 'arm64']

/** Before any kernel is compiled, for all threads. ENGRAM_BOUNDS_CHECKS=on leaves the comparisons. */
export function leaveBoundsToMemory(): void {
  if (process.env.ENGRAM_BOUNDS_CHECKS === 'on') return
  if (hasCostlyBounds(process.versions.electron, process.arch)) setFlagsFromString('--no-wasm-bounds-checks')
}

export function hasCostlyBounds(electron: string, architecture: string): boolean {
  return Number.parseInt(electron, 10) < FIRST_WITH_HANDLER && WIDE_ADDRESSES.includes(architecture)
}
