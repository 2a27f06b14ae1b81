/** A filter of runs as it is given on the command line: one that cannot be read is wrong usage. */
import { LabError, parseRunFilter } from '../../shared'
import { UsageError } from '../frame/usage-error'

/** The same text. @throws UsageError with the position and what is known there */
export function asFilter(text: string): string {
  try {
    parseRunFilter(text)
    return text
  } catch (error) {
    if (error instanceof LabError) throw new UsageError(error.message)
    throw error
  }
}
