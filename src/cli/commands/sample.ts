/** `sample`: what a network writes. */
import type { SampleAnswer } from '../../lab'
import { defineCommand } from '../frame/command'
import { asNumber, asText, asWhole, flag, valued } from '../frame/options'
import { BACKWARD, MODEL_OPTIONS, modelChoice } from './model-options'

export const sample = defineCommand({
  name: 'sample',
  summary: 'text that a network writes',
  example: 'sample --run RUN --prompt "Once" --length 200 --temperature 0.8',
  options: {
    ...MODEL_OPTIONS,
    prompt: valued('TEXT', 'what it reads first', '', asText),
    length: valued('N', 'tokens it writes', 200, asWhole(1, 1_000_000)),
    temperature: valued(
      'T',
      '0: always the most probable',
      1,
      asNumber('0 or more', (value) => value >= 0),
    ),
    topK: valued('K', 'only the K most probable', null, asWhole(1)),
    topP: valued(
      'P',
      'only the most probable that reach P together',
      null,
      asNumber('more than 0 and at most 1', (p) => p > 0 && p <= 1),
    ),
    seed: valued('N', 'seed of every chance', 1, asWhole(0, 2 ** 32 - 1)),
    skipUnknown: flag('leave out symbols of the prompt the model does not know'),
  },
  run: async ({ options, openLab }): Promise<SampleAnswer> => {
    const choice = modelChoice(options)
    const lab = await openLab()
    const { prompt, length, temperature, topK, topP, seed, skipUnknown } = options
    return lab.analysis.sample(choice, { prompt, length, temperature, topK, topP, seed, skipUnknown })
  },
  // NFC: jamo that were written may join those of the prompt.
  print: ({ prompt, text, reverse }) => (reverse ? `${BACKWARD}\n` : '') + (prompt + text).normalize('NFC'),
})
