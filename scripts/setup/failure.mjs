/**
 * Every failure of a script is one sentence that says what is wrong and what to do. `main` is the door of each script:
 * it turns what was thrown into that sentence and an exit code, and ends cleanly on a signal.
 */
import { answerSignals } from './signals.mjs'

/** A failure that was foreseen; its message is the sentence a person reads. */
export class Failure extends Error {
  name = 'Failure'
}

/** The machine lacks a program or a library that set-up cannot install here. The rest of the lab works without it. */
export class MissingFromMachine extends Failure {
  name = 'MissingFromMachine'
}

const unwritable = (file) => `${file ?? 'A file'} cannot be written: allow writing there and try again.`
const noSpace = (file) => `There is no space left on the disk${file ? ` for ${file}` : ''}: free some and try again.`

/** Errors of the file system that say nothing of a fault in a script. */
const SYSTEM_SENTENCES = {
  ENOSPC: noSpace,
  EDQUOT: noSpace,
  EROFS: unwritable,
  EACCES: unwritable,
}

/**
 * What a person is told of an error.
 * @param {unknown} error
 * @param {boolean} debug with the stack
 */
export function sentenceOf(error, debug = process.env.ENGRAM_DEBUG === '1') {
  const cause = error instanceof Error ? error : new Error(String(error))
  const known = SYSTEM_SENTENCES[cause.code]?.(cause.path ?? cause.dest)
  const remedy = cause instanceof Failure || known || debug ? '' : ' (ENGRAM_DEBUG=1 tells where)'
  const lines = [`error: ${known ?? cause.message.trim()}${remedy}`]
  if (debug && cause.stack) lines.push(cause.stack)
  if (debug && cause.cause) lines.push(`caused by: ${cause.cause.stack ?? cause.cause}`)
  return lines.join('\n')
}

/**
 * Runs a script.
 * @param {() => Promise<number | void>} run answers the exit code; nothing leaves it as it is
 */
export async function main(run) {
  answerSignals()
  try {
    const code = await run()
    if (code !== undefined) process.exitCode = code
  } catch (error) {
    process.stderr.write(`${sentenceOf(error)}\n`)
    process.exitCode = 1
  }
}
