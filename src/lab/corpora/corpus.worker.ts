/** The thread that reads texts. */
import { parentPort } from 'node:worker_threads'
import { openChannel } from '../workers/channel'
import { computeBaseline } from './baseline'
import type { CorpusApi } from './corpus-api'
import { readCorpus } from './read-corpus'
import { writeTaskText } from './task-file'

const api: CorpusApi = {
  inspect: (request) => readCorpus({ ...request, copyTo: null }).summaries,
  read: readCorpus,
  generate: (file, request) => writeTaskText(file, request, true),
  baseline: computeBaseline,
}

if (!parentPort) throw new Error('this is a worker')
openChannel(parentPort, api)
