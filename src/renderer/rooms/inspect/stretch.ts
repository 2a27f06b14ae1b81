/** A stretch of the text, and how an address says it. */
import type { FieldWords } from './use-view-field'

/** Some steps in a row. */
export interface Stretch {
  readonly from: number
  /** Not among them. */
  readonly to: number
}

/** `3-7`, from the third step to the seventh. */
export const stretchWords: FieldWords<Stretch | null> = {
  print: (stretch) => (stretch === null ? '' : `${stretch.from + 1}-${stretch.to}`),
  parse: (text) => {
    const [, from, to] = /^([1-9]\d{0,5})-([1-9]\d{0,5})$/.exec(text) ?? []
    return from !== undefined && Number(from) <= Number(to) ? { from: Number(from) - 1, to: Number(to) } : null
  },
}
