/** The command line beside the window, on the same data. */
import { callCommandLine } from '../../cli/support/in-process'

export interface TrainedRun {
  readonly run: string
  readonly steps: number
  readonly trainLoss: number
  readonly digest: string
  readonly kernel: string
  /** Path of the last parameters. */
  readonly model: string
  readonly workers: number
}

/** The document that a command answers: another process than the window's, and none of its own for every call. */
export async function askCommandLine<Document>(dataDirectory: string, words: readonly string[]): Promise<Document> {
  const { code, stdout, stderr } = await callCommandLine([...words, '--json'], dataDirectory)
  if (code !== 0) throw new Error(`exit ${code}: ${stderr}`)
  return JSON.parse(stdout) as Document
}

export async function trainByCommandLine(
  dataDirectory: string,
  file: string,
  options: readonly string[],
): Promise<TrainedRun> {
  return askCommandLine<TrainedRun>(dataDirectory, ['train', '--corpus', file, ...options])
}
