/** What a run is called where it is one of several, and what it was made of. */
import { useI18n } from 'vue-i18n'
import { useFormat } from '../../../i18n/format'
import { usePatternName } from '../memory/pattern-name'
import type { PatternSet, RecallSettings, RecallVerdict } from '../../../../shared'
import { plainSettings } from './experiment-settings'
import type { StoredRequest } from './experiment-settings'

/** Of a set with many patterns so many are named. */
const NAMES_SHOWN = 4

export function useResultNames() {
  const { t } = useI18n()
  const format = useFormat()
  const patternName = usePatternName()

  function patternsOf({ patterns }: PatternSet): string {
    const names = patterns
      .slice(0, NAMES_SHOWN)
      .map(({ name }) => patternName(name))
      .join(', ')
    const count = patterns.length - NAMES_SHOWN
    return count > 0 ? t('recall.experiments.bar.more', { names, count: format.value.whole(count) }) : names
  }

  return {
    plain: plainSettings,
    patternsOf,
    /** A line of a series: its rule and size. */
    lineOf: (request: StoredRequest): string =>
      request.kind === 'capacity'
        ? `${t(`recall.experiments.rule.${request.rule}`)}, N = ${format.value.whole(request.neurons)}`
        : t(`recall.experiments.titles.${request.kind}`),
    networkOf: ({ set, settings }: { readonly set: PatternSet; readonly settings: RecallSettings }): string =>
      t('recall.experiments.bar.network', {
        patterns: patternsOf(set),
        rule: t(`recall.experiments.rule.${settings.rule}`),
      }),
    /** A, −B, C */
    partsOf: (patterns: RecallVerdict['patterns']): string =>
      patterns.map(({ name, sign }) => (sign < 0 ? `−${patternName(name)}` : patternName(name))).join(', '),
  }
}
