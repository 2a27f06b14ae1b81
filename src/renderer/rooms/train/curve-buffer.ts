/** A curve that grows while it is watched: columns with room to spare, handed out as views and never copied as a whole. */
import { CURVE_COLUMNS } from '../../../shared'
import type { RunCurve, RunPoint } from '../../../shared'

const FIRST_ROOM = 1024

export class CurveBuffer {
  #columns: Record<keyof RunCurve, Float64Array>
  #length: number

  constructor(curve: RunCurve | null = null) {
    this.#length = curve?.step.length ?? 0
    this.#columns = Object.fromEntries(
      CURVE_COLUMNS.map((name) => {
        const column = new Float64Array(Math.max(FIRST_ROOM, this.#length * 2))
        if (curve) column.set(curve[name])
        return [name, column]
      }),
    ) as Record<keyof RunCurve, Float64Array>
  }

  get length(): number {
    return this.#length
  }

  /** A point of a step that is there already takes its place: a run that went on writes its last one anew. */
  append(points: readonly RunPoint[]): void {
    for (const point of points) {
      while (this.#length > 0 && this.#columns.step[this.#length - 1] >= point.step) this.#length -= 1
      if (this.#length === this.#columns.step.length) this.#grow()
      for (const name of CURVE_COLUMNS) this.#columns[name][this.#length] = point[name] ?? Number.NaN
      this.#length += 1
    }
  }

  /** Views of what is there now; they stay right as long as nothing is taken back. */
  view(): RunCurve {
    return Object.fromEntries(
      CURVE_COLUMNS.map((name) => [name, this.#columns[name].subarray(0, this.#length)]),
    ) as unknown as RunCurve
  }

  #grow(): void {
    for (const name of CURVE_COLUMNS) {
      const wider = new Float64Array(this.#columns[name].length * 2)
      wider.set(this.#columns[name])
      this.#columns[name] = wider
    }
  }
}
