/**
 * Runs one command: exactly one document or text on standard output when it succeeds, nothing there when it fails, talk on
 * standard error, and the exit codes of DESIGN's command line.
 */
import { chooseDataDirectory, createNodeHost, openLab } from '../../lab'
import type { Lab } from '../../lab'
import { LabError, reportError } from '../../shared'
import { version } from '../../../package.json'
import type { AnyCommand, Command, CommandContext, CommandEntry } from './command'
import { commandHelp, overallHelp } from './help'
import { withLastRun } from './last-run'
import { asName, flag, valued } from './options'
import type { OptionTable } from './options'
import { findCommand, listedBy, unknownCommand } from './find-command'
import { assertPositionals, parseArguments } from './parse-arguments'
import { screenOf } from './screen'
import { createStreams } from './streams'
import type { Streams } from './streams'
import { EXIT_OF, watchSignals } from './signals'
import { UsageError } from './usage-error'

const COMMON = {
  dataDir: valued('DIR', 'where runs are kept (else ENGRAM_DATA_DIR, else the platform’s folder)', null, asName),
  json: flag('one JSON document on standard output, and nothing else there'),
  help: flag('this text'),
}

export interface Places {
  readonly workersDirectory: string
  readonly kernelsDirectory: string
  readonly resourcesDirectory: string
}

/** @returns the exit code */
export async function runCommandLine(
  commands: readonly CommandEntry[],
  words: readonly string[],
  places: Places,
): Promise<number> {
  const streams = createStreams()
  try {
    return await run(commands, words, places, streams)
  } catch (error) {
    streams.endProgress()
    streams.tell(`error: ${oneLine(sentenceOf(error))}`)
    if (process.env.ENGRAM_DEBUG === '1' && error instanceof Error) streams.tell(error.stack ?? '')
    return error instanceof UsageError ? 2 : 1
  }
}

function sentenceOf(error: unknown): string {
  if (error instanceof UsageError || error instanceof LabError) return error.message
  const { message } = reportError(error)
  return `${message} (ENGRAM_DEBUG=1 tells more)`
}

/** A file's name may hold line ends and what moves a terminal's cursor: they are shown, not obeyed. */
function oneLine(sentence: string): string {
  return sentence.replace(/\p{Cc}/gu, (control) => `\\x${control.charCodeAt(0).toString(16).padStart(2, '0')}`)
}

async function run(
  commands: readonly CommandEntry[],
  words: readonly string[],
  places: Places,
  streams: Streams,
): Promise<number> {
  if (words.length === 0) throw new UsageError('a command is missing; "lab --help" lists them')
  const isHelp = words[0] === 'help' || words.includes('--help')
  const named = words[0] === 'help' ? words.slice(1) : words
  const listed = isHelp ? listedBy(commands, named) : null
  if (listed !== null) {
    await streams.answer(overallHelp(listed))
    return 0
  }
  const found = findCommand(commands, named)
  if (!found) throw new UsageError(unknownCommand(commands, named))
  const command = (await found.entry.load()) as unknown as Command<OptionTable, unknown>
  if (isHelp) {
    await streams.answer(commandHelp(command as unknown as AnyCommand, COMMON))
    return 0
  }
  const dashes = command.positionals?.some(({ mayBeginWithDash }) => mayBeginWithDash) ?? false
  const { options, given, positionals } = parseArguments({ ...command.options, ...COMMON }, found.rest, dashes)
  assertPositionals(command as unknown as AnyCommand, positionals)
  const { dataDir, json } = options as { dataDir: string | null; json: boolean }
  return execute(command, { options, given, positionals }, { dataDir, json }, places, streams)
}

async function execute(
  command: Command<OptionTable, unknown>,
  parsed: Pick<CommandContext<OptionTable>, 'options' | 'given' | 'positionals'>,
  { dataDir, json }: { readonly dataDir: string | null; readonly json: boolean },
  places: Places,
  streams: Streams,
): Promise<number> {
  const signals = watchSignals()
  const opened: { lab: Promise<Lab> | null } = { lab: null }
  const open = (): Promise<Lab> => (opened.lab ??= openLab(hostFor(dataDir, places, streams)))
  const context: CommandContext<OptionTable> = {
    ...parsed,
    openLab: open,
    host: () => hostFor(dataDir, places, streams),
    tell: streams.tell,
    progress: streams.progress,
    onSignal: signals.listen,
  }
  let document: unknown
  try {
    document = await command.run({ ...context, ...(await withLastRun(command, parsed, open)) })
  } finally {
    streams.endProgress()
    const lab = await opened.lab?.catch(() => null)
    await lab?.close()
  }
  await streams.answer(json ? JSON.stringify(document) : command.print(document, screenOf()))
  const failure = command.failure?.(document) ?? null
  if (failure !== null) streams.tell(`error: ${failure}`)
  const signal = signals.received()
  if (signal !== null) return EXIT_OF[signal]
  return failure === null ? 0 : 1
}

function hostFor(dataDir: string | null, places: Places, streams: Streams): Parameters<typeof openLab>[0] {
  return createNodeHost({
    ...places,
    dataDirectory: chooseDataDirectory(dataDir),
    shell: 'cli',
    version,
    sqliteBinding: null,
    log: (line) => {
      if (process.env.ENGRAM_DEBUG === '1') streams.tell(line)
    },
  })
}
