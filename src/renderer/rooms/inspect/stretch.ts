/** Some steps in a row. */
export interface Stretch {
  readonly from: number
  /** Not among them. */
  readonly to: number
}
