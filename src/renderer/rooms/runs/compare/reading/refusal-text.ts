/** Why a compared run shows nothing of the text, short enough for its place. */
import type { LabError } from '../../../../../shared'
import { visibleSymbol } from '../../../../components/visible-symbol'
import { errorSentence } from '../../../../stores/notices.store'

type Translate = (key: `runs.compare.reading.refusal.${RefusalName}`, named?: Record<string, string>) => string
type RefusalName = 'noModel' | 'alphabet' | 'window' | 'short'

export function refusalText(error: LabError | null, t: Translate): string | null {
  if (error === null || error.code === 'E_CANCELLED') return null
  switch (error.code) {
    case 'E_RUN_NO_MODEL':
      return t('runs.compare.reading.refusal.noModel')
    case 'E_SYMBOLS_UNKNOWN':
      return t('runs.compare.reading.refusal.alphabet', { symbols: visible(String(error.details.symbols)) })
    case 'E_NO_RECURRENCE':
      return t('runs.compare.reading.refusal.window')
    case 'E_TEXT_SHORT':
      return t('runs.compare.reading.refusal.short')
    default:
      return errorSentence(error)
  }
}

const visible = (symbols: string): string => symbols.replace(/[\n\t]/g, visibleSymbol)
