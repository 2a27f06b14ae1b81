/** Wrong usage: the command was not understood, nothing was done, and the exit code is 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
}
