/** Stands in for a shard worker: ready at once, and gone at the first step, without a word. */
import process from 'node:process'
import { workerData } from 'node:worker_threads'

const words = new Int32Array(workerData.control)
const at = workerData.index * 16
Atomics.store(words, at, 0)
Atomics.notify(words, at)
Atomics.wait(words, 0, 0)
process.exit(7)
