/**
 * Whole training steps beside PyTorch on one thread, interleaved in one run; medians of five and their spread. Needs
 * Debian's python3-torch and libopenblas0-pthread.
 *
 *     npm run bench -- peers [SECONDS]
 */
import { execFileSync } from 'node:child_process'
import { resolve } from 'node:path'
import { codeOf, measure, SETTINGS, VOCABULARY } from './settings'
import type { Setting } from './settings'

const SECONDS = Number(process.argv[2] ?? 2)
const ROUNDS = 5

function measureTorch({ shape, batch, sequence }: Setting): number {
  const words = [shape.cell, shape.hidden, shape.layers, batch, sequence, VOCABULARY, SECONDS].map(String)
  const env = { ...process.env, OPENBLAS_NUM_THREADS: '1', OMP_NUM_THREADS: '1' }
  const script = resolve('bench/peers/torch_speed.py')
  return Number(execFileSync('/usr/bin/python3', [script, ...words], { env, encoding: 'utf8' }))
}

interface Measured {
  readonly median: number
  /** Half the range, as a share of the median. */
  readonly spread: number
}

function summarise(values: readonly number[]): Measured {
  const sorted = [...values].sort((a, b) => a - b)
  const median = sorted[Math.floor(sorted.length / 2)]
  return { median, spread: (sorted[sorted.length - 1] - sorted[0]) / 2 / median }
}

const show = ({ median, spread }: Measured): string =>
  `${Math.round(median).toString().padStart(9)} ± ${Math.round(spread * 100)} %`

for (const setting of SETTINGS) {
  const [wide, narrow, torch]: number[][] = [[], [], []]
  for (let round = 0; round < ROUNDS; round++) {
    torch.push(measureTorch(setting))
    wide.push(measure(setting, codeOf('relaxed-simd-256'), SECONDS))
    narrow.push(measure(setting, codeOf('relaxed-simd'), SECONDS))
  }
  const [of256, of128, peer] = [wide, narrow, torch].map(summarise)
  process.stdout.write(
    `${setting.name.padEnd(22)} PyTorch ${show(peer)}   256-bit ${show(of256)} (× ${(of256.median / peer.median).toFixed(2)})` +
      `   128-bit ${show(of128)} (× ${(of128.median / peer.median).toFixed(2)})\n`,
  )
}
