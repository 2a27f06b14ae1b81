/**
 * What dropout changes on every bundled text, with one layer and with two: the best loss on the held-out text, without
 * dropout, with it between layers and before the decoder, and between layers only.
 *
 *     npm run bench -- dropout [STEPS [SHARE [TEXT]]]
 *
 * docs/decisions/0010-dropout-and-fresh-starts.md has the figures.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { Tokeniser, Trainer } from '../src/engine'
import { chooseKernel, kernelCode } from '../src/lab/kernels/choose-kernel'
import { enableWideVectors } from '../src/lab/kernels/wide-vectors'
import { shapeOf, trainerSettings } from '../src/lab/training/training-plan'
import { DEFAULT_CONFIGURATION } from '../src/shared'
import type { RunConfiguration } from '../src/shared'

const KERNELS = resolve('out/kernels')
const TEXTS = resolve('resources/corpora')
const [, , stepsWord = '600', shareWord = '0.5', only = ''] = process.argv
const steps = Number(stepsWord)
const share = Number(shareWord)
const VALIDATE_EVERY = 50
const VARIANTS: readonly (readonly [string, Partial<RunConfiguration>])[] = [
  ['1 layer, none', { layers: 1, dropout: 0 }],
  ['1 layer, before the decoder', { layers: 1, dropout: share }],
  ['2 layers, none', { layers: 2, dropout: 0 }],
  ['2 layers, between only', { layers: 2, dropout: share, dropoutBeforeDecoder: false }],
  ['2 layers, both', { layers: 2, dropout: share }],
]

enableWideVectors()
const kernel = kernelCode(KERNELS, chooseKernel(KERNELS, 'auto'))

/** The smallest validation loss, nats per character, the step it was met at, and the last. */
function learn(text: string, changes: Partial<RunConfiguration>): readonly [number, number, number] {
  const sizes = { cell: 'gru', hidden: 128, batch: 16, sequence: 48, workers: 1 } as const
  const configuration: RunConfiguration = { ...DEFAULT_CONFIGURATION, ...sizes, ...changes }
  const tokeniser = new Tokeniser('character', [...new Set(text)].sort())
  const tokens = Uint16Array.from(tokeniser.encode(text))
  const training = tokens.subarray(0, tokens.length - Math.floor(tokens.length * configuration.validation))
  const settings = trainerSettings(configuration, shapeOf(configuration, tokeniser.size), steps)
  const trainer = new Trainer({ ...settings, kernel }, training)
  let [best, bestStep, last] = [Infinity, 0, NaN]
  for (let step = 1; step <= steps; step++) {
    trainer.step()
    if (step % VALIDATE_EVERY !== 0) continue
    const reading = trainer.validate(tokens.subarray(training.length), 20_000)
    let loss: number | null = null
    while (loss === null) loss = reading.next(trainer.parameters)
    last = loss
    if (loss < best) [best, bestStep] = [loss, step]
  }
  return [best, bestStep, last]
}

process.stdout.write(`GRU of 128 units, B 16, T 48, ${steps} steps, dropout ${share}, ${kernel.name}\n`)
for (const name of readdirSync(TEXTS).filter((file) => file.endsWith('.txt') && file.startsWith(only))) {
  const text = readFileSync(join(TEXTS, name), 'utf8').replace(/\r\n?/g, '\n').normalize('NFC')
  for (const [variant, changes] of VARIANTS) {
    const [best, bestStep, last] = learn(text, changes)
    process.stdout.write(
      `${name.padEnd(18)} ${variant.padEnd(28)} best ${best.toFixed(3)} at step ${bestStep}, last ${last.toFixed(3)}\n`,
    )
  }
}
