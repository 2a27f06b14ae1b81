/** `capacity`: how many random patterns a Hopfield network can hold. */
import type { CapacityPoint } from '../../lab'
import type { ExperimentRequestOf } from '../../shared'
import { defineCommand } from '../frame/command'
import { asList, asNumber, asWhole, required, valued } from '../frame/options'
import { UsageError } from '../frame/usage-error'
import { carryOut, printEnd } from './carry-out'
import type { ExperimentEnd } from './carry-out'
import { asShare, assertBias, RANDOM_NETWORK_OPTIONS } from './hopfield-options'
import { figure, table } from './visible'

interface CapacityDocument extends ExperimentEnd {
  readonly points: readonly CapacityPoint[]
}

const asLoad = asNumber('more than 0', (load) => load > 0)

export const capacity = defineCommand({
  name: 'capacity',
  summary: 'how many random patterns a Hopfield network can hold',
  example: 'capacity --neurons 1000 --loads 0.05,0.1,0.13,0.15 --trials 5',
  options: {
    neurons: required('N', 'of the network', asWhole(2, 65_536)),
    loads: required('A,B,…', 'patterns a neuron', asList(asLoad)),
    corrupt: valued('SHARE', 'of a cue’s neurons that is turned over', 0, asShare),
    trials: valued('N', 'networks a load', 5, asWhole(1, 100_000)),
    cues: valued('N', 'patterns probed a network, at most', 20, asWhole(1, 65_536)),
    ...RANDOM_NETWORK_OPTIONS,
  },
  run: async (context): Promise<CapacityDocument> => {
    const { neurons, loads, corrupt, trials, cues, update, maxSweeps, seed, noSave, ...network } = context.options
    const { rule, bias, degree, beta } = network
    assertBias(network)
    const empty = loads.find((load) => Math.round(load * neurons) < 1)
    if (empty !== undefined) throw new UsageError(`--loads ${empty} is no whole pattern in ${neurons} neurons`)
    const recall = { rule, bias, degree, beta, update, maxSweeps, seed }
    const request: ExperimentRequestOf<'capacity'> = {
      kind: 'capacity',
      neurons,
      loads: [...loads],
      ...recall,
      corrupt,
      trials,
      cues,
    }
    const { result, end } = await carryOut(context, request, !noSave)
    return { points: result.points, ...end }
  },
  print: ({ points, ...end }) =>
    [
      table([
        ['load', 'patterns', 'overlap', 'deviation', 'stable', 'recalled'],
        ...points.map((point) => [
          figure(point.load),
          String(point.patterns),
          figure(point.overlap),
          figure(point.deviation),
          figure(point.stable),
          figure(point.recalled),
        ]),
      ]),
      printEnd(end),
    ].join('\n'),
})
