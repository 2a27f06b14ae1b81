/** The word `last` in place of a run's id: the newest run, or the newest one with a model where a model is asked for. */
import type { Lab } from '../../lab'
import { LabError } from '../../shared'
import type { Command, CommandContext } from './command'
import type { OptionTable } from './options'

type Words = Pick<CommandContext<OptionTable>, 'options' | 'positionals'>

const LAST = 'last'
const PLACEHOLDER = 'RUN'

/**
 * @param mustTrain true: the newest training run
 * @throws LabError E_RUN_UNKNOWN where there is none
 */
async function findLastRun(lab: Lab, mustTrain: boolean): Promise<string> {
  const filter = mustTrain ? 'kind:training' : ''
  const rows = await lab.runs.list({ filter, deleted: false, archived: false })
  const [newest] = rows
  if (!newest) throw new LabError('E_RUN_UNKNOWN', { run: LAST })
  return newest.run
}

/**
 * The arguments with every run named `last` replaced by its id. An option that takes a run asks for one with a model.
 * @throws LabError E_RUN_UNKNOWN where there is none
 */
export async function withLastRun(
  { options: table, positionals: declared = [] }: Pick<Command<OptionTable, unknown>, 'options' | 'positionals'>,
  { options, positionals }: Words,
  openLab: () => Promise<Lab>,
): Promise<Words> {
  const isRun = (at: number): boolean => declared[Math.min(at, declared.length - 1)]?.name === PLACEHOLDER
  const named = Object.keys(table).filter((name) => table[name].placeholder === PLACEHOLDER && options[name] === LAST)
  const places = positionals.flatMap((word, at) => (word === LAST && isRun(at) ? [at] : []))
  const found = { ...options }
  if (named.length > 0) {
    const run = await findLastRun(await openLab(), true)
    for (const name of named) found[name] = run
  }
  if (places.length === 0) return { options: found, positionals }
  const run = await findLastRun(await openLab(), false)
  return { options: found, positionals: positionals.map((word, at) => (places.includes(at) ? run : word)) }
}
