/** What a kernel is, told by running it. The clock comes from outside. */
import { Trainer } from '../training/trainer'
import type { TrainerSettings } from '../training/trainer'
import type { TokenIds } from '../training/cursor'
import { Kernel } from './kernel'
import type { KernelCode } from './kernel'

/** Whether its multiply-add rounds once: (1 + 2⁻²³)² − (1 + 2⁻²²) is 2⁻⁴⁶ where it does, else 0. */
export function probeKernel(code: KernelCode): boolean {
  return new Kernel(code, 0).run.probe() !== 0
}

/** Steps a millisecond. */
export function measureKernel(
  settings: TrainerSettings,
  kernel: KernelCode,
  tokens: TokenIds,
  milliseconds: number,
  now: () => number,
): number {
  const trainer = new Trainer({ ...settings, kernel }, tokens)
  for (let i = 0; i < 3; i++) trainer.step() // compiled before it is timed
  const started = now()
  let steps = 0
  while (now() - started < milliseconds) {
    trainer.step()
    steps += 1
  }
  return steps / (now() - started)
}
