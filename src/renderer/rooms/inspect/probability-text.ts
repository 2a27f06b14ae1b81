/** A probability with one decimal; what would round to 0 % or 100 % says on which side of it it lies. */
import type { Formatter } from '../../i18n/format'

const LEAST = 0.001

export function probabilityText(format: Pick<Formatter, 'percent'>, probability: number): string {
  if (probability > 0 && probability < LEAST / 2) return `<\u2009${format.percent(LEAST, 1)}`
  if (probability < 1 && probability >= 1 - LEAST / 2) return `>\u2009${format.percent(1 - LEAST, 1)}`
  return format.percent(probability, 1)
}
