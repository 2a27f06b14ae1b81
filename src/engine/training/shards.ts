/**
 * How a batch is shared out among workers, and the memory through which they meet. Nothing here knows of threads: the
 * memory may be shared by several, or lie in one.
 */
import type { Floats } from '../numerics/floats'
import type { NetworkState } from '../recurrent/network'
import type { ModelShape } from '../recurrent/shape'

/** Contiguous sequences of a batch. */
export interface BatchPart {
  readonly first: number
  readonly size: number
}

/** Parts whose sizes differ by at most one, the larger ones first. @param workers 1 … batch */
export function splitBatch(batch: number, workers: number): readonly BatchPart[] {
  const size = Math.floor(batch / workers)
  const larger = batch % workers
  return Array.from({ length: workers }, (_, w) => ({
    first: w * size + Math.min(w, larger),
    size: size + (w < larger ? 1 : 0),
  }))
}

/** Of what the exchange is made. */
export interface ExchangeSizes {
  readonly workers: number
  /** Elements of the parameters, in the order of whatever computes with them. */
  readonly parameters: number
  /** Elements of the states of all sequences. */
  readonly hidden: number
  readonly cell: number
}

/** What the workers of a run tell each other. Each field is written by one side while the other doesn't look. */
export interface ShardExchange {
  readonly buffer: ArrayBufferLike
  readonly sizes: ExchangeSizes
  /** (3): the step from 1, where its window begins in every stream, whether an epoch begins with it (0 or 1). */
  readonly place: Float64Array
  /** (W): every shard's sum of cross-entropies, nats. */
  readonly losses: Float64Array
  /** (P) */
  readonly parameters: Float32Array
  /** W − 1 of (P): of every shard but the first, its share of the gradient of the batch's mean loss. */
  readonly gradients: readonly Float32Array[]
  /** (L, B, H), carried from window to window; of a feed-forward window (k − 1, B), its tokens. */
  readonly hidden: Float32Array
  /** (L, B, H) for LSTM, else empty. */
  readonly cell: Float32Array
}

const PLACE = 3
/** A cache line: what one thread writes, another doesn't read by chance. */
const LINE_BYTES = 64

const lines = (bytes: number): number => Math.ceil(bytes / LINE_BYTES) * LINE_BYTES

export function exchangeBytes({ workers, parameters, hidden, cell }: ExchangeSizes): number {
  return lines(PLACE * 8) + lines(workers * 8) + lines(parameters * 4) * workers + lines(hidden * 4) + lines(cell * 4)
}

/** Views of memory of `exchangeBytes`. */
export function openExchange(buffer: ArrayBufferLike, sizes: ExchangeSizes): ShardExchange {
  let at = 0
  const take = (bytes: number): number => {
    const from = at
    at += lines(bytes)
    return from
  }
  const doubles = (length: number): Float64Array => new Float64Array(buffer, take(length * 8), length)
  const floats = (length: number): Float32Array => new Float32Array(buffer, take(length * 4), length)
  return {
    buffer,
    sizes,
    place: doubles(PLACE),
    losses: doubles(sizes.workers),
    parameters: floats(sizes.parameters),
    gradients: Array.from({ length: sizes.workers - 1 }, () => floats(sizes.parameters)),
    hidden: floats(sizes.hidden),
    cell: floats(sizes.cell),
  }
}

/** Blocks of a state, each of all sequences: a layer's units, or for a feed-forward window one of the tokens it sees. */
function blocksOf(shape: ModelShape): number {
  return shape.cell === 'window' ? shape.window - 1 : shape.layers
}

/** Sets one of a state's sequences to zero, the state before a text's first token. @param size sequences of the state */
export function clearSequence(state: NetworkState, shape: ModelShape, size: number, sequence: number): void {
  const blocks = blocksOf(shape)
  for (const values of [state.hidden, state.cell]) {
    const width = values.length / (blocks * size)
    for (let k = 0; k < blocks; k++) {
      const from = (k * size + sequence) * width
      values.fill(0, from, from + width)
    }
  }
}

/** Takes a part's sequences out of the states of all, or puts them there. */
export function copyStates(
  way: 'out of' | 'into',
  all: Pick<ShardExchange, 'hidden' | 'cell'>,
  own: NetworkState,
  shape: ModelShape,
  batch: number,
  { first, size }: BatchPart,
): void {
  const blocks = blocksOf(shape)
  copyBlocks(way, all.hidden, own.hidden, blocks, batch, first, size)
  copyBlocks(way, all.cell, own.cell, blocks, batch, first, size)
}

function copyBlocks(
  way: 'out of' | 'into',
  all: Float32Array,
  own: Floats,
  blocks: number,
  batch: number,
  first: number,
  size: number,
): void {
  const width = all.length / (blocks * batch)
  for (let k = 0; k < blocks; k++) {
    const from = (k * batch + first) * width
    const to = k * size * width
    for (let i = 0; i < size * width; i++) {
      if (way === 'out of') own[to + i] = all[from + i]
      else all[from + i] = own[to + i]
    }
  }
}
