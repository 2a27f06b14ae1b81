/** A probability with one decimal; what would round to 0 % or 100 % says on which side of it it lies. */
import type { Formatter } from '../../i18n/format'

const LEAST = 0.001

export function probabilityText(format: Pick<Formatter, 'percent'>, probability: number): string {
  const nearZero = probability > 0 && probability < LEAST / 2
  const nearOne = probability < 1 && probability >= 1 - LEAST / 2
  const shown = nearZero ? LEAST : nearOne ? 1 - LEAST : probability
  const text = `${nearZero ? '<\u2009' : nearOne ? '>\u2009' : ''}${format.percent(shown, 1)}`
  return text.replaceAll('\u2009', '\u202f') // within a sentence no line may end before the sign
}
