/** Says whether a set of patterns is too much for a learning rule, and which rule would hold it. */
import { createMemory, EngineError, isFixedPoint, judge, Recall } from '../../engine'
import type { MemorySettings, NamedPattern, RuleName } from '../../engine'
import type { PatternSet, RecallSettings } from '../../shared'
import { toNamedPatterns } from './pattern-file'

export interface RuleAdvice {
  /** The rule that was used. */
  readonly chosen: RuleName
  readonly patterns: number
  readonly neurons: number
  /** P / N */
  readonly load: number
  /** Patterns that were tested: all, or the first ones of a very large set. */
  readonly tested: number
  /** Those of the tested patterns that are fixed points of the chosen rule. */
  readonly stable: number
  /** A rule under which every tested pattern is a fixed point and the cue is recalled; null: none of those tried. */
  readonly rule: RuleName | null
}

export interface AdvisedRecall {
  readonly set: PatternSet
  readonly settings: RecallSettings
  readonly cue: Int8Array
  /** The pattern that the cue was made from; null: any stored pattern is a success. */
  readonly wanted: string | null
}

/** Rules whose capacity is larger than the Hebbian one, in the order in which they are recommended. */
const LARGER: readonly RuleName[] = ['pseudo-inverse', 'dense', 'modern']
/** Multiplications spent on testing fixed points under one rule: about two seconds. */
const MOST_PRODUCTS = 2 ** 31

/** @returns null where every tested pattern is a fixed point: the set is not too much for the rule */
export function adviseRule({ set, settings, cue, wanted }: AdvisedRecall): RuleAdvice | null {
  const patterns = toNamedPatterns(set)
  const neurons = cue.length
  const tested = Math.max(1, Math.min(patterns.length, Math.floor(MOST_PRODUCTS / (neurons * patterns.length))))
  const stable = countStable(patterns, tested, settings)
  if (stable === tested) return null
  const holds = (rule: RuleName): boolean => {
    const memory = { rule, bias: 'none', degree: settings.degree, beta: settings.beta } as const
    try {
      return countStable(patterns, tested, memory) === tested && recalls(patterns, memory, settings, cue, wanted)
    } catch (error) {
      if (error instanceof EngineError) return false // the rule refuses these patterns
      throw error
    }
  }
  const rule = LARGER.find((candidate) => candidate !== settings.rule && holds(candidate)) ?? null
  return {
    chosen: settings.rule,
    patterns: patterns.length,
    neurons,
    load: patterns.length / neurons,
    tested,
    stable,
    rule,
  }
}

function countStable(patterns: readonly NamedPattern[], tested: number, settings: MemorySettings): number {
  const memory = createMemory(patterns, settings)
  return patterns.slice(0, tested).filter(({ values }) => isFixedPoint(memory, values)).length
}

function recalls(
  patterns: readonly NamedPattern[],
  memory: MemorySettings,
  settings: RecallSettings,
  cue: Int8Array,
  wanted: string | null,
): boolean {
  const recall = new Recall(createMemory(patterns, memory), cue, settings)
  while (recall.next());
  const verdict = judge(patterns, recall.state)
  return verdict.kind === 'stored' && (wanted === null || verdict.pattern === wanted)
}
