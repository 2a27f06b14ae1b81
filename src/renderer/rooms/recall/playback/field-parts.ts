/** What a neuron felt when it was visited, and under the Hebbian rule what each stored pattern had to do with it. */
import { overlap } from '../../../../engine'
import type { RecallSettings } from '../../../../shared'
import type { ShelfEntry } from '../memory/shelf'
import type { OverlapHistory } from './overlap-history'
import type { PlaybackCursor, RecallTape } from './recall-playback'

export interface FieldPart {
  /** Where the pattern stands among the stored ones; null for the bias. */
  readonly pattern: number | null
  readonly value: number
}

export interface FieldFound {
  readonly neuron: number
  readonly field: number
  /** What it was when it felt this. */
  readonly own: number
  readonly flipped: boolean
  /** None but for the Hebbian rule, whose field is a sum over patterns. */
  readonly parts: readonly FieldPart[]
}

interface Visited {
  readonly tape: RecallTape
  readonly cursor: PlaybackCursor
  readonly overlaps: OverlapHistory
  readonly stored: readonly ShelfEntry[]
  readonly settings: RecallSettings
}

/**
 * h_i = Σ_μ (ξ_i^μ m_μ − s_i/N) + b_i, since the zero diagonal takes from each pattern what the neuron would feel of
 * itself. The largest parts come first.
 * @param own s_i
 * @param overlaps m with each pattern, of the state that the neuron felt
 * @param hasBias whether b = (1/N) Σ ξ is added
 */
export function fieldParts(
  neuron: number,
  own: number,
  patterns: readonly Int8Array[],
  overlaps: ArrayLike<number>,
  hasBias: boolean,
): FieldPart[] {
  const parts: FieldPart[] = patterns.map((pattern, index) => ({
    pattern: index,
    value: pattern[neuron] * overlaps[index] - own / pattern.length,
  }))
  if (hasBias) {
    const sum = patterns.reduce((total, pattern) => total + pattern[neuron], 0)
    parts.push({ pattern: null, value: sum / patterns[0].length })
  }
  return parts.sort((a, b) => Math.abs(b.value) - Math.abs(a.value))
}

/**
 * Of the visit at an index, where the cursor has just done it.
 * @param isQuick takes the overlaps from their history, which may be a few visits old, instead of adding them up
 */
export function fieldBefore(
  { tape, cursor, overlaps, stored, settings }: Visited,
  index: number,
  isQuick: boolean,
): FieldFound {
  const neuron = tape.neuronAt(index)
  const flipped = tape.isFlipped(index)
  const isSweepDone = (index + 1) % tape.sweepLength === 0
  const hasTurned = flipped && (!tape.isSynchronous || isSweepDone)
  const now = cursor.state[neuron]
  const own = hasTurned ? -now : now
  const found = { neuron, field: tape.fieldAt(index), own, flipped }
  // Of a synchronous sweep's last visit the state that was felt is gone.
  if (settings.rule !== 'hebbian' || (tape.isSynchronous && isSweepDone)) return { ...found, parts: [] }
  const at = overlaps.countUpTo(index + 1) - 1
  const patterns = stored.map(({ values }) => values)
  const felt = patterns.map((pattern, m) => {
    const after = isQuick ? overlaps.curves[m][at] : overlap(pattern, cursor.state)
    return hasTurned ? after + (2 * own * pattern[neuron]) / pattern.length : after
  })
  return { ...found, parts: fieldParts(neuron, own, patterns, felt, settings.bias === 'hebbian') }
}
