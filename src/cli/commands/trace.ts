/** `trace`: what a network does with a text, step by step. */
import type { Trace } from '../../shared'
import { defineCommand } from '../frame/command'
import { asName, asWhole, flag, required, valued } from '../frame/options'
import { BACKWARD, MODEL_OPTIONS, modelChoice } from './model-options'
import { figure, table, visible } from './visible'

interface TraceStep {
  readonly t: number
  readonly token: string
  /** [layer][unit] */
  readonly hidden: readonly (readonly number[])[]
  readonly cell: readonly (readonly number[])[] | null
  /** [layer]{name: [unit]} */
  readonly gates: readonly Readonly<Record<string, readonly number[]>>[]
  readonly next: readonly { readonly token: string; readonly probability: number }[]
  readonly probability: number | null
  readonly logits?: readonly number[]
}

interface TraceDocument {
  readonly model: Pick<Trace['model'], 'cell' | 'layers' | 'hidden' | 'vocabularySize' | 'parameters'> & {
    readonly reverse?: true
  }
  readonly tokens: readonly string[]
  readonly steps: readonly TraceStep[]
  readonly loss: number | null
}

export const trace = defineCommand({
  name: 'trace',
  summary: 'hidden states and expectations of a network that reads a text',
  example: 'trace --run RUN --text "To be, or" --json',
  options: {
    ...MODEL_OPTIONS,
    text: required('TEXT', 'what it reads', asName),
    top: valued('K', 'how many of the most probable next tokens', 5, asWhole(1, 65_535)),
    full: flag('with the logits of every step'),
    skipUnknown: flag('leave out symbols the model does not know'),
  },
  run: async ({ options, openLab }): Promise<TraceDocument> => {
    const choice = modelChoice(options)
    const lab = await openLab()
    const { text, top, full, skipUnknown } = options
    return documentOf(await lab.analysis.trace(choice, { text, top, full, skipUnknown }))
  },
  print: ({ model, steps, loss }) =>
    (model.reverse ? `${BACKWARD}\n` : '') +
    table([
      ['t', 'token', 'p(next)', 'most probable next'],
      ...steps.map((step) => [
        String(step.t),
        visible(step.token),
        figure(step.probability),
        step.next.map(({ token, probability }) => `${visible(token)} ${probability.toFixed(3)}`).join('  '),
      ]),
    ]) +
    `\nloss ${figure(loss)} nats`,
})

function documentOf(trace: Trace & { readonly logits: Float32Array | null }): TraceDocument {
  const { cell, layers, hidden, vocabularySize, parameters, reverse } = trace.model
  const byLayer = (values: Float32Array, t: number): number[][] =>
    Array.from({ length: layers }, (_, l) =>
      Array.from(values.subarray((t * layers + l) * hidden, (t * layers + l + 1) * hidden)),
    )
  const steps = trace.tokens.map((token, t): TraceStep => {
    const probability = trace.probability[t]
    return {
      t: t + 1,
      token,
      hidden: byLayer(trace.hidden, t),
      cell: trace.cell === null ? null : byLayer(trace.cell, t),
      gates: Array.from({ length: layers }, (_, l) =>
        Object.fromEntries(Object.entries(trace.gates).map(([name, values]) => [name, byLayer(values, t)[l]])),
      ),
      next: Array.from({ length: trace.top }, (_, k) => ({
        token: trace.vocabulary[trace.topTokens[t * trace.top + k]],
        probability: trace.topProbabilities[t * trace.top + k],
      })),
      probability: Number.isNaN(probability) ? null : probability,
      ...(trace.logits === null
        ? {}
        : { logits: Array.from(trace.logits.subarray(t * vocabularySize, (t + 1) * vocabularySize)) }),
    }
  })
  const model = { cell, layers, hidden, vocabularySize, parameters, ...(reverse ? { reverse } : {}) }
  return { model, tokens: trace.tokens, steps, loss: trace.loss }
}
