/**
 * The most a kernel's arithmetic can do, told by running it: a loop of multiply-adds that stay in registers, and products
 * whose operands stay in the first caches. The clock comes from outside.
 */
import { Kernel, measureBytes } from './kernel'
import type { KernelCode, Take } from './kernel'

/** Something that can be done again and again, and how many operations it takes each time. */
export interface PeakForm {
  readonly name: string
  readonly operations: number
  readonly run: () => void
}

/** (M, N, K): rows for whole tiles of six, panels of sixteen columns, a block of the inner index that stays in the cache. */
const SHAPES = [
  [96, 64, 256],
  [48, 64, 128],
  [96, 32, 128],
] as const
const TURNS = 20_000
/** Of the loop: room for x, y and 24 sums of four. */
const LOOP_FLOATS = 16 + 24 * 4
/** Columns between rows beyond their width, so that rows don't fall into the same sets of the cache. */
const APART = 16
const F = 4
const PANEL_BYTES = 64
/** Short enough that most trials are not disturbed. */
const TRIAL_MS = 3

/** The scalar kernel has products alone. */
export function peakForms(code: KernelCode): readonly PeakForm[] {
  const layOut = (take: Take): number[] => [
    take(LOOP_FLOATS),
    ...SHAPES.flatMap(([M, N, K]) => [take(M * (K + APART)), take(K * N), take(M * (N + APART))]),
  ]
  const kernel = new Kernel(code, measureBytes(layOut))
  const [loop, ...buffers] = layOut(kernel.take)
  const { multiplyAdds } = kernel.run
  kernel.floats(loop, LOOP_FLOATS).fill(0.5)
  const products = SHAPES.map(([M, N, K], i): PeakForm => {
    const [a, b, c] = buffers.slice(3 * i, 3 * i + 3)
    kernel.floats(a, M * (K + APART)).fill(0.5)
    kernel.floats(b, K * N).fill(0.5)
    const [ars, bps, crs] = [(K + APART) * F, K * PANEL_BYTES, (N + APART) * F]
    return {
      name: `product ${M} × ${N} × ${K}`,
      operations: 2 * M * N * K,
      run: () => kernel.run.product(M, N, K, a, ars, F, b, PANEL_BYTES, bps, c, crs, PANEL_BYTES, c, crs, PANEL_BYTES),
    }
  })
  if (!multiplyAdds) return products
  const run = (): number => multiplyAdds(loop, TURNS)
  return [{ name: 'registers', operations: 2 * TURNS * run(), run }, ...products]
}

/** The form that does most operations a millisecond. */
export function bestForm(forms: readonly PeakForm[], milliseconds: number, now: () => number): PeakForm {
  const rates = forms.map((form) => bestRate(form, milliseconds / forms.length, now))
  return forms[rates.indexOf(Math.max(...rates))]
}

/** Operations a millisecond in the best of short trials: what it can do where nothing disturbs it. */
export function bestRate(form: PeakForm, milliseconds: number, now: () => number): number {
  const end = now() + milliseconds
  let best = 0
  do best = Math.max(best, measureForm(form, TRIAL_MS, now))
  while (now() < end)
  return best
}

/** Operations a millisecond over the whole time, so that it compares with whole steps on a machine that does other things. */
export function measureForm({ operations, run }: PeakForm, milliseconds: number, now: () => number): number {
  const started = now()
  let times = 0
  do {
    run()
    times += 1
  } while (now() - started < milliseconds)
  return (operations * times) / (now() - started)
}
