/**
 * How fast a long text is read with everything that is shown of it (hidden and cell states, gates, expectations): by the
 * reference, which is plain TypeScript, and by the kernel that would be chosen, one after the other in one run. Beside it
 * the longest piece, after which whoever waits is heard, and how long the spectra of such a network's recurrent weights take.
 *
 *     npm run bench -- reading-speed [CHARACTERS]
 */
import { loadavg } from 'node:os'
import { resolve } from 'node:path'
import { table } from '../src/cli/commands/visible'
import {
  createLayout,
  createReader,
  gatePieces,
  Random,
  singularValuePieces,
  spectrumPieces,
  tracePieces,
} from '../src/engine'
import type { KernelCode, RecurrentCell, RecurrentShape } from '../src/engine'
import { chooseKernel, kernelCode } from '../src/lab/kernels/choose-kernel'
import { enableWideVectors } from '../src/lab/kernels/wide-vectors'

const CHARACTERS = Number(process.argv[2] ?? 10_000)
/** The reference is so slow that a part of the text tells its speed. */
const REFERENCE_CHARACTERS = Math.min(CHARACTERS, 1000)
const TOP = 5
const NETWORKS: readonly (readonly [RecurrentCell, number])[] = [
  ['gru', 128],
  ['lstm', 512],
]
const SPECTRA = [512, 1024]

const shapeOf = (cell: RecurrentCell, hidden: number): RecurrentShape => ({
  ...{ cell, hidden, layers: 1, vocabulary: 65, embedding: 0 },
})

function parametersOf(shape: RecurrentShape): Float32Array {
  const random = Random.fromSeed(1, 'weights')
  const scale = 1 / Math.sqrt(shape.hidden)
  return Float32Array.from({ length: createLayout(shape).size }, () => (2 * random.uniform() - 1) * scale)
}

/** Of this thread's processor: it stands while others have the core. In seconds, but for the piece's milliseconds. */
interface Time {
  readonly clock: number
  readonly processor: number
  readonly longestPiece: number
}

const processorMs = (): number => process.threadCpuUsage().user / 1000

function timeOf(begin: () => Generator<unknown, unknown>): Time {
  const [started, startedMs] = [performance.now(), processorMs()]
  const pieces = begin()
  let longestPiece = 0
  for (;;) {
    const since = processorMs()
    const { done } = pieces.next()
    const now = processorMs()
    longestPiece = Math.max(longestPiece, now - since)
    if (!done) continue
    return { clock: (performance.now() - started) / 1000, processor: (now - startedMs) / 1000, longestPiece }
  }
}

function read(shape: RecurrentShape, characters: number, kernel?: KernelCode): Time {
  const parameters = parametersOf(shape)
  const tokens = Uint32Array.from({ length: characters }, (_, t) => (t * t + 3 * t) % shape.vocabulary)
  return timeOf(() => tracePieces(createReader(shape, parameters, kernel), tokens, { top: TOP, distributions: false }))
}

enableWideVectors()
const kernels = resolve('out/kernels')
const name = chooseKernel(kernels, 'auto')
const rows = [['', 'reader', 'characters/s', `${CHARACTERS} characters`, 'by the clock', 'longest piece']]
for (const [cell, hidden] of NETWORKS) {
  const shape = shapeOf(cell, hidden)
  for (const kernel of [undefined, kernelCode(kernels, name)]) {
    const characters = kernel ? CHARACTERS : REFERENCE_CHARACTERS
    const { clock, processor, longestPiece } = read(shape, characters, kernel)
    const whole = (seconds: number): string => `${((seconds * CHARACTERS) / characters).toFixed(2)} s`
    const speed = String(Math.round(characters / processor))
    const named = [`${cell} H${hidden}`, kernel?.name ?? 'reference', speed]
    rows.push([...named, whole(processor), whole(clock), `${longestPiece.toFixed(1)} ms`])
  }
}
for (const hidden of SPECTRA) {
  const shape = shapeOf('vanilla', hidden)
  const parameters = parametersOf(shape)
  const { clock, processor, longestPiece } = timeOf(function* () {
    yield* gatePieces(shape, parameters, spectrumPieces)
    yield* gatePieces(shape, parameters, singularValuePieces)
  })
  const times = [`${processor.toFixed(2)} s`, `${clock.toFixed(2)} s`, `${longestPiece.toFixed(1)} ms`]
  rows.push([`spectrum H${hidden}`, 'a gate', '', ...times])
}
process.stdout.write(`${table(rows)}\nprocessor time of this thread, load ${loadavg()[0].toFixed(1)}\n`)
