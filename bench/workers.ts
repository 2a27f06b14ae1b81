/**
 * Whole training steps by one worker and by several, in turns of short slices in one run: best and median of each, and
 * their ratio. Needs `npm run build`.
 *
 *     npm run bench -- workers [WORKERS…] [--slices N] [--milliseconds N] [--only WORD]
 */
import { loadavg } from 'node:os'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { setFlagsFromString } from 'node:v8'
import { createLayout, Trainer } from '../src/engine'
import type { ModelShape, TokenIds } from '../src/engine'
import { ShardCrew } from '../src/lab/training/shard-crew'
import { trainerSettings } from '../src/lab/training/training-plan'
import { startThread } from '../src/lab/workers/start-thread'
import { DEFAULT_CONFIGURATION } from '../src/shared'
import { codeOf, VOCABULARY } from './settings'

setFlagsFromString('--experimental-wasm-revectorize')

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    slices: { type: 'string', default: '15' },
    milliseconds: { type: 'string', default: '300' },
    only: { type: 'string', default: '' },
    all: { type: 'boolean', default: false },
  },
})
const COUNTS = [1, ...(positionals.length > 0 ? positionals.map(Number) : [2])]

interface Sized {
  readonly cell: ModelShape['cell']
  readonly hidden: number
  readonly layers: number
  readonly batch: number
  readonly sequence: number
}

const sized = (cell: ModelShape['cell'], hidden: number, batch = 32, sequence = 64, layers = 1): Sized => ({
  cell,
  hidden,
  layers,
  batch,
  sequence,
})
/** Those that DESIGN names first, then sizes about where a second worker begins to pay. */
const NAMED = [sized('vanilla', 128), sized('lstm', 128), sized('gru', 256)]
const MORE = [
  sized('vanilla', 512),
  sized('lstm', 512, 32, 16),
  sized('vanilla', 8, 4, 8),
  sized('vanilla', 32, 8, 16),
  sized('vanilla', 32),
  sized('vanilla', 64, 8, 16),
  sized('vanilla', 64, 8),
  sized('vanilla', 128, 8, 16),
  sized('vanilla', 128, 8),
  sized('vanilla', 128, 4, 32),
  sized('vanilla', 512, 2, 16),
  sized('vanilla', 100, 2, 25),
  sized('lstm', 64, 8, 16),
  sized('gru', 512, 4, 16),
  sized('vanilla', 128, 16),
]

const tokens: TokenIds = new Uint8Array(new SharedArrayBuffer(200_000)).map(
  (_, i) => (i * 7919 + (i >> 3)) % VOCABULARY,
)

interface Contender {
  readonly step: () => unknown
  readonly end: () => Promise<void>
  readonly times: number[]
}

async function contender(size: Sized, workers: number): Promise<Contender> {
  const shape = { cell: size.cell, layers: size.layers, hidden: size.hidden, vocabulary: VOCABULARY, embedding: 0 }
  const settings = trainerSettings({ ...DEFAULT_CONFIGURATION, ...size, weightDecay: 0 }, shape, 1_000_000)
  const kernel = codeOf('relaxed-simd-256')
  const trainer = new Trainer({ ...settings, ...(kernel ? { kernel } : {}), workers }, tokens, (bytes) => {
    return new SharedArrayBuffer(bytes)
  })
  if (workers === 1) return { step: () => trainer.step(), end: async () => undefined, times: [] }
  const crew = await ShardCrew.start(trainer, tokens, {
    now: () => performance.now(),
    turn: () => new Promise((done) => setImmediate(done)),
    startShard: (job) => startThread(resolve('out/main/shard.worker.cjs'), `shard ${job.index}`, job),
    barrierMs: 5000,
  })
  return { step: () => crew.step(), end: () => crew.end(), times: [] }
}

/** Takes the time of every step of one slice. */
async function measure({ step, times }: Contender, milliseconds: number): Promise<void> {
  const started = performance.now()
  let before = started
  do {
    await step()
    const now = performance.now()
    times.push(now - before)
    before = now
  } while (before - started < milliseconds)
}

/** The time that a share of the steps takes at most. */
const quantile = (times: readonly number[], share: number): number =>
  [...times].sort((a, b) => a - b)[Math.floor((times.length - 1) * share)]
/** On a machine that others use too, few steps have the cores to themselves. */
const BEST = 0.05

for (const size of [...NAMED, ...(values.all ? MORE : [])]) {
  const { cell, hidden, layers, batch, sequence } = size
  const name = `${cell} H${hidden} L${layers} B${batch} T${sequence}`
  if (!name.includes(values.only)) continue
  const all = await Promise.all(COUNTS.filter((workers) => workers <= batch).map((workers) => contender(size, workers)))
  for (const each of all) {
    await measure(each, 500) // compiled before it is timed
    each.times.length = 0
  }
  for (let slice = 0; slice < Number(values.slices); slice++) {
    for (const each of all) await measure(each, Number(values.milliseconds))
  }
  const [one] = all
  const { size: parameters } = createLayout({ cell, hidden, layers, vocabulary: VOCABULARY, embedding: 0 })
  all.forEach(({ times }, i) => {
    const [best, middle] = [quantile(times, BEST), quantile(times, 0.5)]
    const thousands = (time: number): string => `${((batch * sequence) / time).toFixed(0).padStart(5)} k/s`
    const ratio = (share: number): string => (quantile(one.times, share) / quantile(times, share)).toFixed(2)
    process.stdout.write(
      `${name.padEnd(24)} P ${String(parameters).padStart(7)}  ${COUNTS[i]} workers  best ${thousands(best)} × ${ratio(BEST)}` +
        `  median ${thousands(middle)} × ${ratio(0.5)}  ${best.toFixed(3)} ms a step  load ${loadavg()[0].toFixed(1)}\n`,
    )
  })
  for (const { end } of all) await end()
}
