/** What is about to be trained, in a sentence: how many runs, and for how long once the machine's speed is known. */
import { MOST_RUNS } from './memory-setting'

type Translate = (key: string, named: Record<string, unknown>, plural: number) => string

/** @param time that all take; null while the speed is measured */
export function memorySummary(t: Translate, count: number, time: string | null): string {
  if (count < 1 || count > MOST_RUNS) return t('train.memory.range', { most: MOST_RUNS, count }, count)
  if (time === null) return t('train.memory.countUnmeasured', { count }, count)
  return t('train.memory.count', { count, time }, count)
}
