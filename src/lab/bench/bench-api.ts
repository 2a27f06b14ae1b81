/** What the thread that measures is asked, and what it answers. */
import type { Cell, Kernel } from '../../shared'

export interface BenchJob {
  readonly cell: Cell
  readonly hidden: number
  readonly layers: number
  readonly batch: number
  readonly sequence: number
  readonly vocabulary: number
  readonly workers: number | 'auto'
  readonly kernel: Kernel | 'auto'
}

export interface BenchWorkerData {
  /** Absolute path of the shard worker. */
  readonly shardFile: string
}

/** What is going to be measured. */
export interface BenchTarget {
  readonly kernel: Kernel
  readonly fused: boolean
  /** Of the matrix products of a step. */
  readonly operations: number
  /** That a step learns. */
  readonly characters: number
}

export interface BenchApi {
  /** Makes a trainer as a run has it, and lets it run until it is compiled. @param kernels where the compiled kernels lie */
  readonly prepare: (job: BenchJob, kernels: string) => Promise<BenchTarget>
  /** Whole steps for that long, at least one. @returns steps a second */
  readonly step: (milliseconds: number) => Promise<number>
  /** The form of multiply-adds that the kernel does best, for that long. @returns operations a second */
  readonly peak: (milliseconds: number) => number
}
