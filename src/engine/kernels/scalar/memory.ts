/** What a scalar twin works on: the memory that a compiled kernel would have, under the same pointers. */
import type { KernelFunctions } from '../kernel-functions'

/** Views of one buffer, made once. A pointer p, in bytes, is the element p >>> 2 of each. */
export interface ScalarMemory {
  readonly floats: Float32Array
  /** The same bits: ids, and floats that are only moved. */
  readonly words: Uint32Array
}

export function createScalarMemory(buffer: ArrayBuffer): ScalarMemory {
  return { floats: new Float32Array(buffer), words: new Uint32Array(buffer) }
}

/** The twin of a kernel's function: the same parameters behind the memory, strides and pointers in bytes. */
export type Twin<Name extends keyof KernelFunctions> = (
  memory: ScalarMemory,
  ...parameters: Parameters<NonNullable<KernelFunctions[Name]>>
) => ReturnType<NonNullable<KernelFunctions[Name]>>
