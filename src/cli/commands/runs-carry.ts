/** `runs export` and `runs import`: runs in a file that another lab can read, and models of one's own. */
import { resolve } from 'node:path'
import type { FileChoice, ImportedRun, Lab } from '../../lab'
import { ENCODINGS, TOKEN_KINDS } from '../../shared'
import type { EncodingChoice, ModelAlphabet, TokenKind } from '../../shared'
import { defineCommand } from '../frame/command'
import { asChoice, asName, asRunName, flag, flagOf, input, required, valued } from '../frame/options'
import { asFileOf, assertFile } from '../frame/incoming'
import { UsageError } from '../frame/usage-error'

interface ExportDocument {
  readonly file: string
  readonly runs: readonly string[]
}

export const runsExport = defineCommand({
  name: 'runs export',
  summary: 'write runs into one .engram file that another lab can read',
  example: 'runs export RUN RUN --out runs.engram --with-corpus',
  options: {
    out: required('FILE', 'the file that is written', asName),
    withCorpus: flag('put the texts in as well (else only the watched text and what the network wrote go along)'),
    force: flag('overwrite --out'),
  },
  positionals: [{ name: 'RUN', repeated: true }],
  run: async ({ openLab, options, positionals }): Promise<ExportDocument> => {
    const { force: overwrite, withCorpus } = options
    const file = resolve(options.out)
    const lab = await openLab()
    return { file, runs: await lab.carry.exportRuns(positionals, { file, overwrite, withCorpus }) }
  },
  print: ({ file, runs }) => `${file}: ${counted(runs.length)}`,
})

const counted = (runs: number): string => (runs === 1 ? '1 run' : `${runs} runs`)

type ImportDocument =
  | { readonly run: string; readonly parent: string | null }
  | { readonly runs: readonly string[]; readonly imported: readonly ImportedRun[] }

export const runsImport = defineCommand({
  name: 'runs import',
  summary: 'take runs in from an .engram file, or a model in safetensors as a run of its own',
  example: 'runs import runs.engram',
  options: {
    model: valued('FILE', 'a model in safetensors, in place of an .engram file', null, asFileOf('a model')),
    parent: valued('RUN', 'with --model: the run it was trained on from', null, asName),
    name: valued('TEXT', 'with --model: the run’s name, else the file’s', '', asRunName),
    alphabet: valued('SYMBOLS', 'for a model of tensors alone: its symbols in the order of its rows', null, asName),
    alphabetOf: input(valued('FILE', 'the same, from the text it learnt', null, asName)),
    tokens: valued('KIND', `of that alphabet: ${TOKEN_KINDS.join(', ')}`, 'character', asChoice(TOKEN_KINDS)),
    encoding: valued('ENCODING', 'of that text', 'auto', asChoice(['auto', ...ENCODINGS])),
  },
  positionals: [{ name: 'FILE', optional: true }],
  run: async ({ openLab, options, given, text, positionals: [file] }): Promise<ImportDocument> => {
    if (file !== undefined) assertFile(file, 'FILE', 'a bundle')
    const { model, parent, name, alphabet: symbols, alphabetOf } = options
    if ((file === undefined) === (model === null)) throw new UsageError('name FILE or --model FILE')
    const wrong = ['parent', 'name', 'alphabet', 'alphabetOf', 'tokens', 'encoding'].find(
      (option) => model === null && given.has(option),
    )
    if (wrong !== undefined) throw new UsageError(`${flagOf(wrong)} goes with --model`)
    if (symbols !== null && alphabetOf !== null) throw new UsageError('name --alphabet or --alphabet-of')
    if (given.has('tokens') && options.tokens !== 'byte' && symbols === null && alphabetOf === null) {
      throw new UsageError('--tokens goes with --alphabet or --alphabet-of')
    }
    const lab = await openLab()
    if (model !== null) {
      const alphabet = await alphabetFrom(lab, options, text)
      const { run } = await lab.carry.importModel(model, { parent, name, alphabet })
      return { run, parent }
    }
    const imported = await lab.carry.importBundle(file)
    return { runs: imported.map(({ run }) => run), imported }
  },
  print: (document) =>
    'run' in document
      ? `run ${document.run}${document.parent === null ? '' : `, of ${document.parent}`}`
      : document.imported.map(toldOf).join('\n'),
})

interface AlphabetOptions {
  readonly alphabet: string | null
  readonly alphabetOf: string | null
  readonly tokens: TokenKind
  readonly encoding: EncodingChoice
}

/** Bytes have only one: their kind alone names it. */
async function alphabetFrom(
  lab: Lab,
  options: AlphabetOptions,
  text: (word: string) => Promise<FileChoice>,
): Promise<ModelAlphabet | null> {
  const { alphabet, alphabetOf, tokens, encoding } = options
  if (alphabet !== null) return { tokens, symbols: [...alphabet] }
  if (alphabetOf !== null)
    return { tokens, symbols: await lab.corpora.alphabet(await text(alphabetOf), encoding, tokens) }
  if (tokens === 'byte') return { tokens, symbols: [] }
  return null
}

function toldOf({ run, from, isNew }: ImportedRun): string {
  if (!isNew) return `run ${run} was here already`
  return run === from ? `run ${run}` : `run ${run}, as there is another run ${from} here`
}
