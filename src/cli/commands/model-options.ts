/** How a command is told which model to use. */
import type { ModelChoice } from '../../lab'
import { asFileOf } from '../frame/incoming'
import { asName, flag, valued } from '../frame/options'
import { UsageError } from '../frame/usage-error'

export const MODEL_OPTIONS = {
  model: valued('FILE', 'a model in safetensors', null, asFileOf('a model')),
  run: valued('RUN', 'a run’s last parameters', null, asName),
  best: flag('with --run: the parameters with the smallest validation loss'),
}

/** Told of a model that was trained with --reverse. */
export const BACKWARD = '(this model reads from the end: all is in its order, last symbol of a text first)'

/** @throws UsageError unless exactly one is named */
export function modelChoice(options: { model: string | null; run: string | null; best: boolean }): ModelChoice {
  const { model, run, best } = options
  if ((model === null) === (run === null)) throw new UsageError('name a model with --model FILE or --run RUN')
  if (best && run === null) throw new UsageError('--best goes with --run')
  return run === null ? { file: model ?? '' } : { run, best }
}
