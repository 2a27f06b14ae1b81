/** What every view of the room is given: a model, the text it read, and what came of it. */
import type { ModelReference, Trace } from '../../../shared'

export interface ViewSubject {
  readonly trace: Trace
  readonly model: ModelReference
  readonly text: string
  readonly skipUnknown: boolean
}
