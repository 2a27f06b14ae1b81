/** Stands in for a shard worker: ready at once, and then never done. */
import { workerData } from 'node:worker_threads'

const words = new Int32Array(workerData.control)
const at = workerData.index * 16
Atomics.store(words, at, 0)
Atomics.notify(words, at)
for (;;) Atomics.wait(words, at, 0)
