/** The thread that reads texts. */
import { parentPort } from 'node:worker_threads'
import { openChannel } from '../workers/channel'
import { computeBaseline } from './baseline'
import type { CorpusApi } from './corpus-api'
import { readCorpus } from './read-corpus'
import { writeTaskText } from './task-file'
import { tokensPerCharacter } from './tokens-per-character'

const api: CorpusApi = {
  inspect: (request) => readCorpus({ ...request, copyTo: null }).summaries,
  read: readCorpus,
  generate: (file, request) => writeTaskText(file, request, true),
  baseline: computeBaseline,
  tokensPerCharacter,
}

if (!parentPort) throw new Error('this is a worker')
openChannel(parentPort, api)
