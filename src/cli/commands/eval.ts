/** `eval`: how well a network predicts a text. */
import { ENCODINGS } from '../../shared'
import type { Evaluation } from '../../shared'
import { defineCommand } from '../frame/command'
import { asChoice, asName, flag, input, repeated, valued } from '../frame/options'
import { UsageError } from '../frame/usage-error'
import { MODEL_OPTIONS, modelChoice } from './model-options'
import { tellReading } from './reading-notes'
import { figure } from './visible'

type EvalDocument = { readonly [Name in keyof Evaluation]: Evaluation[Name] | null } & { readonly nonFinite?: true }

export const evaluate = defineCommand({
  name: 'eval',
  summary: 'how well a network predicts a text',
  example: 'eval --run RUN --corpus book.txt --json',
  options: {
    ...MODEL_OPTIONS,
    corpus: input(repeated('FILE', 'a text to predict, - for standard input', asName)),
    encoding: valued('ENCODING', 'how the text is encoded', 'auto', asChoice(['auto', ...ENCODINGS])),
    skipUnknown: flag('leave out symbols the model does not know'),
  },
  run: async ({ options, openLab, tell, text }): Promise<EvalDocument> => {
    const choice = modelChoice(options)
    if (options.corpus.length === 0) throw new UsageError('--corpus FILE is missing')
    const { encoding, skipUnknown } = options
    const lab = await openLab()
    const files = await Promise.all(options.corpus.map(text))
    const onRead = tellReading(tell)
    return finiteOf(await lab.analysis.evaluate(choice, { files, encoding, skipUnknown, onRead }))
  },
  print: ({ loss, bitsPerCharacter, perplexity, characters, tokens }) =>
    [
      `loss ${figure(loss)} nats, perplexity ${figure(perplexity)}, ${figure(bitsPerCharacter)} bits per character`,
      `${characters} characters, ${tokens} tokens`,
    ].join('\n'),
})

/** Numbers that aren't finite are null in a document. */
function finiteOf(evaluation: Evaluation): EvalDocument {
  if (Object.values(evaluation).every(Number.isFinite)) return evaluation
  const finite = (value: number): number | null => (Number.isFinite(value) ? value : null)
  const { loss, bitsPerCharacter, perplexity } = evaluation
  return {
    ...evaluation,
    loss: finite(loss),
    bitsPerCharacter: finite(bitsPerCharacter),
    perplexity: finite(perplexity),
    nonFinite: true,
  }
}
