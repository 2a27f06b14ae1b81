/**
 * Runs one command: exactly one document or text on standard output when it succeeds, nothing there when it fails, talk on
 * standard error, and the exit codes of DESIGN's command line.
 */
import type { FileChoice, Lab, LabHost } from '../../lab'
import { LabError, reportError } from '../../shared'
import { CommandFailure } from './command-failure'
import type { AnyCommand, Command, CommandContext, CommandEntry } from './command'
import { commandHelp, overallHelp } from './help'
import { withLastRuns } from './last-run'
import { expandFolder } from './named-files'
import { asName, flag, valued } from './options'
import type { OptionTable } from './options'
import { assertOneStandardInput, Sources } from './incoming'
import { findCommand, listedBy, unknownCommand } from './find-command'
import { assertPositionals, parseArguments } from './parse-arguments'
import { createStreams } from './streams'
import type { Streams } from './streams'
import { EXIT_OF, watchSignals } from './signals'
import type { SignalState } from './signals'
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
  /** Of the lab, as package.json has it. */
  readonly version: string
}

/** What a command is connected to: to this process's own, unless a test calls the command line inside its own process. */
export interface Connection {
  readonly streams: Streams
  readonly watchSignals: () => SignalState
  readonly env: NodeJS.ProcessEnv
}

/** @returns the exit code */
export async function runCommandLine(
  commands: readonly CommandEntry[],
  words: readonly string[],
  places: Places,
  connection: Connection = { streams: createStreams(), watchSignals, env: process.env },
): Promise<number> {
  const { streams, env } = connection
  try {
    return await run(commands, words, places, connection)
  } catch (error) {
    streams.endProgress()
    streams.tell(`error: ${oneLine(sentenceOf(error))}`)
    if (env.ENGRAM_DEBUG === '1') streams.tell(originOf(error))
    return error instanceof UsageError ? 2 : 1
  }
}

/** Stacks of an error and of its causes; what a worker threw arrives as a text. */
function originOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const stack = error.stack ?? error.message
  return error.cause === undefined ? stack : `${stack}\ncaused by: ${originOf(error.cause)}`
}

function sentenceOf(error: unknown): string {
  if (error instanceof UsageError || error instanceof CommandFailure || error instanceof LabError) return error.message
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
  connection: Connection,
): Promise<number> {
  const { streams } = connection
  if (words.length === 0) throw new UsageError('a command is missing; "engram --help" lists them')
  const isHelp = words[0] === 'help' || words.includes('--help')
  const named = words[0] === 'help' ? words.slice(1) : words
  const listed = isHelp ? listedBy(commands, named) : null
  if (listed !== null) {
    return exitAfter(streams, overallHelp(listed))
  }
  const found = findCommand(commands, named)
  if (!found) throw new UsageError(unknownCommand(commands, named))
  const command = (await found.entry.load()) as unknown as Command<OptionTable, unknown>
  if (isHelp) {
    return exitAfter(streams, commandHelp(command as unknown as AnyCommand, COMMON))
  }
  const dashes = command.positionals?.some(({ mayBeginWithDash }) => mayBeginWithDash) ?? false
  const { options, given, positionals } = parseArguments({ ...command.options, ...COMMON }, found.rest, dashes)
  assertPositionals(command as unknown as AnyCommand, positionals)
  assertOneStandardInput(inputsOf(command, options, positionals))
  const { dataDir, json } = options as { dataDir: string | null; json: boolean }
  return execute(command, { options, given, positionals }, { dataDir, json }, places, connection)
}

/** What a command is told to read, in the order of its options. */
function inputsOf(
  command: Command<OptionTable, unknown>,
  options: Readonly<Record<string, unknown>>,
  positionals: readonly string[],
): string[] {
  const named = Object.entries(command.options).flatMap(([name, { isInput }]) =>
    isInput ? [options[name]].flat() : [],
  )
  const placed = positionals.filter((_, i) => command.positionals?.[i]?.isInput)
  return [...named, ...placed].filter((word) => typeof word === 'string')
}

/** @throws CommandFailure for what is no text */
function decodeUtf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new CommandFailure('standard input: this is no text in UTF-8')
  }
}

async function execute(
  command: Command<OptionTable, unknown>,
  parsed: Pick<CommandContext<OptionTable>, 'options' | 'given' | 'positionals'>,
  { dataDir, json }: { readonly dataDir: string | null; readonly json: boolean },
  places: Places,
  connection: Connection,
): Promise<number> {
  const { streams } = connection
  const signals = connection.watchSignals()
  const open = async (): Promise<Lab> =>
    (await loadLab()).openLab(await hostFor(dataDir, places, connection), { isShort: command.isShort })
  const sources = new Sources(streams.tell, places.resourcesDirectory)
  const openTexts = async (word: string, mayBeFolder: boolean): Promise<readonly FileChoice[]> => {
    const source = sources.open(word, 'corpora')
    if ('incoming' in source) return [await (await context.openLab()).corpora.receive(source.incoming)]
    return mayBeFolder && typeof source.file === 'string' ? expandFolder(source.file) : [source.file]
  }
  const opened: { lab: Promise<Lab> | null } = { lab: null }
  const context: CommandContext<OptionTable> = {
    ...parsed,
    openLab: () => (opened.lab ??= open()),
    host: () => hostFor(dataDir, places, connection),
    text: async (word) => (await openTexts(word, false))[0],
    texts: async (words) => (await Promise.all(words.map((word) => openTexts(word, true)))).flat(),
    patterns: async (word) => {
      const source = sources.open(word, 'patterns')
      if ('incoming' in source) return (await loadLab()).receivePattern(source.incoming)
      return typeof source.file === 'string' ? source.file : source.file.path
    },
    standardInput: async (mostBytes) => {
      const source = sources.open('-', 'corpora')
      if (!('incoming' in source)) throw new Error('standard input is no file')
      return decodeUtf8((await (await loadLab()).collectIncoming(source.incoming, mostBytes)).bytes)
    },
    tell: streams.tell,
    progress: streams.progress,
    onSignal: signals.listen,
  }
  let document: unknown
  try {
    document = await command.run({ ...context, ...(await withLastRuns(command, parsed, context.openLab)) })
  } finally {
    streams.endProgress()
    const lab = await opened.lab?.catch(() => null)
    await lab?.close()
  }
  const code = await exitAfter(streams, json ? JSON.stringify(document) : command.print(document, streams.screen))
  const failure = command.failure?.(document) ?? null
  if (failure !== null) streams.tell(`error: ${failure}`)
  const signal = signals.received()
  if (signal !== null) return EXIT_OF[signal]
  return failure === null ? code : 1
}

/** Prints the answer. @returns 0, also where the reader went away before its end (`| head`), and 1 where it failed otherwise */
async function exitAfter(streams: Streams, text: string): Promise<number> {
  const error = await streams.answer(text)
  if (error === null || error === 'EPIPE') return 0
  streams.tell(`error: the answer cannot be written to standard output (${error})`)
  return 1
}

/** Loaded when a command needs it: help needs none of it. */
const loadLab = () => import('../../lab')

async function hostFor(dataDir: string | null, places: Places, { streams, env }: Connection): Promise<LabHost> {
  const { chooseDataDirectory, createNodeHost } = await loadLab()
  return createNodeHost({
    ...places,
    dataDirectory: chooseDataDirectory(dataDir, env),
    shell: 'cli',
    sqliteBinding: null,
    log: (line) => {
      if (env.ENGRAM_DEBUG === '1') streams.tell(line)
    },
  })
}
