/** `baseline`: what counting alone reaches, for a network's loss to be held against. */
import { ENCODINGS, TOKEN_KINDS } from '../../shared'
import type { Baseline } from '../../shared'
import { defineCommand } from '../frame/command'
import { asChoice, asName, asNumber, asWhole, input, repeated, valued } from '../frame/options'
import { UsageError } from '../frame/usage-error'
import { tellReading } from './reading-notes'
import { figure, table } from './visible'

export const baseline = defineCommand({
  name: 'baseline',
  summary: 'what counting n-grams reaches on the held-out text',
  example: 'baseline --corpus book.txt --max-context 6',
  options: {
    corpus: input(repeated('FILE', 'a text, - for standard input', asName)),
    encoding: valued('ENCODING', 'how the text is encoded', 'auto', asChoice(['auto', ...ENCODINGS])),
    validation: valued(
      'SHARE',
      'share of the text that is held out',
      0.1,
      asNumber('more than 0 and less than 1', (value) => value > 0 && value < 1),
    ),
    tokens: valued('KIND', TOKEN_KINDS.join(', '), 'character', asChoice(TOKEN_KINDS)),
    maxContext: valued('N', 'tokens that are looked back at most', 6, asWhole(0, 32)),
  },
  run: async ({ options, openLab, tell, text }): Promise<Baseline> => {
    if (options.corpus.length === 0) throw new UsageError('--corpus FILE is missing')
    const { encoding, validation, tokens, maxContext } = options
    const lab = await openLab()
    const files = await Promise.all(options.corpus.map(text))
    const counted = await lab.corpora.baseline({ files, encoding, validation, tokens, maxContext })
    tellReading(tell)(await Promise.all(files.map((file) => lab.corpora.inspect(file, encoding, tokens))))
    return counted
  },
  print: ({ vocabularySize, uniform, orders }) =>
    `${vocabularySize} symbols; knowing nothing ${figure(uniform)} nats\n` +
    table([['context', 'nats'], ...orders.map(({ context, loss }) => [String(context), figure(loss)])]),
})
