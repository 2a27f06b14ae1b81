/** What is said of a run afterwards: `runs tag`, `runs note`, `runs star`, `runs archive`. */
import { LONGEST_NOTE } from '../../shared'
import type { RunRow } from '../../shared'
import { defineCommand } from '../frame/command'
import { asTag, flag } from '../frame/options'
import { UsageError } from '../frame/usage-error'
import { oneLine } from './visible'

/** A person means the same by either composition, and a filter finds both. */
const composed = (text: string): string => text.normalize('NFC')

/** Of the longest note in UTF-8, with a line end. */
const MOST_NOTE_BYTES = 3 * LONGEST_NOTE + 2

type TagsDocument = Pick<RunRow, 'run' | 'tags'>

export const runsTag = defineCommand({
  name: 'runs tag',
  summary: 'give a run a tag, or take it off',
  example: "runs tag RUN 'night run'",
  options: { remove: flag('take the tag off') },
  positionals: [{ name: 'RUN' }, { name: 'TAG' }],
  isShort: true,
  run: async ({ openLab, options, positionals: [run, text] }): Promise<TagsDocument> => {
    // What is there can be taken off as it is, whoever wrote it.
    const tag = options.remove ? text : asTag(text, 'TAG')
    const { tags } = await (await openLab()).runs.tag(run, tag, !options.remove)
    return { run, tags }
  },
  print: ({ run, tags }) => `run ${run}: ${tags.length === 0 ? 'no tags' : oneLine(tags.join(', '))}`,
})

export const runsNote = defineCommand({
  name: 'runs note',
  summary: 'write a note about a run, in place of the one it has ("" removes it, - reads it from standard input)',
  example: "runs note RUN 'the long one: *keep it*'",
  options: {},
  positionals: [{ name: 'RUN' }, { name: 'TEXT', mayBeginWithDash: true }],
  isShort: true,
  run: async (context): Promise<{ readonly run: string; readonly note: string }> => {
    const { openLab, standardInput, positionals } = context
    const [run, text] = positionals
    // The line end after the last line is the terminal's, not the note's.
    const note = composed(text === '-' ? (await standardInput(MOST_NOTE_BYTES)).replace(/\r?\n$/, '') : text)
    if (note.length > LONGEST_NOTE) throw new UsageError(`TEXT must have at most ${LONGEST_NOTE} characters`)
    await (await openLab()).runs.change(run, { note })
    return { run, note }
  },
  print: ({ run, note }) => (note === '' ? `run ${run} has no note` : `run ${run}: ${note}`),
})

export const runsStar = defineCommand({
  name: 'runs star',
  summary: 'mark a run, or take the mark off',
  example: 'runs star RUN',
  options: { remove: flag('take the star off') },
  positionals: [{ name: 'RUN' }],
  isShort: true,
  run: async ({ openLab, options, positionals: [run] }): Promise<Pick<RunRow, 'run' | 'starred'>> => {
    const { starred } = await (await openLab()).runs.change(run, { starred: !options.remove })
    return { run, starred }
  },
  print: ({ run, starred }) => `run ${run} has ${starred ? 'a' : 'no'} star`,
})

export const runsArchive = defineCommand({
  name: 'runs archive',
  summary: 'leave a run out of the list, or take it in again',
  example: 'runs archive RUN',
  options: { remove: flag('take it out of the archive') },
  positionals: [{ name: 'RUN' }],
  isShort: true,
  run: async ({ openLab, options, positionals: [run] }): Promise<Pick<RunRow, 'run' | 'archived'>> => {
    const { archived } = await (await openLab()).runs.change(run, { archived: !options.remove })
    return { run, archived }
  },
  print: ({ run, archived }) => `run ${run} is ${archived ? 'in the archive' : 'in the list'}`,
})
