/**
 * The kernel laboratory: every function of every variant is checked against its scalar twin, and only then timed, in the
 * sizes of a step. Products in 10⁹ operations a second and as a share of the variant's own peak, all else in 10⁹ bytes a
 * second of its buffers, each counted once; the best of short trials. Each variant in a process of its own, with the vectors it is made for.
 *
 *     npm run bench -- kernels [VARIANT]
 */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { table } from '../src/cli/commands/visible'
import { bestForm, bestRate, peakForms, Random } from '../src/engine'
import type { KernelCode } from '../src/engine'
import { Kernel, measureBytes } from '../src/engine/kernels/kernel'
import type { CompiledName, Take } from '../src/engine/kernels/kernel'
import { enableWideVectors } from '../src/lab/kernels/wide-vectors'
import { runProgram } from './child'
import { CASES } from './kernels/cases'
import type { Case } from './kernels/cases'
import { createScalarFunctions } from '../src/engine/kernels/scalar'
import { percent } from './summary'

const VARIANTS: readonly CompiledName[] = ['relaxed-simd-256', 'relaxed-simd', 'simd']
const WARM_MS = 30
const TIMED_MS = 100
/** Of the largest number of a buffer: roundings of float32 over sums of 2,048. */
const TOLERANCE = 2e-5
const FLOAT_BYTES = 4

const now = (): number => performance.now()

/** A case's buffers in a kernel's memory, filled by a seed. */
function layOut(code: KernelCode, { buffers }: Case) {
  const takeAll = (take: Take): number[] => buffers.map(([length]) => take(length))
  const bytes = measureBytes(takeAll)
  const kernel = new Kernel(code, bytes)
  const at = takeAll(kernel.take)
  const random = Random.fromSeed(1, 'kernels')
  buffers.forEach(([length, fill], i) => {
    if (typeof fill === 'object') {
      kernel.ids(at[i], length).set(Uint32Array.from({ length }, () => random.uint32() % fill.idsBelow))
    } else {
      const least = fill === 'positive' ? 0 : -1
      kernel.floats(at[i], length).set(Float32Array.from({ length }, () => least + (1 - least) * random.uniform()))
    }
  })
  return { kernel, at, bytes }
}

type LaidOut = ReturnType<typeof layOut>

/** @throws Error where the kernel gives anything but what the scalar twin gives, anywhere in its buffers */
function check(each: Case, { kernel, at, bytes }: LaidOut): void {
  const copy = new ArrayBuffer(bytes)
  const [from] = at
  new Float32Array(copy, from).set(kernel.floats(from, (bytes - from) / FLOAT_BYTES))
  const reference = createScalarFunctions(copy)
  const [found, expected] = [each.call(kernel.run, at), each.call(reference, at)]
  const isNear = (a: number, b: number, scale: number): boolean => Math.abs(a - b) <= TOLERANCE * scale
  if (typeof expected === 'number' && !isNear(Number(found), expected, Math.abs(expected))) {
    throw new Error(`${each.name} answers ${found}, not ${expected}`)
  }
  each.buffers.forEach(([length], i) => {
    const [here, there] = [kernel.floats(at[i], length), new Float32Array(copy, at[i], length)]
    const scale = there.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
    const wrong = there.findIndex((value, j) => !isNear(here[j], value, scale))
    if (wrong >= 0) throw new Error(`${each.name}: buffer ${i} has ${here[wrong]} at ${wrong}, not ${there[wrong]}`)
  })
}

function time(each: Case, { kernel, at }: LaidOut, peak: number): string[] {
  const { name, operations, buffers, call } = each
  const bytes = FLOAT_BYTES * buffers.reduce((sum, [length]) => sum + length, 0)
  const form = { name, operations: operations || bytes, run: () => void call(kernel.run, at) }
  bestRate(form, WARM_MS, now)
  const rate = bestRate(form, TIMED_MS, now)
  const micros = ((form.operations / rate) * 1000).toFixed(1)
  const figure = (rate / 1e6).toFixed(1)
  return operations > 0
    ? [name, `${micros} µs`, `${figure} GFLOPS`, percent(rate / peak)]
    : [name, `${micros} µs`, `${figure} GB/s`, '']
}

function measureVariant(name: CompiledName): string {
  if (name === 'relaxed-simd-256') enableWideVectors()
  const code = { name, code: readFileSync(resolve(`out/kernels/${name}.wasm`)) }
  const best = bestForm(peakForms(code), 10 * WARM_MS, now)
  const peak = bestRate(best, TIMED_MS, now)
  const rows = CASES.map((each) => {
    const laidOut = layOut(code, each)
    check(each, laidOut)
    return time(each, laidOut, peak)
  })
  return `${name}: all checked; peak ${(peak / 1e6).toFixed(1)} GFLOPS (${best.name})\n${table(rows)}\n`
}

const [, , variant, isChild] = process.argv
if (isChild !== undefined) process.stdout.write(measureVariant(variant as CompiledName))
else {
  const wanted = VARIANTS.filter((name) => variant === undefined || name === variant)
  if (wanted.length === 0) throw new Error(`there is no variant ${variant}; there are ${VARIANTS.join(', ')}`)
  for (const name of wanted) {
    const words = [resolve('bench/run.mjs'), 'kernels', name, 'child']
    process.stdout.write(`${await runProgram(process.execPath, words)}\n`)
  }
}
