/** What a shard worker is started with. It is told nothing else: it meets the training worker in shared memory. */
import type { ExchangeSizes, ShardSettings, TokenIds } from '../../engine'

export interface ShardJob {
  readonly settings: ShardSettings
  /** The tokens that are trained on, in shared memory. */
  readonly tokens: TokenIds
  /** 1 … workers − 1 */
  readonly index: number
  readonly control: SharedArrayBuffer
  readonly exchange: SharedArrayBuffer
  readonly sizes: ExchangeSizes
}
