/** `train`: a run, from its first step or its last checkpoint to its end. */
import { resolve } from 'node:path'
import { assertNotOwnData, assertWritable, copyModel } from '../../lab'
import type { DiskRoom, Lab, TokensPerCharacter } from '../../lab'
import { LabError } from '../../shared'
import type { Kernel, RunRow, RunStatus } from '../../shared'
import { defineCommand } from '../frame/command'
import type { CommandContext } from '../frame/command'
import { ProgressMeter } from '../frame/progress-meter'
import { UsageError } from '../frame/usage-error'
import { tellReading } from './reading-notes'
import { assertOneEnd, assertResumable, configurationOf, TRAIN_OPTIONS } from './train-options'
import { figure } from './visible'

/** How long a run waits for room on the disk before the command gives up. */
const DISK_PATIENCE_MS = 60_000

interface TrainDocument {
  readonly run: string
  readonly status: RunStatus
  readonly steps: number
  readonly parameters: number | null
  readonly vocabularySize: number | null
  readonly trainLoss: number | null
  readonly validationLoss: number | null
  readonly bestValidationLoss: number | null
  readonly bestStep: number | null
  readonly bitsPerCharacter: number | null
  readonly charactersPerSecond: number | null
  readonly seconds: number
  readonly kernel: Kernel | null
  readonly workers: number | null
  readonly digest: string | null
  readonly model: string | null
  readonly nonFinite?: true
}

type Context = CommandContext<typeof TRAIN_OPTIONS>

export const train = defineCommand({
  name: 'train',
  summary: 'train a network on a text',
  example: 'train --corpus book.txt --cell vanilla --hidden 128 --epochs 5',
  options: TRAIN_OPTIONS,
  run: async (context): Promise<TrainDocument> => {
    const { options } = context
    const out = options.out === null ? null : resolve(options.out)
    if (options.resume === null && options.corpus.length === 0) throw new UsageError('--corpus FILE is missing')
    if (options.resume !== null) assertResumable(context.given)
    assertOneEnd(context.given)
    const configuration = configurationOf(options)
    if (out !== null) {
      assertWritable(out, options.force)
      assertNotOwnData(context.host().dataDirectory, out)
    }
    const lab = await context.openLab()
    const row = await follow(context, lab, configuration)
    const best = await lab.runs.modelFile(row.run, options.best)
    if (out !== null) copyModel(best, out, options.force)
    const model = out ?? (await lab.runs.modelFile(row.run, false))
    return documentOf(row, model, await lab.corpora.tokensPerCharacter(row.run))
  },
  failure: ({ status, run }) =>
    status === 'diverged'
      ? `run ${run} diverged: train it anew with a lower --learning-rate or a tighter --clip`
      : status === 'crashed'
        ? `run ${run} crashed: go on with --resume ${run}`
        : null,
  print: (document) =>
    [
      `run ${document.run}: ${document.status} at step ${document.steps}`,
      `loss ${figure(document.trainLoss)} nats, held out ${figure(document.validationLoss)} nats, ` +
        `${figure(document.bitsPerCharacter)} bits per character`,
      ...bestLine(document),
      `${figure(document.charactersPerSecond)} characters a second, ${figure(document.seconds)} s`,
      `model ${document.model ?? '—'}`,
    ].join('\n'),
})

/** Where the last parameters are not the best. */
function bestLine({ steps, bestStep, bestValidationLoss }: TrainDocument): readonly string[] {
  if (bestStep === null || bestStep === steps) return []
  return [`best at step ${bestStep}: held out ${figure(bestValidationLoss)} nats (--best writes these parameters)`]
}

