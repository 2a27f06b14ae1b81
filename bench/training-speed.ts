/**
 * How fast whole training steps are (forward, backward, clip, update) on each kernel, for the sizes people use, one after
 * the other in one run. A figure of this machine and moment alone: compare only within one run.
 *
 *     npm run bench -- training-speed [SECONDS]
 */
import { table } from '../src/cli/commands/visible'
import type { Kernel } from '../src/shared'
import { measureLab } from './lab-speed'
import { SETTINGS } from './settings'
import { percent, times } from './summary'

const SECONDS = Number(process.argv[2] ?? 2)
const KERNELS: readonly Kernel[] = ['scalar', 'simd', 'relaxed-simd', 'relaxed-simd-256']

for (const setting of SETTINGS) {
  const rows: string[][] = []
  let first = 0
  for (const kernel of KERNELS) {
    const { charactersPerSecond, gflops, peakGflops } = await measureLab(setting, kernel, SECONDS)
    first ||= charactersPerSecond
    const ratio = times(charactersPerSecond / first)
    rows.push([
      kernel,
      `${Math.round(charactersPerSecond)} characters/s`,
      ratio,
      `${percent(gflops / peakGflops)} of peak`,
    ])
  }
  process.stdout.write(`${setting.name}\n${table(rows)}\n\n`)
}
