/** What every view of the room is given. */
import type { ModelReference, Trace } from '../../../../shared'

export interface InspectViewProps {
  /** What the network did with the text. */
  readonly trace: Trace
  /** Which network. */
  readonly model: ModelReference
  /** As it was typed. */
  readonly text: string
}
