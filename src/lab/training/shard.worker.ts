/** The thread of one shard: it computes when a round is open and sleeps in between, until it is ended. */
import { workerData } from 'node:worker_threads'
import { openExchange, Shard } from '../../engine'
import { ShardControl } from './shard-control'
import type { ShardJob } from './shard-job'

const { settings, tokens, index, control: words, exchange, sizes } = workerData as ShardJob
const control = ShardControl.open(words)
try {
  const shard = new Shard(settings, tokens, index, openExchange(exchange, sizes))
  let round = 0
  control.closeRound(index, round)
  for (;;) {
    round = control.nextRound(round)
    shard.compute()
    control.closeRound(index, round)
  }
} catch (error) {
  control.fail(index)
  throw error
}
