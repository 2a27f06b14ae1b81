/** What is measured: the trainer a run of that configuration would have, on a text of drawn tokens. */
import { operationsOfStep, Random, Trainer } from '../../engine'
import type { KernelCode, TokenIds } from '../../engine'
import { DEFAULT_CONFIGURATION, LabError } from '../../shared'
import type { RunConfiguration } from '../../shared'
import { chooseKernel, isFused, kernelCode } from '../kernels/choose-kernel'
import { planTraining, trainerSettings } from '../training/training-plan'
import type { BenchJob, BenchTarget } from './bench-api'

/** Tokens at least, and windows at least: a text must not be learned by heart because its window is small. */
const TOKENS = 200_000
const WINDOWS = 4

export interface BenchTrainer {
  readonly target: BenchTarget
  /** Its kernel; nothing: the reference. */
  readonly code: KernelCode | undefined
  /** One whole step; a promise where other workers have a part in it. */
  readonly step: () => unknown
}

/** @throws LabError E_NOT_AVAILABLE, E_MEMORY */
export async function createBenchTrainer(job: BenchJob, kernels: string): Promise<BenchTrainer> {
  const { batch, sequence, vocabulary } = job
  const configuration = configurationOf(job)
  const length = Math.max(TOKENS, WINDOWS * batch * sequence) + 1
  const { shape, totalSteps } = planTraining(configuration, length, vocabulary, 'bench') // before anything is taken
  assertOneWorker(job)
  const kernel = chooseKernel(kernels, job.kernel)
  const code = kernelCode(kernels, kernel)
  const settings = trainerSettings(configuration, shape, totalSteps)
  const trainer = new Trainer(code ? { ...settings, kernel: code } : settings, drawTokens(length, vocabulary))
  const operations = operationsOfStep(shape, batch, sequence)
  return {
    target: { kernel, fused: isFused(kernel), operations, characters: batch * sequence },
    code,
    step: () => trainer.step(),
  }
}

function configurationOf({ vocabulary: _vocabulary, ...job }: BenchJob): RunConfiguration {
  return { ...DEFAULT_CONFIGURATION, ...job, validation: 0 }
}

/** Only what is made here is measured: more workers than that must never pass for one. */
function assertOneWorker({ workers }: BenchJob): void {
  if (workers !== 'auto' && workers > 1) throw new LabError('E_NOT_AVAILABLE', { what: `--workers ${workers}` })
}

function drawTokens(length: number, vocabulary: number): TokenIds {
  const random = Random.fromSeed(1, 'bench')
  const tokens = new Uint16Array(new SharedArrayBuffer(2 * length))
  for (let i = 0; i < length; i++) tokens[i] = random.uint32() % vocabulary
  return tokens
}
