/** What the engine refuses, as a code and what fills its sentence; the lab turns it into a LabError. */
export class EngineError extends Error {
  override readonly name = 'EngineError'
  readonly code: string
  readonly details: Readonly<Record<string, string | number>>

  constructor(code: string, details: Readonly<Record<string, string | number>> = {}) {
    super(`${code} ${JSON.stringify(details)}`)
    this.code = code
    this.details = details
  }
}
