/** The thread that measures: the trainer a run would have, on a text of drawn tokens, and the peak of its kernel. */
import { parentPort } from 'node:worker_threads'
import { bestForm, measureForm, operationsOfStep, peakForms, Random, Trainer } from '../../engine'
import type { PeakForm } from '../../engine'
import { DEFAULT_CONFIGURATION } from '../../shared'
import type { RunConfiguration } from '../../shared'
import { chooseKernel, isFused, kernelCode } from '../kernels/choose-kernel'
import { planTraining, trainerSettings } from '../training/training-plan'
import { openChannel } from '../workers/channel'
import type { BenchApi, BenchJob } from './bench-api'

/** Tokens at least, and windows at least: the text must not fit the first cache because the window is small. */
const TOKENS = 200_000
const WINDOWS = 4
/** Steps and time after which the kernels are compiled for good. */
const WARM_STEPS = 3
const WARM_MS = 300

/** How long the forms of the peak are tried before one is chosen. */
const TRIALS_MS = 150

interface Prepared {
  readonly trainer: Trainer
  readonly peak: PeakForm
}

let prepared: Prepared | null = null
const now = (): number => performance.now()

function use(): Prepared {
  if (prepared === null) throw new Error('nothing was prepared')
  return prepared
}

function configurationOf({ vocabulary: _vocabulary, ...job }: BenchJob): RunConfiguration {
  return { ...DEFAULT_CONFIGURATION, ...job, validation: 0 }
}

/** Steps until both have passed. @returns steps a second */
function stepFor(trainer: Trainer, leastSteps: number, milliseconds: number): number {
  const started = now()
  let steps = 0
  do {
    trainer.step()
    steps += 1
  } while (steps < leastSteps || now() - started < milliseconds)
  return (steps * 1000) / (now() - started)
}

const api: BenchApi = {
  prepare: (job, kernels) => {
    const { batch, sequence, vocabulary } = job
    const configuration = configurationOf(job)
    const length = Math.max(TOKENS, WINDOWS * batch * sequence) + 1
    const { shape, totalSteps } = planTraining(configuration, length, vocabulary, 'bench') // refuses what has no room
    const kernel = chooseKernel(kernels, job.kernel)
    const code = kernelCode(kernels, kernel)
    const random = Random.fromSeed(1, 'bench')
    const tokens = Uint16Array.from({ length }, () => random.uint32() % vocabulary)
    const settings = trainerSettings(configuration, shape, totalSteps)
    const trainer = new Trainer(code ? { ...settings, kernel: code } : settings, tokens)
    stepFor(trainer, WARM_STEPS, WARM_MS)
    prepared = { trainer, peak: bestForm(peakForms(code), TRIALS_MS, now) }
    const operations = operationsOfStep(shape, batch, sequence)
    return { kernel, fused: isFused(kernel), operations, characters: batch * sequence }
  },
  step: (milliseconds) => stepFor(use().trainer, 1, milliseconds),
  peak: (milliseconds) => 1000 * measureForm(use().peak, milliseconds, now),
}

if (!parentPort) throw new Error('this is a worker')
openChannel(parentPort, api)
