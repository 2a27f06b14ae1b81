/** `bench`: how fast training is on this machine, and how much of what its kernel can do it uses. */
import { CELLS, DEFAULT_CONFIGURATION as DEFAULT, KERNELS } from '../../shared'
import type { BenchResult } from '../../lab'
import { defineCommand } from '../frame/command'
import { asChoice, asNumber, asWhole, flag, valued } from '../frame/options'
import { UsageError } from '../frame/usage-error'
import { figure, table } from './visible'

const NO_PYTORCH =
  'PyTorch is not installed for python3, so there is nothing to compare with: install Debian’s python3-torch and ' +
  'libopenblas0-pthread.'

export const bench = defineCommand({
  name: 'bench',
  summary: 'how fast training is on this machine',
  example: 'bench --cell lstm --hidden 128 --seconds 5',
  options: {
    cell: valued('CELL', CELLS.join(', '), DEFAULT.cell, asChoice(CELLS)),
    hidden: valued('H', 'hidden units a layer', DEFAULT.hidden, asWhole(1, 4096)),
    layers: valued('L', 'layers, 1 to 4', DEFAULT.layers, asWhole(1, 4)),
    batch: valued('B', 'sequences side by side', DEFAULT.batch, asWhole(1, 4096)),
    sequence: valued('T', 'time steps of a window', DEFAULT.sequence, asWhole(1, 65536)),
    vocabulary: valued('V', 'different tokens', 65, asWhole(2, 65535)),
    workers: valued('N', 'auto, or how many workers', 1, (text, name) =>
      text === 'auto' ? ('auto' as const) : asWhole(1, 64)(text, name),
    ),
    kernel: valued('NAME', ['auto', ...KERNELS].join(', '), DEFAULT.kernel, asChoice(['auto', ...KERNELS])),
    seconds: valued(
      'S',
      'how long steps are timed, in all',
      5,
      asNumber('more than 0 and at most 3600', (seconds) => seconds > 0 && seconds <= 3600),
    ),
    peers: flag('compare with PyTorch on one thread, where python3 has it'),
  },
  run: async ({ options, openLab, progress, tell }): Promise<BenchResult> => {
    const { seconds, peers, cell, hidden, layers, batch, sequence, vocabulary, workers, kernel } = options
    if (typeof workers === 'number' && workers > batch) {
      throw new UsageError(`--workers must be at most --batch ${batch}, not ${workers}`)
    }
    if (peers && cell === 'window') throw new UsageError('--peers compares recurrent cells, not --cell window')
    const lab = await openLab()
    const result = await lab.bench.measure(
      { cell, hidden, layers, batch, sequence, vocabulary, workers, kernel },
      { seconds, peers, onProgress: (round, rounds) => progress(`round ${round} of ${rounds}`) },
    )
    if (result.peers?.length === 0) tell(NO_PYTORCH)
    return result
  },
  print: ({ charactersPerSecond, gflops, peakGflops, kernel, fused, peers = [] }) =>
    table([
      ['speed', `${Math.round(charactersPerSecond)} characters a second, over whole training steps`],
      ['matrix products', `${figure(gflops)} GFLOPS over the whole time`],
      ['peak of the kernel', `${figure(peakGflops)} GFLOPS on one thread`],
      ['share of the peak', `${Math.round((100 * gflops) / peakGflops)} %`],
      ['kernel', `${kernel}, multiply-add rounds ${fused ? 'once' : 'twice'}`],
      ...peers.map((peer) => [
        `${peer.name} ${peer.version}`,
        `${Math.round(peer.charactersPerSecond)} characters a second on one thread: the lab is ${peer.ratio.toFixed(2)} × as fast`,
      ]),
    ]),
})
