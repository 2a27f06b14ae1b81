/** What the engine refuses, told as the lab's own errors. */
import { EngineError } from '../engine'
import { isErrorCode, LabError } from '../shared'

/** An EngineError as the LabError of its code; everything else as it is. */
export function toLabError(error: unknown): unknown {
  if (!(error instanceof EngineError) || !isErrorCode(error.code)) return error
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
