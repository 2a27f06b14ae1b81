/** The move of the data in a process of its own: DIRECTORY TARGET USUAL, by the worker that the app starts for it. */
import process from 'node:process'
import { Worker } from 'node:worker_threads'
import { createBirpc } from 'birpc'

const [directory, target, usual] = process.argv.slice(2)
const worker = new Worker(new URL('../../../out/main/carry.worker.cjs', import.meta.url))
const remote = createBirpc(
  { progress: () => undefined },
  {
    post: (message) => worker.postMessage(message),
    on: (receive) => worker.on('message', receive),
    timeout: -1,
  },
)
await remote.moveData({ directory, target, usual, previous: [], nativeBinding: null })
await worker.terminate()
