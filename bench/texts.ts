/**
 * The Train room's suggestion for each bundled text, and for files of one's own, against the best counter of up to six
 * symbols of context: five seeds each, with steps, processor time, the clock and the machine's load. Needs `npm run build`.
 *
 *     npm run bench -- texts [SEEDS] [FILE…]
 */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { basename, join, resolve } from 'node:path'
import { createNodeHost, openLab } from '../src/lab'
import { suggestSetting } from '../src/renderer/rooms/train/form/suggested-setting'
import { DEFAULT_CONFIGURATION } from '../src/shared'
import type { RunConfiguration } from '../src/shared'

const FOLDER = resolve('resources/corpora')
const MOST_CONTEXT = 6

const [, , seedCount = '5', ...own] = process.argv
const seeds = Array.from({ length: Number(seedCount) }, (_, i) => i + 1)
const bundled = readdirSync(FOLDER)
  .filter((file) => file.endsWith('.txt'))
  .map((file) => join(FOLDER, file))
const files = own.length > 0 ? own.map((file) => resolve(file)) : bundled

const directory = mkdtempSync(join(tmpdir(), 'engram-texts-'))
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

const processorSeconds = (): number => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}

async function train(file: string, configuration: RunConfiguration): Promise<{ loss: number; steps: number }> {
  const { run } = await lab.training.start({ files: [file], encoding: 'auto', configuration, name: '', probe: '' })
  const { validationLoss, steps } = await lab.training.settled(run)
  return { loss: validationLoss ?? NaN, steps }
}

let isAlwaysBelow = true
for (const file of files) {
  const { tokens, vocabularySize } = await lab.corpora.inspect(file, 'auto', 'character')
  const { validation } = DEFAULT_CONFIGURATION
  const suggested = { ...DEFAULT_CONFIGURATION, ...suggestSetting({ tokens, vocabularySize, validation }) }
  const counted = {
    files: [file],
    encoding: 'auto',
    tokens: 'character',
    validation,
    maxContext: MOST_CONTEXT,
  } as const
  const { orders } = await lab.corpora.baseline(counted)
  const best = orders.reduce((least, order) => (order.loss < least.loss ? order : least))
  process.stdout.write(
    `${basename(file)}  ${tokens} symbols, ${vocabularySize} different  ` +
      `best counter ${best.loss.toFixed(4)} (context ${best.context})  ` +
      `${suggested.cell} ${suggested.hidden}, B ${suggested.batch}, T ${suggested.sequence}\n`,
  )
  for (const seed of seeds) {
    const [work, begun] = [processorSeconds(), performance.now()]
    const { loss, steps } = await train(file, { ...suggested, seed })
    const seconds = (performance.now() - begun) / 1000
    isAlwaysBelow &&= loss < best.loss
    process.stdout.write(
      `  seed ${seed}  loss ${loss.toFixed(4)}  ${(loss - best.loss).toFixed(4)} to the counter  ${steps} steps  ` +
        `processor ${(processorSeconds() - work).toFixed(1)} s  clock ${seconds.toFixed(1)} s  load ${loadavg()[0].toFixed(1)}\n`,
    )
  }
}
await lab.close()
if (!isAlwaysBelow) {
  process.stderr.write('a network ended above the best counter\n')
  process.exitCode = 1
}
