/** Standard output for the answer alone, standard error for everything else. */
export interface Streams {
  /** Resolves when the text was handed on: null, or the code of the error that prevented it. */
  readonly answer: (text: string) => Promise<string | null>
  readonly tell: (line: string) => void
  readonly progress: (line: string) => void
  readonly endProgress: () => void
}

const ERASE_LINE = '\r\x1b[K'

export function createStreams(): Streams {
  const terminal = process.stderr.isTTY
  let drawn = false
  // A reader may go away (`| head`) and a terminal may be closed (EIO): what the command does must not depend on it.
  process.stdout.on('error', () => undefined)
  process.stderr.on('error', () => undefined)
  const endProgress = (): void => {
    if (drawn) process.stderr.write(ERASE_LINE)
    drawn = false
  }
  return {
    answer: (text) =>
      new Promise((resolve) => {
        process.stdout.write(`${text}\n`, (error) => resolve(error ? codeOf(error) : null))
      }),
    tell: (line) => {
      endProgress()
      process.stderr.write(`${line}\n`)
    },
    progress: (line) => {
      if (!terminal) return
      drawn = true
      process.stderr.write(`${ERASE_LINE}${line.slice(0, (process.stderr.columns || 80) - 1)}`)
    },
    endProgress,
  }
}

function codeOf(error: NodeJS.ErrnoException): string {
  return error.code ?? error.message
}
