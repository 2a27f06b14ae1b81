/** What a refusal looks like to whoever made the call. */
import { expect } from 'vitest'
import { ko } from '../../../src/renderer/i18n/errors.ko'
import { fillSentence, LabError } from '../../../src/shared'
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

/** Whether its details fill every place of its sentence, in English and in Korean. */
export function isWholeSentence(error: unknown): boolean {
  if (!(error instanceof LabError)) return false
  const sentences = [error.message, fillSentence(ko[error.code], error.details)]
  return sentences.every((sentence) => !/\{\w+\}/.test(sentence))
}
