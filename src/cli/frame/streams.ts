import { screenOf } from './screen'
import type { Screen } from './screen'

/** Standard output for the answer alone, standard error for everything else. */
export interface Streams {
  /** Resolves when the text was handed on: null, or the code of the error that prevented it. */
  readonly answer: (text: string) => Promise<string | null>
  readonly tell: (line: string) => void
  readonly progress: (line: string) => void
  readonly endProgress: () => void
  /** What standard output can show. */
  readonly screen: Screen
}

const ERASE_LINE = '\r\x1b[K'

/** What a stream has that leads to a terminal. */
interface Terminal {
  readonly isTTY?: boolean
  readonly columns?: number
}

/** Where the two streams lead: to this process's own output, or to what a test collects. */
export interface Output {
  readonly stdout: NodeJS.WritableStream & Terminal
  readonly stderr: NodeJS.WritableStream & Terminal
}

export function createStreams({ stdout, stderr }: Output = process): Streams {
  let drawn = false
  // A reader may go away (`| head`) and a terminal may be closed (EIO): what the command does must not depend on it.
  stdout.on('error', () => undefined)
  stderr.on('error', () => undefined)
  const endProgress = (): void => {
    if (drawn) stderr.write(ERASE_LINE)
    drawn = false
  }
  return {
    answer: (text) =>
      new Promise((resolve) => {
        stdout.write(`${text}\n`, (error) => resolve(error ? codeOf(error) : null))
      }),
    tell: (line) => {
      endProgress()
      stderr.write(`${line}\n`)
    },
    progress: (line) => {
      if (!stderr.isTTY) return
      drawn = true
      stderr.write(`${ERASE_LINE}${line.slice(0, (stderr.columns || 80) - 1)}`)
    },
    endProgress,
    screen: screenOf(stdout),
  }
}

function codeOf(error: NodeJS.ErrnoException): string {
  return error.code ?? error.message
}
