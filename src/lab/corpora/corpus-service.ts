/** Texts for the rooms and the command line: read in a thread of their own. */
import { rmSync } from 'node:fs'
import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as v from 'valibot'
import { LabError, taskTextName } from '../../shared'
import type { SampleCorpus } from '../../shared'
import type { LabContext } from '../context'
import { temporaryName } from '../files/atomic-write'
import { saveIncoming } from '../files/incoming'
import { createOnDemandWorker } from '../workers/on-demand-worker'
import { keptFiles } from './kept-text'
import { MOST_BYTES } from './open-text-file'
import { createRunBaselines } from './run-baselines'
import type { CorpusApi } from './corpus-api'
import type { CorpusReader } from './corpus-reader'

const titled = v.object({ en: v.string(), ko: v.string() })
const SampleIndexSchema = v.array(
  v.object({
    id: v.string(),
    file: v.string(),
    language: v.picklist(['en', 'ko']),
    title: titled,
    about: titled,
    probe: v.string(),
  }),
)

export function createCorpusService(context: LabContext): CorpusReader {
  const folder = join(context.host.resourcesDirectory, 'corpora')
  const worker = createOnDemandWorker<CorpusApi>(context.host, 'corpus')
  context.onClose(worker.close)
  const baselines = createRunBaselines(context, (request) => worker.use().baseline(request))

  async function readIndex(): Promise<v.InferOutput<typeof SampleIndexSchema>> {
    return v.parse(SampleIndexSchema, JSON.parse(await readFile(join(folder, 'index.json'), 'utf8')))
  }

  /** Copies of texts that came through a pipe: a text is read more than once. */
  const received: string[] = []
  const removeReceived = (): void => received.splice(0).forEach((path) => rmSync(path, { force: true }))
  context.onClose(async () => {
    removeReceived()
    process.off('exit', removeReceived)
  })

  return {
    receive: async (incoming) => {
      const path = temporaryName(join(context.paths.corpora, 'received'))
      if (received.length === 0) process.on('exit', removeReceived)
      received.push(path)
      await saveIncoming(incoming, path, MOST_BYTES)
      return { path, name: incoming.name }
    },
    inspect: async (file, encoding, tokens) => {
      const [summary] = await worker.use().inspect({ files: [file], encoding, tokens, copyTo: null })
      return summary
    },
    alphabet: async (file, encoding, tokens) =>
      (await worker.use().read({ files: [file], encoding, tokens, copyTo: null })).vocabulary,
    samples: async () =>
      (await readIndex()).map(({ id, language, title, about }): SampleCorpus => ({ id, language, title, about })),
    sampleFile: async (id) => {
      const sample = (await readIndex()).find((candidate) => candidate.id === id)
      if (!sample) throw new LabError('E_FILE_MISSING', { file: id })
      return join(folder, sample.file)
    },
    baselineOf: baselines.of,
    knownBaselineOf: baselines.known,
    tokensPerCharacter: async (run) => {
      const detail = await context.database.showRun(run)
      if (detail.configuration?.tokens !== 'jamo') return { trained: 1, heldOut: 1 }
      const { tokens, reverse, validation } = detail.configuration
      const files = keptFiles(detail, context.paths)
      return worker.use().tokensPerCharacter({ ...files, tokens, reverse, validation, copyTo: null })
    },
    generate: async (request) => {
      const tasks = join(context.paths.directory, 'tasks')
      await mkdir(tasks, { recursive: true })
      const file = join(tasks, taskTextName(request))
      await worker.use().generate(file, request)
      return file
    },
    baseline: (request) => worker.use().baseline({ ...request, copyTo: null }),
    look: (request) => worker.use().read({ ...request, copyTo: null }),
    read: (request) => worker.use().read({ ...request, copyTo: context.paths.corpora }),
  }
}
