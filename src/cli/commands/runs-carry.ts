/** `runs export` and `runs import`: runs in a file that another lab can read, and models of one's own. */
import { resolve } from 'node:path'
import type { ImportedRun } from '../../lab'
import { defineCommand } from '../frame/command'
import { asName, asText, flag, required, valued } from '../frame/options'
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
    model: valued('FILE', 'a model in safetensors, in place of an .engram file', null, asName),
    parent: valued('RUN', 'with --model: the run it was trained on from', null, asName),
    name: valued('TEXT', 'with --model: the run’s name, else the file’s', '', asText),
  },
  positionals: [{ name: 'FILE', optional: true }],
  run: async ({ openLab, options, given, positionals: [file] }): Promise<ImportDocument> => {
    const { model, parent, name } = options
    if ((file === undefined) === (model === null)) throw new UsageError('name FILE or --model FILE')
    const wrong = ['parent', 'name'].find((option) => model === null && given.has(option))
    if (wrong !== undefined) throw new UsageError(`--${wrong} goes with --model`)
    const lab = await openLab()
    if (model !== null) {
      const { run } = await lab.carry.importModel(model, { parent, name })
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

function toldOf({ run, from, isNew }: ImportedRun): string {
  if (!isNew) return `run ${run} was here already`
  return run === from ? `run ${run}` : `run ${run}, as there is another run ${from} here`
}
