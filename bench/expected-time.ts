/**
 * The time that the Train room tells before a run, and what the run took: six settings on one text, each told by this
 * machine's measured pace and by the runs before it. Needs `npm run build`.
 *
 *     npm run bench -- expected-time
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createNodeHost, openLab } from '../src/lab'
import { outlookOf } from '../src/renderer/rooms/train/form/training-outlook'
import { fitTraining } from '../src/renderer/rooms/train/training-fit'
import { DEFAULT_CONFIGURATION } from '../src/shared'
import type { RunConfiguration } from '../src/shared'
import { startThreadClock } from './watching/thread-clock'

const TEXT = resolve('scripts/texts/stories/lighthouse.en.txt')
const SETTINGS: readonly Partial<RunConfiguration>[] = [
  { cell: 'vanilla', hidden: 128, batch: 32, sequence: 64, steps: 1500 },
  { cell: 'lstm', hidden: 128, batch: 16, sequence: 48, steps: 1200 },
  { cell: 'gru', hidden: 256, batch: 32, sequence: 64, steps: 200 },
  { cell: 'lstm', hidden: 128, layers: 2, batch: 50, sequence: 50, steps: 150 },
  { cell: 'window', hidden: 256, window: 16, batch: 32, sequence: 64, steps: 1500 },
  { cell: 'gru', hidden: 64, batch: 32, sequence: 64, validateEvery: 100, steps: 2000 },
]

const directory = mkdtempSync(join(tmpdir(), 'engram-expected-'))
process.once('exit', () => rmSync(directory, { recursive: true, force: true }))
const lab = await openLab(
  createNodeHost({
    workersDirectory: resolve('out/main'),
    kernelsDirectory: resolve('out/kernels'),
    resourcesDirectory: resolve('resources'),
    dataDirectory: directory,
    shell: 'test',
    version: '0.0.0',
    sqliteBinding: process.env.ENGRAM_SQLITE_BINDING ?? null,
    log: () => undefined,
  }),
)
const { tokens, vocabularySize } = await lab.corpora.inspect(TEXT, 'auto', 'character')
for (const changes of SETTINGS) {
  const configuration = { ...DEFAULT_CONFIGURATION, workers: 1, ...changes }
  const fit = fitTraining(configuration, tokens, vocabularySize)
  const machine = await lab.training.machine()
  const { seconds } = outlookOf(configuration, fit, vocabularySize, machine)
  // The arithmetic alone, against processor time, which others on the machine don't touch.
  const cost = outlookOf(configuration, fit, vocabularySize, { ...machine, pace: 1, earlier: [] }).seconds
  const worked = startThreadClock(process.pid)
  const begun = performance.now()
  const { run } = await lab.training.start({ files: [TEXT], encoding: 'auto', configuration, name: '', probe: '' })
  await lab.training.settled(run)
  const took = (performance.now() - begun) / 1000
  const work = worked()
  const { cell, hidden, layers, batch, sequence, steps } = configuration
  process.stdout.write(
    `${`${cell} ${hidden}${layers > 1 ? ` × ${layers}` : ''}, B ${batch}, T ${sequence}, ${steps} steps`.padEnd(40)} ` +
      `told ${seconds.toFixed(1)} s  took ${took.toFixed(1)} s  ratio ${(seconds / took).toFixed(2)}  ` +
      `cost / processor time ${(cost / work).toFixed(2)}  load ${loadavg()[0].toFixed(1)}\n`,
  )
}
await lab.close()
