/** Whole training steps of PyTorch on one thread, in a process of its own, where a Python with torch is installed. */
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { LabError } from '../../shared'
import type { BenchJob } from './bench-api'

export interface PeerSpeed {
  readonly version: string
  /** The processor that its matrix library computes for; null: it doesn't tell. */
  readonly core: string | null
  readonly charactersPerSecond: number
}

/** ENGRAM_PYTHON alone where it is set; else the Python of the path, and a Debian's own where another one comes first. */
const pythons = (named = process.env.ENGRAM_PYTHON): readonly string[] =>
  named ? [named] : ['python3', '/usr/bin/python3']
/** Exit code of the script where there is no torch. */
const ABSENT = 3
const ONE_THREAD = { OPENBLAS_NUM_THREADS: '1', OMP_NUM_THREADS: '1', MKL_NUM_THREADS: '1' }

/** @returns null where no Python has torch */
export async function measurePyTorch(
  resources: string,
  { cell, hidden, layers, batch, sequence, vocabulary }: BenchJob,
  seconds: number,
): Promise<PeerSpeed | null> {
  const script = join(resources, 'peers', 'pytorch.py')
  const words = [script, cell, ...[hidden, layers, batch, sequence, vocabulary, seconds].map(String)]
  for (const python of pythons()) {
    const answer = await run(python, words)
    if (answer !== null) return JSON.parse(answer) as PeerSpeed
  }
  return null
}

/** @returns what it wrote; null where it isn't there. @throws LabError E_PEER where it fails */
function run(python: string, words: readonly string[]): Promise<string | null> {
  return new Promise((resolve, reject) => {
    const child = execFile(python, words, { env: { ...process.env, ...ONE_THREAD } }, (error, stdout, stderr) => {
      process.off('exit', end)
      if (!error) resolve(stdout)
      else if (error.code === 'ENOENT' || error.code === ABSENT) resolve(null)
      else reject(new LabError('E_PEER', { peer: 'PyTorch', reason: stderr.trim().split('\n').at(-1) ?? '' }))
    })
    /** A signal that ends this process ends what it started. */
    const end = (): void => void child.kill()
    process.once('exit', end)
  })
}
