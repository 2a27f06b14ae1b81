/**
 * Whole training steps by one worker and by several, in turns of short slices in one run. Two medians and their ratio: of
 * all slices, and of the quiet ones, in which nobody else used the cores to speak of. Needs `npm run build`.
 *
 *     npm run bench -- workers [WORKERS…] [--seconds N] [--milliseconds N] [--only WORD] [--all]
 */
import { cpus, loadavg } from 'node:os'
import { resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { setFlagsFromString } from 'node:v8'
import { createLayout, Trainer } from '../src/engine'
import type { RecurrentCell, TokenIds } from '../src/engine'
import { ShardCrew } from '../src/lab/training/shard-crew'
import { trainerSettings } from '../src/lab/training/training-plan'
import { startThread } from '../src/lab/workers/start-thread'
import { DEFAULT_CONFIGURATION } from '../src/shared'
import { kernelCode } from '../src/lab/kernels/choose-kernel'

setFlagsFromString('--experimental-wasm-revectorize')

const VOCABULARY = 65

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    /** At most, for each size. */
    seconds: { type: 'string', default: '20' },
    milliseconds: { type: 'string', default: '100' },
    only: { type: 'string', default: '' },
    all: { type: 'boolean', default: false },
  },
})
/** How much of one core others may use in a quiet slice; the system counts in hundredths of a second. */
const QUIET = 0.15
/** Steps of quiet slices that are enough. */
const ENOUGH = 200
const LOOK_MS = 60
const NOISY_SLICES = 10
const COUNTS = [1, ...(positionals.length > 0 ? positionals.map(Number) : [2])]

interface Sized {
  readonly cell: RecurrentCell
  readonly hidden: number
  readonly layers: number
  readonly batch: number
  readonly sequence: number
}

const sized = (cell: RecurrentCell, hidden: number, batch = 32, sequence = 64, layers = 1): Sized => ({
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
  /** Of every step, milliseconds. */
  readonly times: number[]
  /** Of the steps of quiet slices. */
  readonly quiet: number[]
}

async function contender(size: Sized, workers: number): Promise<Contender> {
  const shape = { cell: size.cell, layers: size.layers, hidden: size.hidden, vocabulary: VOCABULARY, embedding: 0 }
  const settings = trainerSettings({ ...DEFAULT_CONFIGURATION, ...size, weightDecay: 0 }, shape, 1_000_000)
  const kernel = kernelCode(resolve('out/kernels'), 'relaxed-simd-256')
  const trainer = new Trainer({ ...settings, ...(kernel ? { kernel } : {}), workers }, tokens, (bytes) => {
    return new SharedArrayBuffer(bytes)
  })
  if (workers === 1) return { step: () => trainer.step(), end: async () => undefined, times: [], quiet: [] }
  const crew = await ShardCrew.start(trainer, tokens, {
    now: () => performance.now(),
    turn: () => new Promise((done) => setImmediate(done)),
    startShard: (job) => startThread(resolve('out/main/shard.worker.cjs'), `shard ${job.index}`, job),
    barrierMs: 5000,
  })
  return { step: () => crew.step(), end: () => crew.end(), times: [], quiet: [] }
}

/** Milliseconds that all cores were busy since the machine started, without what this process used. */
function othersBusy(): number {
  const { user, system } = process.cpuUsage()
  const busy = cpus().reduce((sum, { times }) => sum + times.user + times.nice + times.sys + times.irq, 0)
  return busy - (user + system) / 1000
}

async function isQuiet(): Promise<boolean> {
  const busy = othersBusy()
  const started = performance.now()
  await wait(LOOK_MS)
  return othersBusy() - busy <= QUIET * (performance.now() - started)
}

/** Takes the time of every step of one slice. */
async function measure({ step, times, quiet }: Contender, milliseconds: number): Promise<void> {
  const busy = othersBusy()
  const started = performance.now()
  const taken: number[] = []
  let before = started
  do {
    await step()
    const now = performance.now()
    taken.push(now - before)
    before = now
  } while (before - started < milliseconds)
  times.push(...taken)
  if (othersBusy() - busy <= QUIET * (before - started)) quiet.push(...taken)
}

const median = (times: readonly number[]): number => [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)]

for (const size of [...NAMED, ...(values.all ? MORE : [])]) {
  const { cell, hidden, layers, batch, sequence } = size
  const name = `${cell} H${hidden} L${layers} B${batch} T${sequence}`
  if (!name.includes(values.only)) continue
  const all = await Promise.all(COUNTS.filter((workers) => workers <= batch).map((workers) => contender(size, workers)))
  for (const each of all) {
    await measure(each, 500) // compiled before it is timed
    each.times.length = 0
    each.quiet.length = 0
  }
  let slices = 0
  const until = performance.now() + Number(values.seconds) * 1000
  while (performance.now() < until && all.some(({ quiet }) => quiet.length < ENOUGH)) {
    // Some slices whatever others do, then those alone that begin in a quiet moment.
    if (slices < NOISY_SLICES || (await isQuiet())) {
      slices += 1
      for (const each of all) await measure(each, Number(values.milliseconds))
    }
  }
  const [one] = all
  const { size: parameters } = createLayout({ cell, hidden, layers, vocabulary: VOCABULARY, embedding: 0 })
  const show = (times: readonly number[], ofOne: readonly number[]): string =>
    times.length === 0 || ofOne.length === 0
      ? 'none'
      : `${((batch * sequence) / median(times)).toFixed(0).padStart(4)} k/s × ${(median(ofOne) / median(times)).toFixed(2)}` +
        ` (${String(times.length)} steps)`
  all.forEach(({ times, quiet }, i) => {
    process.stdout.write(
      `${name.padEnd(24)} P ${String(parameters).padStart(7)}  ${String(COUNTS[i])} workers  quiet ${show(quiet, one.quiet)}` +
        `  all ${show(times, one.times)}  load ${loadavg()[0].toFixed(1)}\n`,
    )
  })
  for (const { end } of all) await end()
}
