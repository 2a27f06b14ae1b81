/** `attractors`: where a network ends from states drawn at random. */
import type { Attractor } from '../../lab'
import type { ExperimentRequestOf } from '../../shared'
import { defineCommand } from '../frame/command'
import { asWhole, valued } from '../frame/options'
import { carryOut, printEnd } from './carry-out'
import type { ExperimentEnd } from './carry-out'
import { STORED_NETWORK_OPTIONS, storedNetwork } from './hopfield-options'
import { figure, table } from './visible'

interface AttractorDocument extends ExperimentEnd {
  readonly attractors: readonly (Omit<Attractor, 'state'> & {
    /** ±1, row-major. */
    readonly state: readonly number[]
  })[]
}

/** Rows of the table for the eye. */
const SHOWN = 30

export const attractors = defineCommand({
  name: 'attractors',
  summary: 'where a Hopfield network ends from random states',
  example: 'attractors --patterns letters.txt --starts 1000',
  options: {
    starts: valued('N', 'random states it begins with', 1000, asWhole(1, 1_000_000)),
    ...STORED_NETWORK_OPTIONS,
  },
  run: async (context): Promise<AttractorDocument> => {
    const { starts, noSave } = context.options
    const network = await storedNetwork(context)
    const request: ExperimentRequestOf<'attractors'> = { kind: 'attractors', ...network, starts }
    const { result, end } = await carryOut(context, request, !noSave)
    return {
      attractors: result.attractors.map(({ share, kind, patterns, state }) => ({
        share,
        kind,
        patterns,
        state: Array.from(state),
      })),
      ...end,
    }
  },
  print: ({ attractors: found, ...end }) =>
    [
      table([
        ['share', 'kind', 'patterns'],
        ...found
          .slice(0, SHOWN)
          .map(({ share, kind, patterns }) => [
            figure(share),
            kind,
            patterns.map(({ name, sign }) => (sign < 0 ? `−${name}` : name)).join(' '),
          ]),
      ]),
      ...(found.length > SHOWN ? [`and ${found.length - SHOWN} more`] : []),
      printEnd(end),
    ].join('\n'),
})
