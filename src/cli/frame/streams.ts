/** Standard output for the answer alone, standard error for talk. A reader that goes away (`| head`) is no failure. */
export interface Streams {
  /** Resolves when it was handed on. */
  readonly answer: (text: string) => Promise<void>
  readonly tell: (line: string) => void
  readonly progress: (line: string) => void
  readonly endProgress: () => void
}

const ERASE_LINE = '\r\x1b[K'

export function createStreams(): Streams {
  const terminal = process.stderr.isTTY
  let drawn = false
  process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1))
  process.stderr.on('error', () => undefined) // nobody is left to be told
  const endProgress = (): void => {
    if (drawn) process.stderr.write(ERASE_LINE)
    drawn = false
  }
  return {
    answer: (text) => new Promise((resolve) => process.stdout.write(`${text}\n`, () => resolve())),
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
