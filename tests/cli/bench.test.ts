/** `bench` answers DESIGN's document; how large its figures are is nobody's business here. */
import { chmodSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { BenchResult } from '../../src/lab'
import { temporaryDirectory } from '../lab/support/temporary'
import { documentOf, runCommand, runProcess } from './support/command-line'

const bench = (...words: string[]): string[] => [
  'bench',
  ...['--hidden', '8', '--batch', '2', '--sequence', '4', '--vocabulary', '5', '--seconds', '0.01'],
  ...words,
]
/** Multiply-adds of a step of `bench`: 8 rows, W_hh (8, 8) and W_hy (5, 8), each three times. */
const OPERATIONS = 2 * 3 * 8 * (64 + 40)
const CHARACTERS = 8

describe('bench', () => {
  it.each([
    ['scalar', false],
    ['simd', false],
    ['relaxed-simd', true],
    ['relaxed-simd-256', true],
  ])('measures %s', async (kernel, fused) => {
    const document = await documentOf<BenchResult>(bench('--kernel', kernel), temporaryDirectory())
    expect(Object.keys(document)).toEqual(['charactersPerSecond', 'gflops', 'peakGflops', 'kernel', 'fused'])
    expect(document).toMatchObject({ kernel, fused })
    for (const figure of ['charactersPerSecond', 'gflops', 'peakGflops'] as const) {
      expect(document[figure]).toBeGreaterThan(0)
    }
    const operations = (document.gflops * 1e9) / (document.charactersPerSecond / CHARACTERS)
    expect(operations).toBeCloseTo(OPERATIONS, 3)
  })

  it('shows the share of the peak', async () => {
    const { code, stdout } = await runCommand(bench('--cell', 'gru', '--layers', '2'), temporaryDirectory())
    expect(code).toBe(0)
    expect(stdout).toMatch(/^share of the peak +\d+ %$/m)
  })

  /** A Python that does as it is told: no test depends on what this machine has. */
  function pythonThat(script: string): NodeJS.ProcessEnv {
    const python = join(temporaryDirectory(), 'python')
    writeFileSync(python, `#!/bin/sh\n${script}\n`)
    chmodSync(python, 0o755)
    return { ENGRAM_PYTHON: python }
  }

  it.skipIf(process.platform === 'win32')('compares with PyTorch on one thread', async () => {
    const env = pythonThat(
      'test "$OPENBLAS_NUM_THREADS$OMP_NUM_THREADS" = 11 && test "$2 $3 $4 $5 $6 $7" = "vanilla 8 1 2 4 5" && ' +
        `echo '{"version":"1.0","core":"Zen","charactersPerSecond":0.5}'`,
    )
    const { code, stdout } = await runProcess([...bench('--peers'), '--json'], temporaryDirectory(), env)
    expect(code).toBe(0)
    const { charactersPerSecond, peers } = JSON.parse(stdout) as BenchResult
    const [peer] = peers ?? []
    expect(peer).toEqual({
      name: 'PyTorch',
      version: '1.0',
      core: 'Zen',
      charactersPerSecond: 0.5,
      ratio: charactersPerSecond / 0.5,
    })
  })

  it.skipIf(process.platform === 'win32')('says what PyTorch said when it fails', async () => {
    const env = pythonThat('echo "RuntimeError: no room" >&2; exit 1')
    const { code, stdout, stderr } = await runProcess(bench('--peers'), temporaryDirectory(), env)
    expect([code, stdout]).toEqual([1, ''])
    expect(stderr).toBe('error: The comparison with PyTorch failed: RuntimeError: no room.\n')
  })

  it.skipIf(process.platform === 'win32')('says what to install where there is no torch', async () => {
    const { code, stdout, stderr } = await runProcess(
      [...bench('--peers'), '--json'],
      temporaryDirectory(),
      pythonThat('exit 3'),
    )
    expect([code, (JSON.parse(stdout) as BenchResult).peers]).toEqual([0, []])
    expect(stderr).toMatch(/^PyTorch is not installed .*python3-torch and libopenblas0-pthread\.\n$/)
  })
})
