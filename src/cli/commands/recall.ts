/** `recall`: patterns are stored, one is spoilt, and the network brings it back. */
import { readCueFile, readPatternFile, spoilPattern } from '../../lab'
import type { Lab } from '../../lab'
import type { RecallBatch, RecallEnd, RecallRequest, RecallStart, RecallVerdict } from '../../shared'
import { defineCommand } from '../frame/command'
import { asName, flag, input, required } from '../frame/options'
import { UsageError } from '../frame/usage-error'
import { carryOut } from './carry-out'
import { assertBias, CUE_OPTIONS, cueOf, HOPFIELD_OPTIONS } from './hopfield-options'
import { figure } from './visible'

interface RecallDocument {
  readonly cue: readonly number[]
  readonly state: readonly number[]
  readonly energy: readonly number[]
  readonly sweeps: number
  readonly converged: boolean
  readonly cycle: 0 | 2
  readonly match: RecallVerdict
  readonly frames?: readonly (readonly number[])[]
  /** Where it was kept. */
  readonly run?: string | null
}

export const recall = defineCommand({
  name: 'recall',
  summary: 'let a Hopfield network recall a spoilt pattern',
  example: 'recall --patterns letters.txt --from A --corrupt 0.2',
  options: {
    patterns: input(required('FILE', 'the patterns it stores, - for standard input', asName)),
    ...CUE_OPTIONS,
    ...HOPFIELD_OPTIONS,
    frames: flag('with the state after every sweep'),
    keep: flag('keep it as a run'),
  },
  run: async (context): Promise<RecallDocument> => {
    const { options, given, openLab } = context
    if ((options.cue === null) === (options.from === null)) {
      throw new UsageError('name what it begins with: --cue FILE or --from NAME')
    }
    if (options.cue !== null && given.has('corrupt')) throw new UsageError('--corrupt goes with --from, not with --cue')
    assertBias(options)
    const { patterns, cue: cueFile, from, corrupt, frames, keep, ...settings } = options
    const set = readPatternFile(await context.patterns(patterns))
    const cueChoice = cueFile === null ? null : await context.patterns(cueFile)
    const cue = new Int8Array(
      cueChoice === null
        ? spoilPattern(set, from ?? '', corrupt, settings.seed)
        : readCueFile(cueChoice, set.width * set.height),
    )
    const { rule, update, bias, degree, beta, temperature, maxSweeps, seed } = settings
    const request = { set, cue, settings: { rule, update, bias, degree, beta, temperature, maxSweeps, seed } }
    const document = await follow(await openLab(), request, frames)
    if (!keep) return document
    const kept = {
      kind: 'recall',
      set,
      settings: request.settings,
      cue: cueOf({ cue: cueChoice, corrupt }, from ?? '', set),
    } as const
    const { end } = await carryOut(context, kept, true)
    return { ...document, run: end.run }
  },
  print: ({ match, sweeps, energy, converged }) =>
    [
      match.pattern === null
        ? 'a state that was never stored'
        : `${match.kind} ${match.pattern}, overlap ${figure(match.overlap)}`,
      `${sweeps} sweeps, energy ${figure(energy[0])} → ${figure(energy[energy.length - 1])}` +
        (converged ? '; the output equals the input' : ''),
    ].join('\n'),
})

/** Rebuilds the states from the visits, as the room does. */
async function follow(lab: Lab, request: RecallRequest, withFrames: boolean): Promise<RecallDocument> {
  const batches: RecallBatch[] = []
  let finish: () => void = () => undefined
  const finished = new Promise<void>((done) => (finish = done))
  const unlisten = lab.listen({
    recall: (batch) => {
      batches.push(batch)
      if (batch.end !== null) finish()
    },
  })
  try {
    const start = await lab.recall.start(request)
    await finished
    return replay(request, start, batches, withFrames)
  } finally {
    unlisten()
  }
}

function replay(
  request: RecallRequest,
  start: RecallStart,
  batches: readonly RecallBatch[],
  withFrames: boolean,
): RecallDocument {
  const state = request.cue.slice()
  const energy = [start.energy]
  const frames = [Array.from(state)]
  const isSynchronous = request.settings.update === 'synchronous'
  let pending: number[] = []
  let visits = 0
  let end: RecallEnd | null = null
  for (const batch of batches) {
    for (let k = 0; k < batch.neurons.length; k++) {
      if (batch.flipped[k]) pending.push(batch.neurons[k])
      visits += 1
      const isSweepDone = visits % state.length === 0
      if (!isSynchronous || isSweepDone) {
        for (const neuron of pending) state[neuron] = -state[neuron]
        pending = []
      }
      if (!isSweepDone) continue
      energy.push(batch.energies[k])
      if (withFrames) frames.push(Array.from(state))
    }
    end ??= batch.end
  }
  if (end === null) throw new Error('a recall without an end')
  return {
    cue: Array.from(request.cue),
    state: Array.from(state),
    energy,
    sweeps: end.sweeps,
    converged: end.converged,
    cycle: end.cycle,
    match: end.verdict,
    ...(withFrames ? { frames } : {}),
  }
}
