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

/** Turns that each kernel has. */
const TURNS = 10
/** A kernel that is so near the quickest is as quick: the first of them is taken. */
const AS_QUICK = 0.95
const WARM_STEPS = 10

/**
 * Which kernel is the quickest: each trains in turn, and the best turn counts, so that neither what else the machine does
 * nor a compiler that is still at work decides.
 * @param kernels the one that is to be preferred first
 * @param milliseconds of one turn. @returns an index
 */
export function quickestKernel(
  settings: TrainerSettings,
  kernels: readonly KernelCode[],
  tokens: TokenIds,
  milliseconds: number,
  now: () => number,
): number {
  const trainers = kernels.map((kernel) => new Trainer({ ...settings, kernel }, tokens))
  for (const trainer of trainers) for (let i = 0; i < WARM_STEPS; i++) trainer.step()
  const best = kernels.map(() => 0)
  for (let turn = 0; turn < TURNS; turn++) {
    trainers.forEach((trainer, k) => (best[k] = Math.max(best[k], stepsAMillisecond(trainer, milliseconds, now))))
  }
  const least = AS_QUICK * Math.max(...best)
  return best.findIndex((speed) => speed >= least)
}

function stepsAMillisecond(trainer: Trainer, milliseconds: number, now: () => number): number {
  const started = now()
  let steps = 0
  do {
    trainer.step()
    steps += 1
  } while (now() - started < milliseconds)
  return steps / (now() - started)
}
