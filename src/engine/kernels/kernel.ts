/**
 * A kernel: the arithmetic of a training step, compiled or in TypeScript, and the memory it works on. Pointers are in
 * bytes; every buffer is taken once, when a trainer is made, and nothing is allocated in a step.
 */
import { EngineError } from '../error'
import type { KernelFunctions } from './kernel-functions'
import { createScalarFunctions } from './scalar'

/** The part of WebAssembly that is used here: the engine's project knows neither the DOM's types nor Node's. */
interface WebAssemblyMemory {
  readonly buffer: ArrayBuffer
}
interface WebAssemblyApi {
  readonly Memory: new (descriptor: { initial: number; maximum: number }) => WebAssemblyMemory
  readonly Module: new (code: Uint8Array) => object
  readonly Instance: new (
    module: object,
    imports: Record<string, Record<string, unknown>>,
  ) => { readonly exports: Record<string, unknown> }
}
const { WebAssembly: wasm } = globalThis as unknown as { readonly WebAssembly: WebAssemblyApi }

export type CompiledName = 'relaxed-simd-256' | 'relaxed-simd' | 'simd'
export type KernelName = CompiledName | 'scalar'

/** What a kernel is made of: a compiled one of what its file holds, the scalar one of nothing. */
export type KernelCode = { readonly name: CompiledName; readonly code: Uint8Array } | { readonly name: 'scalar' }

/** Where a buffer lies: takes room for floats and answers its pointer. */
export type Take = (floats: number) => number

/** Every buffer begins on a cache line. */
const LINE_BYTES = 64
const PAGE_BYTES = 65_536
/** The first page is the kernel's own: its constants lie there. */
const RESERVED_BYTES = PAGE_BYTES

/** How many bytes what is taken needs. */
export function measureBytes(layOut: (take: Take) => unknown): number {
  let bytes = RESERVED_BYTES
  layOut((floats) => {
    const at = bytes
    bytes += Math.ceil((floats * 4) / LINE_BYTES) * LINE_BYTES
    return at
  })
  return bytes
}

/** All that a pointer can reach: reserved, so that a pointer gone wrong meets no memory of others, checked or not. */
const ALL_PAGES = 65_536

export class Kernel {
  readonly run: KernelFunctions
  readonly #buffer: ArrayBuffer
  #at = RESERVED_BYTES

  /** @param bytes of memory in all, as `measureBytes` tells. @throws EngineError E_NOT_AVAILABLE where it does not compile */
  constructor(code: KernelCode, bytes: number) {
    const pages = Math.ceil((bytes + RESERVED_BYTES) / PAGE_BYTES)
    if (code.name === 'scalar') {
      this.#buffer = new ArrayBuffer(pages * PAGE_BYTES)
      this.run = createScalarFunctions(this.#buffer)
      return
    }
    const memory = new wasm.Memory({ initial: pages, maximum: ALL_PAGES })
    this.#buffer = memory.buffer
    this.run = instantiate(code.name, code.code, memory)
    if (this.run.constantsEnd() > RESERVED_BYTES) {
      throw new RangeError(`the constants of ${code.name} need more than a page`)
    }
  }

  readonly take: Take = (floats) => {
    const at = this.#at
    this.#at += Math.ceil((floats * 4) / LINE_BYTES) * LINE_BYTES
    return at
  }

  /** A view of a buffer that was taken. */
  floats(pointer: number, length: number): Float32Array {
    return new Float32Array(this.#buffer, pointer, length)
  }

  ids(pointer: number, length: number): Uint32Array {
    return new Uint32Array(this.#buffer, pointer, length)
  }
}

function instantiate(name: CompiledName, code: Uint8Array, memory: WebAssemblyMemory): KernelFunctions {
  const abort = (): never => {
    throw new RangeError(`the ${name} kernel stopped`)
  }
  try {
    const instance = new wasm.Instance(new wasm.Module(code), { env: { memory, abort } })
    return instance.exports as unknown as KernelFunctions
  } catch (error) {
    throw new EngineError('E_NOT_AVAILABLE', { what: `--kernel ${name} (${String(error)})` })
  }
}
