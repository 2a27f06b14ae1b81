/**
 * How fast training is here: whole steps and the kernel's peak in turns, so that what else the machine does touches both,
 * and the medians of all turns.
 */
import { stepNanoseconds } from '../../engine'
import type { LabContext } from '../context'
import type { BenchPeer, BenchResult, BenchService } from '../lab'
import { startRemoteWorker } from '../workers/remote-worker'
import type { BenchApi, BenchWorkerData } from './bench-api'
import { measurePyTorch } from './pytorch'
import type { PeerSpeed } from './pytorch'

const ROUNDS = 5
const PEAK_MS = 100
/** What the pace is measured by: a network that a person might begin with, for so long. */
const PACE_JOB = {
  cell: 'lstm',
  hidden: 128,
  layers: 1,
  batch: 16,
  sequence: 48,
  vocabulary: 65,
  workers: 1,
  kernel: 'auto',
} as const
const PACE_SECONDS = 0.4

export function createBenchService({ host, onClose }: Pick<LabContext, 'host' | 'onClose'>): BenchService {
  const measure: BenchService['measure'] = async (job, { seconds, peers = false, onProgress }) => {
    const worker = startRemoteWorker<BenchApi>(host, 'bench', {
      shardFile: host.workerFile('shard'),
    } satisfies BenchWorkerData)
    onClose(worker.stop)
    try {
      const { kernel, fused, operations, characters } = await worker.remote.prepare(job, host.kernelsDirectory)
      const [speeds, peaks, torch]: [number[], number[], PeerSpeed[]] = [[], [], []]
      for (let round = 1; round <= ROUNDS; round++) {
        onProgress?.(round, ROUNDS)
        peaks.push(await worker.remote.peak(PEAK_MS))
        speeds.push(await worker.remote.step((seconds * 1000) / ROUNDS))
        const peer = peers ? await measurePyTorch(host.resourcesDirectory, job, seconds / ROUNDS) : null
        if (peer) torch.push(peer)
      }
      const steps = median(speeds)
      const measured: BenchResult = {
        charactersPerSecond: steps * characters,
        gflops: (steps * operations) / 1e9,
        peakGflops: median(peaks) / 1e9,
        kernel,
        fused,
      }
      return peers ? { ...measured, peers: comparison(measured, torch) } : measured
    } finally {
      await worker.stop()
    }
  }

  let pace: Promise<number> | null = null
  async function measurePace(): Promise<number> {
    const { charactersPerSecond } = await measure(PACE_JOB, { seconds: PACE_SECONDS })
    const { cell, hidden, layers, vocabulary, batch, sequence } = PACE_JOB
    const expected = stepNanoseconds({ cell, hidden, layers, vocabulary, embedding: 0 }, batch, sequence)
    return (charactersPerSecond * expected) / (batch * sequence * 1e9)
  }

  return {
    measure,
    pace: () => {
      pace ??= measurePace()
      pace.catch(() => (pace = null))
      return pace
    },
  }
}

function comparison({ charactersPerSecond }: BenchResult, torch: readonly PeerSpeed[]): readonly BenchPeer[] {
  if (torch.length === 0) return []
  const speed = median(torch.map((peer) => peer.charactersPerSecond))
  const { version, core } = torch[0]
  return [{ name: 'PyTorch', version, core, charactersPerSecond: speed, ratio: charactersPerSecond / speed }]
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)]
}
