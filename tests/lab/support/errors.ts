/** What a refusal looks like to whoever made the call. */
import { expect } from 'vitest'
import type { ErrorCode, ErrorDetails } from '../../../src/shared'

/** Matches an error of that code, with these details among its own. */
export function errorOf(code: ErrorCode, details: ErrorDetails = {}): unknown {
  return expect.objectContaining({ code, details: expect.objectContaining(details) })
}

/** What it throws; a test that expects a failure fails where there is none. */
export function failureOf(work: () => unknown): unknown {
  try {
    work()
  } catch (error) {
    return error
  }
  throw new Error('it did not fail')
}
