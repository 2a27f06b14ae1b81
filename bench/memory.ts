/**
 * What training takes of memory besides the text: at two lengths of text, beside the parameters and
 * B·T·(V + L·H·(G+1)); how much it grows over 2,000 steps; and how much a step leaves to the garbage collector. Each in a
 * process of its own.
 *
 *     npm run bench -- memory
 */
import { resolve } from 'node:path'
import { table } from '../src/cli/commands/visible'
import { createLayout, gateCount, Trainer } from '../src/engine'
import type { ModelShape } from '../src/engine'
import { kernelCode } from '../src/lab/kernels/choose-kernel'
import { enableWideVectors } from '../src/lab/kernels/wide-vectors'
import { shapeOf, trainerSettings } from '../src/lab/training/training-plan'
import { DEFAULT_CONFIGURATION } from '../src/shared'
import { runProgram } from './child'
import { SETTINGS } from './settings'
import type { Setting } from './settings'

const LENGTHS = [1_000_000, 50_000_000]
const STEPS = 2000
/** Steps after which everything is compiled. */
const WARM = 200
/** With a young generation this large nothing is collected meanwhile: what the heap grows by was allocated. */
const UNCOLLECTED = ['--min-semi-space-size=128', '--max-semi-space-size=128']
const MEASURED = SETTINGS.slice(0, 2)
/** Parameters, gradients and Adam's two moments. */
const COPIES = 4

/** In bytes, of the process. */
interface Growth {
  /** By making the trainer and its first steps. */
  readonly made: number
  /** Over STEPS more, on the whole and on the heap alone. */
  readonly later: number
  readonly heap: number
}

function collect(): void {
  const { gc } = globalThis as { gc?: () => void }
  gc?.()
}

/** In the process that is measured. */
function grow({ job }: Setting, length: number): Growth {
  enableWideVectors()
  const tokens = new Uint8Array(length)
  for (let i = 0; i < length; i++) tokens[i] = (i * 7919 + (i >> 3)) % job.vocabulary
  const configuration = { ...DEFAULT_CONFIGURATION, ...job, validation: 0 }
  const settings = trainerSettings(configuration, shapeOf(configuration, job.vocabulary), STEPS)
  const kernel = kernelCode(resolve('out/kernels'), 'relaxed-simd-256')
  collect()
  const before = process.memoryUsage()
  const trainer = new Trainer(kernel ? { ...settings, kernel } : settings, tokens)
  for (let i = 0; i < WARM; i++) trainer.step()
  collect()
  const made = process.memoryUsage()
  for (let i = 0; i < STEPS; i++) trainer.step()
  const after = process.memoryUsage()
  return {
    made: made.rss - before.rss,
    later: after.rss - made.rss,
    heap: after.heapUsed - made.heapUsed,
  }
}

function expected(shape: ModelShape, { batch, sequence }: Setting['job']): { parameters: number; window: number } {
  const { vocabulary, layers, hidden, cell } = shape
  return {
    parameters: 4 * createLayout(shape).size,
    window: 4 * batch * sequence * (vocabulary + layers * hidden * ((cell === 'window' ? 1 : gateCount(cell)) + 1)),
  }
}

const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(1)

async function compare(): Promise<void> {
  const rows: string[][] = []
  for (const [i, setting] of MEASURED.entries()) {
    const { job, name } = setting
    const { parameters, window } = expected(shapeOf({ ...DEFAULT_CONFIGURATION, ...job }, job.vocabulary), job)
    for (const length of LENGTHS) {
      const words = (flags: readonly string[]): string[] => [
        ...['--expose-gc', ...flags, resolve('bench/run.mjs'), 'memory', String(i), String(length)],
      ]
      const growth = async (flags: readonly string[]): Promise<Growth> =>
        JSON.parse(await runProgram(process.execPath, words(flags))) as Growth
      const { made, later } = await growth([])
      const { heap } = await growth(UNCOLLECTED)
      const figures = [parameters, window, made, later].map(megabytes)
      rows.push([name, `${length / 1e6}`, ...figures, `${Math.round(heap / STEPS)}`])
    }
  }
  const head = [
    'setting',
    'tokens, 10⁶',
    'parameters',
    'B·T·(V + L·H·(G+1))',
    'trainer made',
    `${STEPS} steps on`,
    'bytes a step',
  ]
  process.stdout.write(
    `Growth of the process in MB besides the text; parameters are held ${COPIES} times (gradients and Adam's moments). ` +
      `Bytes a step: small objects on the heap, left to the collector.\n\n${table([head, ...rows])}\n`,
  )
}

const [, , index, length] = process.argv
if (index === undefined) await compare()
else process.stdout.write(JSON.stringify(grow(MEASURED[Number(index)], Number(length))))
