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
  readonly workers: number
}

export async function trainByCommandLine(
  dataDirectory: string,
  file: string,
  options: readonly string[],
): Promise<TrainedRun> {
  const words = ['train', '--corpus', file, '--json', '--data-dir', dataDirectory, ...options]
  const { stdout } = await promisify(execFile)(process.execPath, [resolve('out/main/cli.cjs'), ...words])
  return JSON.parse(stdout) as TrainedRun
}
