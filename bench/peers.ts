/**
 * Whole training steps beside PyTorch and TensorFlow.js on one thread, in turns in one run; medians of five and half their
 * range, ratios, shares of each kernel's measured peak, and two workers against one. Compare only within one run.
 *
 *     npm run bench -- --peers [SECONDS]
 */
import { resolve } from 'node:path'
import { table } from '../src/cli/commands/visible'
import { measurePyTorch } from '../src/lab/bench/pytorch'
import type { BenchResult } from '../src/lab'
import { measureLab } from './lab-speed'
import { installTensorFlow } from './peers/install-tensorflow'
import type { TensorFlow } from './peers/install-tensorflow'
import { SETTINGS } from './settings'
import type { Setting } from './settings'
import { inThousands, percent, summarise, times } from './summary'

const SECONDS = Number(process.argv[2] ?? 1)
const ROUNDS = 5
/** Rows of a batch from which two workers are expected to pay. */
const SHARED_BATCH = 32
const NO_PYTORCH = 'PyTorch is not installed for python3: install Debian’s python3-torch and libopenblas0-pthread.'

const tell = (line: string): void => void process.stderr.write(`${line}\n`)

interface Measured {
  readonly torch: number[]
  readonly wide: BenchResult[]
  readonly narrow: BenchResult[]
  readonly two: BenchResult[]
  readonly tensorflow: number[]
}

/** What there is to compare with; what isn't is told once. */
interface Peers {
  readonly torch: string | null
  readonly tensorflow: TensorFlow | null
  readonly twoWorkers: boolean
}

const torchOf = ({ job }: Setting) =>
  measurePyTorch(resolve('resources'), { ...job, kernel: 'auto', workers: 1 }, SECONDS)

const orNull = <Value>(promise: Promise<Value>, sentence: (error: Error) => string): Promise<Value | null> =>
  promise.catch((error: Error) => {
    tell(sentence(error))
    return null
  })

async function findPeers(): Promise<Peers> {
  const [first] = SETTINGS
  const torch = await orNull(torchOf(first), (error) => error.message)
  if (torch === null) tell(NO_PYTORCH)
  const tensorflow = await orNull(
    installTensorFlow(),
    ({ message }) => `TensorFlow.js could not be installed: ${message}`,
  )
  const two = await orNull(measureLab(first, 'relaxed-simd-256', 0.1, 2), ({ message }) => message)
  const core = torch?.core ? `, OpenBLAS for ${torch.core}` : ''
  return { torch: torch && `PyTorch ${torch.version}${core}`, tensorflow, twoWorkers: two !== null }
}

async function measure(setting: Setting, peers: Peers): Promise<Measured> {
  const measured: Measured = { torch: [], wide: [], narrow: [], two: [], tensorflow: [] }
  for (let round = 1; round <= ROUNDS; round++) {
    tell(`${setting.name}: round ${round} of ${ROUNDS}`)
    const torch = peers.torch === null ? null : await torchOf(setting)
    if (torch) measured.torch.push(torch.charactersPerSecond)
    measured.wide.push(await measureLab(setting, 'relaxed-simd-256', SECONDS))
    measured.narrow.push(await measureLab(setting, 'relaxed-simd', SECONDS))
    if (peers.twoWorkers && setting.job.batch >= SHARED_BATCH) {
      measured.two.push(await measureLab(setting, 'relaxed-simd-256', SECONDS, 2))
    }
    if (peers.tensorflow && setting.tensorflow) {
      measured.tensorflow.push(await peers.tensorflow.measure(setting, SECONDS))
    }
  }
  return measured
}

const speedOf = (results: readonly BenchResult[]) =>
  summarise(results.map(({ charactersPerSecond }) => charactersPerSecond))
const shareOf = (results: readonly BenchResult[]): string =>
  percent(summarise(results.map(({ gflops, peakGflops }) => gflops / peakGflops)).median)

function rowOf({ name }: Setting, { torch, wide, narrow, two, tensorflow }: Measured): string[] {
  const [of256, of128] = [speedOf(wide), speedOf(narrow)]
  const against = (speed: number, values: readonly number[]): string =>
    values.length === 0 ? '—' : times(speed / summarise(values).median)
  const shown = (values: readonly number[]): string => (values.length === 0 ? '—' : inThousands(summarise(values)))
  const one = wide.map(({ charactersPerSecond }) => charactersPerSecond)
  return [
    name,
    shown(torch),
    inThousands(of256),
    against(of256.median, torch),
    shareOf(wide),
    inThousands(of128),
    against(of128.median, torch),
    shareOf(narrow),
    two.length === 0 ? '—' : against(speedOf(two).median, one),
    shown(tensorflow),
    against(of256.median, tensorflow),
  ]
}

const HEAD = ['setting', 'PyTorch', '256-bit', '', 'of peak', '128-bit', '', 'of peak', '2 workers', 'TF.js', '']

const peers = await findPeers()
const rows: string[][] = []
const peaks = new Map<string, number[]>([
  ['256-bit', []],
  ['128-bit', []],
])
for (const setting of SETTINGS) {
  const measured = await measure(setting, peers)
  rows.push(rowOf(setting, measured))
  peaks.get('256-bit')?.push(...measured.wide.map(({ peakGflops }) => peakGflops))
  peaks.get('128-bit')?.push(...measured.narrow.map(({ peakGflops }) => peakGflops))
}
const names = [peers.torch, peers.tensorflow?.name].filter((name) => name)
process.stdout.write(
  `Thousands of characters a second over whole training steps, one thread; medians of ${ROUNDS} turns of ${SECONDS} s ± half ` +
    `their range.\n${names.length === 0 ? 'No peer is installed' : names.join('; ')}. Peaks: ` +
    `${[...peaks].map(([name, values]) => `${name} ${Math.round(summarise(values).median)} GFLOPS`).join(', ')}.\n\n` +
    `${table([HEAD, ...rows])}\n`,
)
