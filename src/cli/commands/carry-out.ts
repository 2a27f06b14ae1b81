/** Carries an experiment out: kept as a run unless told not to, with its progress, stopped by a signal with what it found. */
import type { ExperimentOutcome } from '../../lab'
import type { ExperimentRequest, RunId } from '../../shared'
import type { CommandContext } from '../frame/command'
import type { OptionTable } from '../frame/options'
import { ProgressMeter } from '../frame/progress-meter'

/** What every experiment's document ends with. */
export interface ExperimentEnd {
  /** null where nothing was kept. */
  readonly run: RunId | null
  readonly status: 'finished' | 'stopped'
  /** Those that the answer holds. */
  readonly trials: number
}

type Progress = Pick<CommandContext<OptionTable>, 'openLab' | 'tell' | 'progress' | 'onSignal'>

export interface CarriedOut<Request extends ExperimentRequest> {
  readonly result: ExperimentOutcome<Request>['result']
  readonly end: ExperimentEnd
}

/** @param save false: nothing is kept, and a signal ends it without an answer */
export async function carryOut<Request extends ExperimentRequest>(
  { openLab, tell, progress, onSignal }: Progress,
  request: Request,
  save: boolean,
): Promise<CarriedOut<Request>> {
  const lab = await openLab()
  const stop = new AbortController()
  const meter = new ProgressMeter(() => performance.now())
  const outcome = await lab.experiments.run(request, {
    save,
    signal: stop.signal,
    onStarted: ({ run }) => {
      onSignal(() => stop.abort())
      tell(`run ${run}`)
    },
    onProgress: (done, total) => progress(meter.line(done, total, `${done} of ${total} trials`)),
  })
  const { run, status, trials, result } = outcome
  return { result, end: { run: run?.run ?? null, status, trials } }
}

/** The line below a table that says what it was not. */
export function printEnd({ run, status, trials }: ExperimentEnd): string {
  const kept = run === null ? 'nothing was kept' : `run ${run}`
  return status === 'stopped' ? `${kept}: stopped after ${trials} trials` : kept
}
