/** What is asked about a text that a model reads. */
import type { StateQuantity } from '../../shared'

export interface ReadingRequest {
  readonly text: string
  readonly skipUnknown: boolean
}

export interface StatesRequest extends ReadingRequest {
  readonly quantity: StateQuantity
  /** Steps from 0, the end not among them. */
  readonly from: number
  readonly to: number
}
