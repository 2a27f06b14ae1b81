/** What the engine refuses, told as the lab's own errors. This layer knows the engine's types alone, so the name tells. */
import { isErrorCode, LabError } from './errors'
import type { ErrorDetails } from './errors'

interface CodedError extends Error {
  readonly code: string
  readonly details: ErrorDetails
}

function isEngineError(error: unknown): error is CodedError {
  return error instanceof Error && error.name === 'EngineError' && 'code' in error && 'details' in error
}

/** An EngineError as the LabError of its code; everything else as it is. */
export function toLabError(error: unknown): unknown {
  if (!isEngineError(error) || !isErrorCode(error.code)) return error
  return new LabError(error.code, error.details, { cause: error })
}

/** Runs it, and throws what the engine throws as a LabError. */
export function withEngineErrors<Value>(work: () => Value): Value {
  try {
    return work()
  } catch (error) {
    throw toLabError(error)
  }
}
