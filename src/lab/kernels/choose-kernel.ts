/**
 * Which kernel computes: of those that compile here, that give the scalar twin's numbers, and (where the processor fuses)
 * that round once, the quickest in a short timing; else `simd`, and where nothing compiles the scalar twin itself. Kernels
 * of one rounding give the same bits, so the choice among them decides nothing but the speed.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { probeKernel, quickestKernel, Trainer } from '../../engine'
import type { KernelCode, KernelName, TrainerSettings } from '../../engine'
import { LabError } from '../../shared'
import type { Kernel } from '../../shared'
import { withEngineErrors } from '../engine-errors'

/** A kernel by its name; `fused` and `twice`: any whose multiply-add rounds once, or twice; `auto`: fused, else twice. */
export type KernelWish = Kernel | 'auto' | 'fused' | 'twice'

const FUSED: readonly KernelName[] = ['relaxed-simd-256', 'relaxed-simd']
/** Of one turn of a kernel. */
const TIMING_MS = 8
/** Roundings of float32 in a loss of about 4 nats; where a kernel rounds as its twin does, there is no difference. */
const FUSED_TOLERANCE = 1e-4

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

/** A run goes on with the rounding it began with; of those that round alike, any gives the same bits. */
export function keepRounding(kernel: Kernel): KernelWish {
  return isFused(kernel) ? 'fused' : 'twice'
}

/** What a trainer is given. */
export function kernelCode(directory: string, name: Kernel): KernelCode {
  return name === 'scalar' ? { name } : { name, code: readFileSync(join(directory, `${name}.wasm`)) }
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

/**
 * One that gives the bits `auto` gives, without the timing: a single stream waits for memory, whatever the kernel, and
 * whoever opens a text waits for the choice.
 */
export function chooseReadingKernel(directory: string): Kernel {
  const known = chosen.get('auto') ?? chosen.get('reading')
  if (known !== undefined) return known
  const kernel = [...FUSED].reverse().find((name) => works(directory, name)) ?? chooseKernel(directory, 'twice')
  chosen.set('reading', kernel)
  return kernel
}

function find(directory: string, wish: KernelWish): Kernel {
  if (wish === 'scalar') return wish
  if (wish === 'twice') return works(directory, 'simd') ? 'simd' : 'scalar'
  if (wish !== 'auto' && wish !== 'fused') {
    if (!works(directory, wish)) throw new LabError('E_NOT_AVAILABLE', { what: `--kernel ${wish}` })
    return wish
  }
  const fused = FUSED.filter((name) => works(directory, name))
  if (fused.length > 0) return quickest(directory, fused)
  if (wish === 'fused') throw new LabError('E_NOT_AVAILABLE', { what: 'a kernel that rounds once, as this run needs,' })
  return find(directory, 'twice')
}

let twinLosses: readonly number[] | null = null

/** The first losses of the scalar twin, which is slow: the same for every kernel that is checked against it. */
function lossesOfTwin(): readonly number[] {
  if (twinLosses === null) {
    const twin = new Trainer({ ...SETTINGS, kernel: { name: 'scalar' } }, TOKENS)
    twinLosses = Array.from({ length: CHECKED_STEPS }, () => twin.step().loss)
  }
  return twinLosses
}

/** It compiles, rounds as its name says, and learns what the scalar twin learns. */
function works(directory: string, name: KernelName): boolean {
  try {
    const kernel = kernelCode(directory, name)
    if (probeKernel(kernel) !== isFused(name)) return false
    const trainer = new Trainer({ ...SETTINGS, kernel }, TOKENS)
    const tolerance = isFused(name) ? FUSED_TOLERANCE : 0
    return lossesOfTwin().every((loss) => Math.abs(trainer.step().loss - loss) <= tolerance)
  } catch {
    return false // whatever is wrong with it, it is not used
  }
}

function quickest(directory: string, names: readonly KernelName[]): KernelName {
  const codes = names.map((name) => kernelCode(directory, name))
  return names[withEngineErrors(() => quickestKernel(SETTINGS, codes, TOKENS, TIMING_MS, () => performance.now()))]
}
