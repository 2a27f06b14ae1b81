/** `corpus inspect` and `corpus generate`. */
import { resolve } from 'node:path'
import { writeTaskText } from '../../lab'
import { ENCODINGS, MEMORY_TASKS, TOKEN_KINDS } from '../../shared'
import type { CorpusSummary } from '../../shared'
import { defineCommand } from '../frame/command'
import { asChoice, asName, asWhole, flag, required, valued } from '../frame/options'
import { distanceOption, singleDistanceAdvice } from './distances'
import { table } from './visible'

type InspectDocument = Pick<
  CorpusSummary,
  'encoding' | 'characters' | 'tokens' | 'vocabularySize' | 'sha256' | 'changes'
>

export const corpusInspect = defineCommand({
  name: 'corpus inspect',
  summary: 'what a text is, and what reading it changes',
  example: 'corpus inspect book.txt --json',
  options: {
    encoding: valued('ENCODING', 'how the text is encoded', 'auto', asChoice(['auto', ...ENCODINGS])),
    tokens: valued('KIND', TOKEN_KINDS.join(', '), 'character', asChoice(TOKEN_KINDS)),
  },
  positionals: [{ name: 'FILE', isInput: true }],
  run: async ({ options, openLab, text, positionals: [file] }): Promise<InspectDocument> => {
    const lab = await openLab()
    const summary = await lab.corpora.inspect(await text(file), options.encoding, options.tokens)
    const { encoding, characters, tokens, vocabularySize, sha256, changes } = summary
    return { encoding, characters, tokens, vocabularySize, sha256, changes }
  },
  print: ({ changes, ...rest }) =>
    table([
      ...Object.entries(rest).map(([name, value]) => [name, String(value)]),
      ['byte order mark left out', String(changes.bom)],
      ['line ends made one', String(changes.lineEnds)],
      ['characters composed (NFC)', String(changes.nfc)],
    ]),
})

export const corpusGenerate = defineCommand({
  name: 'corpus generate',
  summary: 'write a text that asks for memory over a distance',
  example: 'corpus generate --task delay --distance 4-16 --out delay.txt',
  options: {
    task: required('TASK', MEMORY_TASKS.join(', '), asChoice(MEMORY_TASKS)),
    distance: distanceOption('symbols over which something is to be kept, or a range that each problem draws from'),
    length: valued('N', 'characters in all', 100_000, asWhole(1, 100_000_000)),
    seed: valued('N', 'seed of every chance', 1, asWhole(0, 2 ** 32 - 1)),
    out: required('FILE', 'where it is written', asName),
    force: flag('overwrite --out'),
  },
  run: async ({ options, tell }): Promise<{ readonly file: string }> => {
    const file = resolve(options.out)
    const { task, distance: distances, length, seed, force } = options
    writeTaskText(file, { task, distances, length, seed }, force)
    const advice = singleDistanceAdvice(task, distances)
    if (advice !== null) tell(advice)
    return { file }
  },
  print: ({ file }) => file,
})
