/** What a command of the terminal is: a declaration, a run that answers one document, and how to print it. */
import type { FileChoice, Lab, LabHost, PatternChoice } from '../../lab'
import type { Option, OptionTable, OptionValues } from './options'

export type Signal = 'SIGHUP' | 'SIGINT' | 'SIGTERM'

export interface CommandContext<Options extends OptionTable> {
  readonly options: OptionValues<Options>
  /** Names of the options that were given, in the table's spelling. */
  readonly given: ReadonlySet<string>
  readonly positionals: readonly string[]
  /** Opens the lab on the chosen data directory, once; the frame closes it. */
  readonly openLab: () => Promise<Lab>
  /** For what is done to a data directory while it is closed. */
  readonly host: () => Promise<LabHost>
  /** A text that an input names: the file itself, or a copy in the lab of what comes through a pipe. */
  readonly text: (word: string) => Promise<FileChoice>
  /** Patterns or a cue that an input names. */
  readonly patterns: (word: string) => Promise<PatternChoice>
  /** All of standard input, as text. @param mostBytes bounds it */
  readonly standardInput: (mostBytes: number) => Promise<string>
  /** A line on standard error: what a person should know while it works. */
  readonly tell: (line: string) => void
  /** What it is doing right now: one line that is drawn over on a terminal, and nothing where there is none. */
  readonly progress: (line: string) => void
  /**
   * With a listener, the first signal calls it and the command ends by itself, its document printed and the exit code
   * 129, 130 or 143; without one, the first signal ends the command. A second one ends at once either way.
   */
  readonly onSignal: (listener: (signal: Signal) => void) => void
}

export interface Command<Options extends OptionTable, Document> {
  /** One or two words: `train`, `runs list`. */
  readonly name: string
  readonly summary: string
  /** What follows `engram` in the example of the help. */
  readonly example: string
  readonly options: Options
  readonly positionals?: readonly Positional[]
  /** It asks the database a few short questions and ends: no thread is started for them. */
  readonly isShort?: boolean
  readonly run: (context: CommandContext<Options>) => Promise<Document>
  /** The document for the eye, without the last line end. */
  readonly print: (document: Document) => string
  /** The sentence of a failure that has a document nevertheless (a diverged run): exit 1. */
  readonly failure?: (document: Document) => string | null
}

export interface Positional {
  readonly name: string
  readonly optional?: boolean
  /** It names a text, which may come through a pipe. */
  readonly isInput?: boolean
  /** It takes all that follow; only the last one may. */
  readonly repeated?: boolean
  /** A word that begins with one dash and is no option is taken as well. */
  readonly mayBeginWithDash?: boolean
}

/** A command whose types are its own business. */
export type AnyCommand = Command<Readonly<Record<string, Option<never>>>, never>

/** Gives a declaration its types. */
export function defineCommand<const Options extends OptionTable, Document>(
  command: Command<Options, Document>,
): AnyCommand {
  return command as unknown as AnyCommand
}

/** A line of the list of commands; the command itself is loaded when it is called. */
export interface CommandEntry {
  readonly name: string
  readonly summary: string
  readonly load: () => Promise<AnyCommand>
}
