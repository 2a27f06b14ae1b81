/** What is measured: the trainer a run of that configuration would have, on a text of drawn tokens. */
import { operationsOfStep, Random, Trainer } from '../../engine'
import type { KernelCode, TokenIds } from '../../engine'
import { DEFAULT_CONFIGURATION } from '../../shared'
import type { RunConfiguration } from '../../shared'
import { chooseKernel, isFused, kernelCode } from '../kernels/choose-kernel'
import { ShardCrew } from '../training/shard-crew'
import type { CrewSurroundings } from '../training/shard-crew'
import { planTraining, trainerSettings } from '../training/training-plan'
import type { BenchJob, BenchTarget } from './bench-api'

/** Tokens at least, and windows at least: a text must not be learned by heart because its window is small. */
const TOKENS = 200_000
const WINDOWS = 4

export interface BenchTrainer {
  readonly target: BenchTarget
  readonly code: KernelCode
  /** One whole step; a promise where other workers have a part in it. */
  readonly step: () => unknown
}

/** How the thread that measures starts others, and hears them. */
export type BenchSurroundings = CrewSurroundings

/** @throws LabError E_NOT_AVAILABLE, E_MEMORY, E_WORKER */
export async function createBenchTrainer(
  job: BenchJob,
  kernels: string,
  around: BenchSurroundings,
): Promise<BenchTrainer> {
  const { batch, sequence, vocabulary } = job
  const configuration = configurationOf(job)
  const length = Math.max(TOKENS, WINDOWS * batch * sequence) + 1
  const plan = planTraining(configuration, length, vocabulary, 'bench') // before anything is taken
  const { shape, totalSteps, workers } = plan
  const kernel = chooseKernel(kernels, job.kernel)
  const code = kernelCode(kernels, kernel)
  const settings = { ...trainerSettings(configuration, shape, totalSteps), kernel: code, workers }
  const tokens = drawTokens(length, vocabulary)
  const trainer = new Trainer(settings, tokens, (bytes) => new SharedArrayBuffer(bytes))
  const crew = workers > 1 ? await ShardCrew.start(trainer, tokens, around) : null
  const operations = operationsOfStep(shape, batch, sequence)
  return {
    target: { kernel, fused: isFused(kernel), operations, characters: batch * sequence },
    code,
    step: crew === null ? () => trainer.step() : () => crew.step(),
  }
}

function configurationOf({ vocabulary: _vocabulary, ...job }: BenchJob): RunConfiguration {
  return { ...DEFAULT_CONFIGURATION, ...job, validation: 0 }
}

function drawTokens(length: number, vocabulary: number): TokenIds {
  const random = Random.fromSeed(1, 'bench')
  const tokens = new Uint16Array(new SharedArrayBuffer(2 * length))
  for (let i = 0; i < length; i++) tokens[i] = random.uint32() % vocabulary
  return tokens
}
