/** The kernels as they are built, and the scalar one. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { KernelCode, KernelName } from '../../../../src/engine'

const FOLDER = join(import.meta.dirname, '../../../../out/kernels')

export const KERNELS: readonly KernelName[] = ['relaxed-simd-256', 'relaxed-simd', 'simd', 'scalar']

export function codeOf(name: KernelName): KernelCode {
  return name === 'scalar' ? { name } : { name, code: readFileSync(join(FOLDER, `${name}.wasm`)) }
}
