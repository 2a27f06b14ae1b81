/** `attractors`: where a network ends from states drawn at random. */
import type { Attractor } from '../../lab'
import { defineCommand } from '../frame/command'
import { asWhole, valued } from '../frame/options'
import { experimentProgress, STORED_NETWORK_OPTIONS, storedNetwork } from './hopfield-options'
import { figure, table } from './visible'

interface AttractorDocument {
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
    const network = storedNetwork(context.options)
    const lab = await context.openLab()
    const settings = { kind: 'attractors', ...network, starts: context.options.starts } as const
    const found = await lab.experiments.run(settings, experimentProgress(context))
    return {
      attractors: found.map(({ share, kind, patterns, state }) => ({
        share,
        kind,
        patterns,
        state: Array.from(state),
      })),
    }
  },
  print: ({ attractors: found }) =>
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
    ].join('\n'),
})
