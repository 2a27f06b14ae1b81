/** What measuring is asked and answers. */
import type { Kernel } from '../shared'
import type { BenchJob } from './bench/bench-api'

/** A peer in the same turns on one thread. */
export interface BenchPeer {
  readonly name: string
  readonly version: string
  /** The processor that its matrix library computes for; null: it doesn't tell. */
  readonly core: string | null
  readonly charactersPerSecond: number
  /** How many times as fast the lab is. */
  readonly ratio: number
}

export interface BenchResult {
  /** Over whole training steps: forward, backward, clip, update. */
  readonly charactersPerSecond: number
  /** The matrix products of those steps over the whole time, in 10⁹ operations a second. */
  readonly gflops: number
  /** The better of a loop in registers and the best product, of this kernel on one thread, in the same turns. */
  readonly peakGflops: number
  readonly kernel: Kernel
  /** Whether its multiply-add rounds once. */
  readonly fused: boolean
  /** Where they were asked for: those that are installed. */
  readonly peers?: readonly BenchPeer[]
}

export interface BenchOptions {
  /** Of training steps, in all. */
  readonly seconds: number
  readonly peers?: boolean
  readonly onProgress?: (round: number, rounds: number) => void
}

export interface BenchService {
  /** @throws LabError E_NOT_AVAILABLE, E_MEMORY, E_PEER */
  readonly measure: (job: BenchJob, options: BenchOptions) => Promise<BenchResult>
  /** How many times as fast this machine trains as the engine's cost of a step says; measured once. */
  readonly pace: () => Promise<number>
}
