/** How well the text was predicted up to each of its symbols. */
import type { Trace } from '../../../../shared'
import { surpriseBits } from '../surprise'

/** (T − 1) 2 to the mean surprise of x_2, …, x_{t+2}: the number of symbols between which it wavered on the average. */
export function runningPerplexity({ tokens, probability }: Pick<Trace, 'tokens' | 'probability'>): Float64Array {
  let bits = 0
  return Float64Array.from({ length: Math.max(0, tokens.length - 1) }, (_, t) => {
    bits += surpriseBits(probability[t])
    return 2 ** (bits / (t + 1))
  })
}
