/** The log: lines with their time, in files of at most a mebibyte, five of them kept. Never a person's text. */
import { appendFile, mkdir, rename, stat } from 'node:fs/promises'
import { join } from 'node:path'

const MOST_BYTES = 1024 * 1024
const KEPT = 5

export interface Log {
  readonly folder: string
  readonly write: (line: string) => void
  readonly flushed: () => Promise<void>
}

export function openLog(folder: string): Log {
  const file = join(folder, 'lab.log')
  let chain: Promise<void> = mkdir(folder, { recursive: true }).then(() => undefined)
  const append = async (line: string): Promise<void> => {
    const { size } = await stat(file).catch(() => ({ size: 0 }))
    if (size > MOST_BYTES) await rotate(file)
    await appendFile(file, `${new Date().toISOString()} ${line}\n`)
  }
  return {
    folder,
    write: (line) => {
      // A log that cannot be written must not stop what it tells of.
      chain = chain.then(() => append(line)).catch(() => undefined)
    },
    flushed: () => chain,
  }
}

async function rotate(file: string): Promise<void> {
  for (let age = KEPT - 1; age >= 1; age--) {
    const from = age === 1 ? file : `${file}.${age - 1}`
    await rename(from, `${file}.${age}`).catch(() => undefined) // fewer files than that so far
  }
}