/** Starts or resumes, and waits for the end. */
async function follow(context: Context, lab: Lab, configuration: ReturnType<typeof configurationOf>): Promise<RunRow> {
  const { options, tell, given } = context
  const disk = watchDisk(context, lab)
  try {
    /** From here on a signal stops the run, once it goes, and its document is printed. */
    const onStarted = ({ run }: RunRow): void => {
      context.onSignal(() => void starting.then(() => lab.training.stop(run)).catch(() => undefined))
      tell(`run ${run}`)
    }
    const starting =
      options.resume === null
        ? lab.training.start({
            files: options.corpus.map((file) => resolve(file)),
            encoding: options.encoding,
            configuration,
            name: options.name,
            tags: options.tag,
            probe: '',
            init: options.init === null ? null : resolve(options.init),
            onStarted,
            onDiskTight: tellTight(tell),
          })
        : lab.training.resume(options.resume, {
            configuration: newEnd(options, given),
            onStarted,
            onDiskTight: tellTight(tell),
          })
    const { run } = await starting
    if (options.resume === null) tellReading(tell)((await lab.runs.show(run)).corpora)
    return await Promise.race([lab.training.settled(run), disk.givenUp])
  } finally {
    disk.end()
  }
}

/** The end a resumed run shall have: what was given of steps and epochs replaces the other. */
function newEnd(options: Context['options'], given: ReadonlySet<string>) {
  return {
    ...(given.has('checkpointEvery') ? { checkpointEvery: options.checkpointEvery } : {}),
    ...(given.has('epochs') ? { epochs: options.epochs, steps: null } : {}),
    ...(given.has('steps') ? { steps: options.steps } : {}),
  }
}

/** Told before a run begins that may write more than there is room for. */
export function tellTight(tell: Context['tell']): (room: DiskRoom) => void {
  const mebibytes = (bytes: number): string => `${(bytes / 1024 ** 2).toFixed(1)} MiB`
  return ({ neededBytes, freeBytes }) =>
    tell(
      `this run may write up to ${mebibytes(neededBytes)}, and ${mebibytes(freeBytes)} is free on the disk: ` +
        'if it fills, the run pauses and waits a minute for room',
    )
}

/** Tells how far it is, and gives up when the disk stays full. */
export function watchDisk(
  { progress, tell }: Pick<Context, 'progress' | 'tell'>,
  lab: Lab,
): { givenUp: Promise<never>; end: () => void } {
  let timer: NodeJS.Timeout | null = null
  let giveUp: (error: LabError) => void = () => undefined
  const givenUp = new Promise<never>((_, reject) => (giveUp = reject))
  givenUp.catch(() => undefined)
  const meter = new ProgressMeter(() => performance.now())
  const stop = lab.listen({
    run: (row) => {
      progress(meter.line(row.steps, row.totalSteps ?? 0, standing(row)))
      const isFull = row.status === 'paused' && row.reason === 'disk full'
      if (isFull && timer === null) {
        tell('the disk is full: waiting a minute for room')
        timer = setTimeout(() => giveUp(new LabError('E_DISK_FULL')), DISK_PATIENCE_MS)
      } else if (!isFull && timer !== null) {
        clearTimeout(timer)
        timer = null
      }
    },
  })
  return {
    givenUp,
    end: () => {
      stop()
      if (timer !== null) clearTimeout(timer)
    },
  }
}

/** How well and how fast a run learns, for its line on a terminal of 80 columns. */
function standing({ trainLoss, charactersPerSecond }: RunRow): string {
  const speed = charactersPerSecond === null ? '—' : Math.round(charactersPerSecond)
  return `loss ${figure(trainLoss)}  ${speed} characters/s`
}

function documentOf(row: RunRow, model: string, { trained, heldOut }: TokensPerCharacter): TrainDocument {
  // The loss is of one part of the text, so its characters are too.
  const [loss, perCharacter] =
    row.validationLoss !== null && heldOut !== null ? [row.validationLoss, heldOut] : [row.trainLoss, trained]
  const diverged = row.status === 'diverged'
  return {
    run: row.run,
    status: row.status,
    steps: row.steps,
    parameters: row.parameters,
    vocabularySize: row.vocabularySize,
    trainLoss: row.trainLoss,
    validationLoss: row.validationLoss,
    bestValidationLoss: row.bestValidationLoss,
    bestStep: row.bestStep,
    bitsPerCharacter: loss === null ? null : (loss / Math.LN2) * perCharacter,
    charactersPerSecond: row.charactersPerSecond,
    seconds: row.seconds,
    kernel: row.kernel,
    workers: row.workers,
    digest: row.digest,
    model,
    ...(diverged ? { nonFinite: true } : {}),
  }
}
