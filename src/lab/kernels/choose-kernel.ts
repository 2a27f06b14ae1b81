/**
 * Which kernel computes: of those that compile here, that give the reference's numbers, and (where the processor fuses)
 * that round once, the quickest in a short timing. Kernels of one rounding give the same bits, so the timing decides
 * nothing but the speed.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { measureKernel, probeKernel, Trainer } from '../../engine'
import type { KernelCode, KernelName, TrainerSettings } from '../../engine'
import { LabError } from '../../shared'
import type { Kernel } from '../../shared'
import { withEngineErrors } from '../engine-errors'

export type KernelWish = Kernel | 'auto' | 'fused'

const FUSED: readonly KernelName[] = ['relaxed-simd-256', 'relaxed-simd']
const TIMING_MS = 40
/** Roundings of float32 in a loss of about 2 nats. */
const LOSS_TOLERANCE = 1e-4

const SETTINGS: TrainerSettings = {
  shape: { cell: 'vanilla', layers: 1, hidden: 128, vocabulary: 65, embedding: 0 },
  batch: 13,
  sequence: 8,
  dropout: 0,
  clip: 5,
  optimiser: { name: 'adam', momentum: 0.9, alpha: 0.99, weightDecay: 0 },
  schedule: { name: 'constant', learningRate: 0.002, warmUp: 0, totalSteps: 1000, decayEvery: 1, decay: 1 },
  initialisation: { recurrent: 'default', gateBias: 0 },
  seed: 1,
  precision: 'float32',
}
const TOKENS = Uint8Array.from({ length: 4000 }, (_, i) => (i * i + 5 * i) % 65)
const CHECKED_STEPS = 3

export function isFused(kernel: Kernel): boolean {
  return kernel === 'relaxed-simd-256' || kernel === 'relaxed-simd'
}

function readKernel(directory: string, name: KernelName): KernelCode {
  return { name, code: readFileSync(join(directory, `${name}.wasm`)) }
}

/** What a trainer is given; nothing for the reference. */
export function kernelCode(directory: string, kernel: Kernel): KernelCode | undefined {
  return kernel === 'scalar' ? undefined : readKernel(directory, kernel)
}

const chosen = new Map<string, Kernel>()

/** @throws LabError E_NOT_AVAILABLE for one that was named and cannot run here */
export function chooseKernel(directory: string, wish: KernelWish): Kernel {
  const known = chosen.get(wish)
  if (known !== undefined) return known
  const kernel = find(directory, wish)
  chosen.set(wish, kernel)
  return kernel
}

function find(directory: string, wish: KernelWish): Kernel {
  if (wish === 'scalar') return wish
  if (wish !== 'auto' && wish !== 'fused') {
    if (!works(directory, wish)) throw new LabError('E_NOT_AVAILABLE', { what: `--kernel ${wish}` })
    return wish
  }
  const fused = FUSED.filter((name) => works(directory, name))
  if (fused.length > 0) return quickest(directory, fused)
  if (wish === 'fused') throw new LabError('E_NOT_AVAILABLE', { what: 'a kernel that rounds once, as this run needs,' })
  return works(directory, 'simd') ? 'simd' : 'scalar'
}

/** It compiles, rounds as its name says, and learns what the reference learns. */
function works(directory: string, name: KernelName): boolean {
  try {
    const kernel = readKernel(directory, name)
    if (isFused(name) && !probeKernel(kernel)) return false
    const [trainer, reference] = [new Trainer({ ...SETTINGS, kernel }, TOKENS), new Trainer(SETTINGS, TOKENS)]
    return Array.from({ length: CHECKED_STEPS }).every(
      () => Math.abs(trainer.step().loss - reference.step().loss) < LOSS_TOLERANCE,
    )
  } catch {
    return false // whatever is wrong with it, it is not used
  }
}

function quickest(directory: string, names: readonly KernelName[]): KernelName {
  const speeds = names.map((name) => {
    return withEngineErrors(() =>
      measureKernel(SETTINGS, readKernel(directory, name), TOKENS, TIMING_MS, () => performance.now()),
    )
  })
  return names[speeds.indexOf(Math.max(...speeds))]
}
