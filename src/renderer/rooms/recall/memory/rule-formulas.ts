/** The rules as they are written in docs/notation: what the weights (or the update) are, and the energy that falls. */
import type { RecallSettings, Rule } from '../../../../shared'

export const RULE_TEX: Readonly<Record<Rule, string>> = {
  hebbian: String.raw`W = \tfrac{1}{N} \sum_\mu \xi^\mu {\xi^\mu}^{\top},\;\; w_{ii} = 0`,
  storkey: String.raw`\Delta w_{ij} = \tfrac{1}{N}\,(\xi_i \xi_j - \xi_i h_{ji} - h_{ij} \xi_j)`,
  'pseudo-inverse': String.raw`W = \tfrac{1}{N} \sum_{\mu\nu} \xi^\mu (Q^{-1})_{\mu\nu}\, {\xi^\nu}^{\top}`,
  dense: String.raw`E = -N \sum_\mu F\!\left(\tfrac{1}{N}\, \xi^\mu \!\cdot s\right),\;\; F(x) = x_+^{\,n}`,
  modern: String.raw`s \leftarrow \operatorname{sign}\!\left(\Xi\, \operatorname{softmax}(\beta\, \Xi^{\top} s)\right)`,
}

/** b, where there is one. */
export const BIAS_TEX = String.raw`b = \tfrac{1}{N} \sum_\mu \xi^\mu`

/** The rules whose field is W s + b; the others have neither W nor b. */
export const LINEAR_RULES: readonly Rule[] = ['hebbian', 'storkey', 'pseudo-inverse']
export const isLinear = (rule: Rule): boolean => LINEAR_RULES.includes(rule)

const ENERGY_TEX = {
  dense: String.raw`E = -N \sum_\mu F(\xi^\mu \!\cdot s / N)`,
  modern: String.raw`E = -\tfrac{1}{\beta} \ln \sum_\mu e^{\beta\, \xi^\mu \cdot s} + c`,
}

/** The energy that falls. */
export function energyTex({ rule, bias }: Pick<RecallSettings, 'rule' | 'bias'>): string {
  if (rule === 'dense' || rule === 'modern') return ENERGY_TEX[rule]
  const quadratic = String.raw`E = -\tfrac{1}{2}\, s^{\top} W s`
  return bias === 'hebbian' ? quadratic + String.raw` - b^{\top} s` : quadratic
}
