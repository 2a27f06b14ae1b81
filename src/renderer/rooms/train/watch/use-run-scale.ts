/** What the numbers of the watched run are per character and per step. */
import { computed } from 'vue'
import type { ComputedRef } from 'vue'
import type { RunDetail } from '../../../../shared'

export interface RunScale {
  readonly charactersPerToken: number
  readonly charactersPerStep: number
}

/** Line ends join texts: one token and one character each. */
export function scaleOf(detail: Pick<RunDetail, 'corpora' | 'configuration'> | null): RunScale {
  const corpora = detail?.corpora ?? []
  const joints = Math.max(0, corpora.length - 1)
  const sum = (name: 'characters' | 'tokens'): number => corpora.reduce((all, text) => all + text[name], joints)
  const charactersPerToken = corpora.length === 0 ? 1 : sum('characters') / sum('tokens')
  const { batch = 1, sequence = 1 } = detail?.configuration ?? {}
  return { charactersPerToken, charactersPerStep: batch * sequence * charactersPerToken }
}

export function useRunScale(detail: () => RunDetail | null): ComputedRef<RunScale> {
  return computed(() => scaleOf(detail()))
}
