/** From what a person asked to what the engine is given, and from what it found to what is kept. */
import { toGrid, toRows } from '../../engine'
import type { ExperimentResults, ExperimentSettings, NamedPattern } from '../../engine'
import { LabError } from '../../shared'
import type {
  ExperimentCue,
  ExperimentRequest,
  ExperimentSummary,
  KeptAttractor,
  PatternSet,
  RecallSettings,
} from '../../shared'
import { withEngineErrors } from '../engine-errors'
import { spoilPattern, toNamedPatterns } from '../patterns/pattern-file'

/** @throws LabError E_PATTERN_UNKNOWN for a name that no pattern has, E_PATTERN for a cue of another size */
export function toSettings(request: ExperimentRequest): ExperimentSettings {
  if (request.kind === 'capacity') {
    const { rule, bias, degree, beta, ...rest } = request
    return { ...rest, memory: { rule, bias, degree, beta } }
  }
  const network = networkOf(request.set, request.settings)
  switch (request.kind) {
    case 'basin': {
      const { from, flips, trials } = request
      return {
        kind: 'basin',
        ...network,
        target: from === null ? null : indexOf(network.patterns, from),
        flips,
        trials,
      }
    }
    case 'attractors':
      return { kind: 'attractors', ...network, starts: request.starts }
    case 'landscape': {
      const plane = request.plane.map((name) => indexOf(network.patterns, name))
      const cue = cueOf(request.cue, request.set, request.settings.seed)
      return { kind: 'landscape', ...network, plane, resolution: request.resolution, cue }
    }
    case 'recall':
      return { kind: 'recall', ...network, cue: cueOf(request.cue, request.set, request.settings.seed) }
  }
}

function networkOf(set: PatternSet, settings: RecallSettings) {
  const { rule, bias, degree, beta, update, temperature, maxSweeps, seed } = settings
  return {
    patterns: toNamedPatterns(set),
    memory: { rule, bias, degree, beta },
    recall: { update, temperature, maxSweeps, seed },
  }
}

function indexOf(patterns: readonly NamedPattern[], name: string): number {
  const index = patterns.findIndex((pattern) => pattern.name === name)
  if (index >= 0) return index
  throw new LabError('E_PATTERN_UNKNOWN', { name, names: patterns.map((pattern) => pattern.name).join(', ') })
}

function cueOf(cue: ExperimentCue, set: PatternSet, seed: number): Int8Array {
  if ('from' in cue) return spoilPattern(set, cue.from, cue.corrupt, seed)
  return withEngineErrors(() => toGrid('cue', cue.rows)).values
}

/** Cells of all the states that are kept of an experiment, at most. */
const MOST_KEPT_CELLS = 524_288

/** The result as plain JSON, no larger than a row of the database should be. */
export function toSummary(
  request: ExperimentRequest,
  result: ExperimentResults[keyof ExperimentResults],
): ExperimentSummary {
  const { kind } = request
  if (kind === 'attractors') {
    const { attractors } = result as ExperimentResults['attractors']
    const cells = request.set.width * request.set.height
    const kept = attractors.map(({ state, ...attractor }, index): KeptAttractor => {
      return { ...attractor, rows: (index + 1) * cells <= MOST_KEPT_CELLS ? toRows(state, request.set.width) : null }
    })
    return { kind, summary: { attractors: kept } }
  }
  if (kind === 'recall') {
    const found = result as ExperimentResults['recall']
    if (found === null) return { kind, summary: null }
    const { state, ...rest } = found
    return { kind, summary: { rows: toRows(state, request.set.width), ...rest } }
  }
  return { kind, summary: result } as ExperimentSummary
}
