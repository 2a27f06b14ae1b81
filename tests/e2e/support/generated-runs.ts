/** The database that bench makes for the Runs room, in a small size. */
import { execFile } from 'node:child_process'
import { resolve } from 'node:path'
import { promisify } from 'node:util'

/** @param count runs of a thousand points; one of a million comes with them */
export async function generateRuns(dataDirectory: string, count: number): Promise<void> {
  const words = [resolve('bench/run.mjs'), 'runs-database', String(count), dataDirectory]
  await promisify(execFile)(process.execPath, words)
}
