/** `landscape`: the energy over a plane through two or three stored patterns, and a recall's way across it. */
import type { LandscapeAxes, PathPoint } from '../../lab'
import type { ExperimentRequestOf } from '../../shared'
import { defineCommand } from '../frame/command'
import { asList, asName, asWhole, required, valued } from '../frame/options'
import { UsageError } from '../frame/usage-error'
import { carryOut, printEnd } from './carry-out'
import type { ExperimentEnd } from './carry-out'
import { CUE_OPTIONS, cueOf, STORED_NETWORK_OPTIONS, storedNetwork } from './hopfield-options'
import { figure, table } from './visible'

type Grid = readonly (readonly number[] | null)[]

interface LandscapeDocument extends ExperimentEnd {
  /** Of states of real numbers, [row][column], row 0 at the least y. */
  readonly energy: Grid
  readonly axes: LandscapeAxes | null
  readonly path: readonly PathPoint[]
  /** Of the states of ±1 that those become as cues. */
  readonly bipolar: Grid
}

export const landscape = defineCommand({
  name: 'landscape',
  summary: 'the energy over a plane through stored patterns',
  example: 'landscape --patterns letters.txt --plane A,B,C --resolution 64',
  options: {
    plane: required('A,B,C', 'names of two patterns (with their inverses) or three', asList(asName)),
    resolution: valued('N', 'points a side', 64, asWhole(2, 256)),
    ...CUE_OPTIONS,
    ...STORED_NETWORK_OPTIONS,
  },
  run: async (context): Promise<LandscapeDocument> => {
    const { plane, resolution, from, cue, noSave } = context.options
    if (cue !== null && context.given.has('corrupt')) throw new UsageError('--corrupt goes with --from, not with --cue')
    if (from !== null && cue !== null) throw new UsageError('a recall begins with --cue FILE or with --from NAME')
    if (plane.length !== 2 && plane.length !== 3) throw new UsageError('--plane takes two or three names')
    if (new Set(plane).size !== plane.length) throw new UsageError('--plane names a pattern twice')
    const network = await storedNetwork(context)
    const cueChoice = cue === null ? null : await context.patterns(cue)
    const begin = cueOf({ ...context.options, cue: cueChoice }, from ?? plane[0], network.set)
    const request: ExperimentRequestOf<'landscape'> = {
      kind: 'landscape',
      ...network,
      plane: [...plane],
      resolution,
      cue: begin,
    }
    const { result, end } = await carryOut(context, request, !noSave)
    return { energy: result.energy, axes: result.axes, path: result.path, bipolar: result.bipolar, ...end }
  },
  print: ({ energy, axes, path, bipolar: _bipolar, ...end }) => {
    const heights = energy.flatMap((row) => row ?? [])
    const least = heights.reduce((a, b) => Math.min(a, b), Infinity)
    const most = heights.reduce((a, b) => Math.max(a, b), -Infinity)
    const places = axes?.patterns ?? []
    return [
      table([
        ['on the plane', 'x', 'y'],
        ...places.map(({ name, sign, x, y }) => [sign < 0 ? `−${name}` : name, figure(x), figure(y)]),
        ...path
          .filter((_, k) => k === 0 || k === path.length - 1)
          .map(({ x, y, energy: height }, k) => [
            `${k === 0 ? 'cue' : 'end'}, energy ${figure(height)}`,
            figure(x),
            figure(y),
          ]),
      ]),
      `energy from ${figure(least)} to ${figure(most)}`,
      printEnd(end),
    ].join('\n')
  },
})
