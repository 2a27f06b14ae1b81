/** The command was understood and could not be carried out: exit code 1. Its message is the sentence a person reads. */
export class CommandFailure extends Error {
  override readonly name = 'CommandFailure'
}
