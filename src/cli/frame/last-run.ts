/**
 * `last` in place of a run's id: the newest run. `last~1` is the one before it, and so on. An option that takes a run is
 * about its model, so there only trained runs count.
 */
import type { Lab } from '../../lab'
import { LabError } from '../../shared'
import type { Command, CommandContext } from './command'
import type { OptionTable } from './options'

type Words = Pick<CommandContext<OptionTable>, 'options' | 'positionals'>

const LAST = /^last(?:~(\d+))?$/
const PLACEHOLDER = 'RUN'

/**
 * Replaces every `last` and `last~N` by a run's id.
 * @throws LabError E_RUN_UNKNOWN where there are not so many runs
 */
export async function withLastRuns(
  { options: table, positionals: declared = [] }: Pick<Command<OptionTable, unknown>, 'options' | 'positionals'>,
  { options, positionals }: Words,
  openLab: () => Promise<Lab>,
): Promise<Words> {
  const find = async (word: string, filter: string): Promise<string> => {
    const back = LAST.exec(word)
    if (back === null) return word
    const rows = await (await openLab()).runs.list({ filter, deleted: false, archived: false })
    const row = rows[Number(back[1] ?? 0)]
    if (!row) throw new LabError('E_RUN_UNKNOWN', { run: word })
    return row.run
  }
  const isRun = (at: number): boolean => declared[Math.min(at, declared.length - 1)]?.name === PLACEHOLDER
  const found = { ...options }
  for (const name of Object.keys(table)) {
    const word = options[name]
    if (table[name].placeholder === PLACEHOLDER && typeof word === 'string') {
      found[name] = await find(word, 'kind:training')
    }
  }
  return {
    options: found,
    positionals: await Promise.all(positionals.map((word, at) => (isRun(at) ? find(word, '') : word))),
  }
}
