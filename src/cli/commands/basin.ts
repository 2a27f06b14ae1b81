/** `basin`: how far a cue may be from a stored pattern and still be brought back. */
import type { BasinPoint } from '../../lab'
import type { ExperimentRequestOf } from '../../shared'
import { defineCommand } from '../frame/command'
import { asList, asName, asWhole, valued } from '../frame/options'
import { carryOut, printEnd } from './carry-out'
import type { ExperimentEnd } from './carry-out'
import { asShare, STORED_NETWORK_OPTIONS, storedNetwork } from './hopfield-options'
import { figure, table } from './visible'

interface BasinDocument extends ExperimentEnd {
  readonly points: readonly BasinPoint[]
}

const FLIPS = [0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5]

export const basin = defineCommand({
  name: 'basin',
  summary: 'how far a cue may be from a pattern and still be recalled',
  example: 'basin --patterns letters.txt --from A --flips 0,0.1,0.2,0.3 --trials 100',
  options: {
    from: valued('NAME', 'the pattern (else every one in turn)', null, asName),
    flips: valued('A,B,…', 'shares of neurons turned over', FLIPS, asList(asShare)),
    trials: valued('N', 'cues a share', 100, asWhole(1, 1_000_000)),
    ...STORED_NETWORK_OPTIONS,
  },
  run: async (context): Promise<BasinDocument> => {
    const { from, flips, trials, noSave } = context.options
    const request: ExperimentRequestOf<'basin'> = {
      kind: 'basin',
      ...(await storedNetwork(context)),
      from,
      flips: [...flips],
      trials,
    }
    const { result, end } = await carryOut(context, request, !noSave)
    return { points: result.points, ...end }
  },
  print: ({ points, ...end }) =>
    [
      table([
        ['flipped', 'recalled', '95 % from', 'to'],
        ...points.map(({ flipped, recalled, low, high }) => [flipped, recalled, low, high].map(figure)),
      ]),
      printEnd(end),
    ].join('\n'),
})
