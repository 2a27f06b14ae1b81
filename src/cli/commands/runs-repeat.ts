/** `runs repeat`: the same run again, and whether the same model comes of it. */
import type { RunRow } from '../../shared'
import { defineCommand } from '../frame/command'
import { asRunName, valued } from '../frame/options'
import { tellTight, watchDisk } from './train'

interface RepeatDocument {
  readonly run: string
  readonly digest: string | null
  /** Whether it is the digest of the run that was repeated. */
  readonly equal: boolean
}

export const runsRepeat = defineCommand({
  name: 'runs repeat',
  summary: 'train a run again with the same bytes, settings, rounding and workers, and compare the digests',
  example: 'runs repeat RUN --json',
  options: { name: valued('TEXT', 'the new run’s name, else that of the first', '', asRunName) },
  positionals: [{ name: 'RUN' }],
  run: async (context): Promise<RepeatDocument> => {
    const { openLab, options, positionals, tell } = context
    const [first] = positionals
    const lab = await openLab()
    const wanted = await lab.runs.show(first)
    const disk = watchDisk(context, lab)
    try {
      const onStarted = ({ run }: RunRow): void => {
        context.onSignal(() => void starting.then(() => lab.training.stop(run)).catch(() => undefined))
        tell(`run ${run}`)
      }
      const starting = lab.training.repeat(first, { name: options.name, onStarted, onDiskTight: tellTight(tell) })
      const { run } = await starting
      const { digest, steps } = await Promise.race([lab.training.settled(run), disk.givenUp])
      return { run, digest, equal: digest === wanted.digest && steps === wanted.modelStep }
    } finally {
      disk.end()
    }
  },
  print: ({ run, digest, equal }) =>
    `run ${run}: digest ${digest ?? '—'}, ${equal ? 'equal to the first' : 'not equal to the first'}`,
})
