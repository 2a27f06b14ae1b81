/** The command line beside the window, on the same data. */
import { execFile } from 'node:child_process'
import { resolve } from 'node:path'
import { promisify } from 'node:util'

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

/** The document that a command answers. */
export async function askCommandLine<Document>(dataDirectory: string, words: readonly string[]): Promise<Document> {
  const all = [resolve('out/main/cli.cjs'), ...words, '--json', '--data-dir', dataDirectory]
  const { stdout } = await promisify(execFile)(process.execPath, all, { maxBuffer: 2 ** 26 })
  return JSON.parse(stdout) as Document
}

export async function trainByCommandLine(
  dataDirectory: string,
  file: string,
  options: readonly string[],
): Promise<TrainedRun> {
  return askCommandLine<TrainedRun>(dataDirectory, ['train', '--corpus', file, ...options])
}
