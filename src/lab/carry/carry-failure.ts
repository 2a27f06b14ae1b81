/**
 * What can be wrong with a bundle or a backup. Where it is found, often only the bytes are known: whoever knows the entry
 * and the file adds them, and then it is an error with a whole sentence.
 */
import { basename } from 'node:path'
import { LabError } from '../../shared'
import type { ErrorCode, ErrorDetails } from '../../shared'

export type CarryFailureCode = Extract<
  ErrorCode,
  'E_ZIP' | `E_ZIP_${string}` | `E_BUNDLE_${string}` | `E_BACKUP_${string}`
>

export class CarryFailure extends Error {
  override readonly name = 'CarryFailure'
  readonly code: CarryFailureCode
  readonly details: ErrorDetails

  constructor(code: CarryFailureCode, details: ErrorDetails = {}, options?: ErrorOptions) {
    super(code, options)
    this.code = code
    this.details = details
  }

  /** The same, of an entry; one that is named already stays. */
  within(entry: string): CarryFailure {
    return new CarryFailure(this.code, { entry, ...this.details }, { cause: this.cause })
  }

  of(file: string): LabError {
    return new LabError(this.code, { file: basename(file), ...this.details }, { cause: this })
  }
}
