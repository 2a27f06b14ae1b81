/**
 * How fast whole training steps are (forward, backward, clip, update) on each kernel, for the sizes people use, one after
 * the other in one run. A figure of this machine and moment alone: compare only within one run.
 *
 *     npm run bench -- training-speed [SECONDS]
 */
import type { KernelName } from '../src/engine'
import { codeOf, measure, SETTINGS } from './settings'

const SECONDS = Number(process.argv[2] ?? 2)
const KERNELS: readonly (KernelName | 'scalar')[] = ['scalar', 'simd', 'relaxed-simd', 'relaxed-simd-256']

for (const setting of SETTINGS) {
  let first = 0
  for (const name of KERNELS) {
    const speed = measure(setting, codeOf(name), SECONDS)
    first ||= speed
    const ratio = (speed / first).toFixed(1)
    const figures = `${Math.round(speed).toString().padStart(9)} characters/s  × ${ratio}`
    process.stdout.write(`${setting.name.padEnd(24)}${name.padEnd(18)}${figures}\n`)
  }
}
