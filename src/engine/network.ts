/** The reference network of a shape, in either precision: recurrent, or a feed-forward window. */
import type { Precision } from './numerics/floats'
import { RecurrentNetwork } from './recurrent/network'
import type { ModelShape } from './recurrent/shape'
import { WindowNetwork } from './window/network'

export type Network = RecurrentNetwork | WindowNetwork

/** @param dropout between layers; @param decoderDropout before the decoder */
export function createNetwork(
  shape: ModelShape,
  B: number,
  T: number,
  precision: Precision,
  dropout = 0,
  decoderDropout = 0,
): Network {
  return shape.cell === 'window'
    ? new WindowNetwork(shape, B, T, precision, dropout, decoderDropout)
    : new RecurrentNetwork(shape, B, T, precision, dropout, decoderDropout)
}
