/**
 * Events on their way to one page. At most one batch is unacknowledged; meanwhile points and recalls wait in order, of
 * rows, settings, snapshots and experiments only the newest. A page that falls too far behind is told to read everything again.
 */
import type { EventBatch, LabEvent, RunPoint } from '../../shared'

const EVERY_MS = 50
const MOST_POINTS = 50_000

export interface PageSurroundings {
  readonly send: (batch: EventBatch) => void
  readonly later: (work: () => void, milliseconds: number) => () => void
}

export class PageChannel {
  readonly #around: PageSurroundings
  #rows = new Map<string, LabEvent>()
  #snapshots = new Map<string, LabEvent>()
  #experiments = new Map<string, LabEvent>()
  #settings: LabEvent | null = null
  #points = new Map<string, RunPoint[]>()
  #pointCount = 0
  #ordered: LabEvent[] = []
  #sequence = 0
  #unacknowledged: number | null = null
  #subscribed = false
  #timer: (() => void) | null = null

  constructor(around: PageSurroundings) {
    this.#around = around
  }

  /** A page begins to listen, or begins anew after a reload. */
  subscribe(): void {
    this.#clear()
    this.#unacknowledged = null
    this.#subscribed = true
  }

  acknowledge(sequence: number): void {
    if (sequence !== this.#unacknowledged) return
    this.#unacknowledged = null
    this.#schedule()
  }

  push(event: LabEvent): void {
    if (!this.#subscribed) return
    if (event.type === 'run') this.#rows.set(event.row.run, event)
    else if (event.type === 'snapshot') this.#snapshots.set(event.snapshot.run, event)
    else if (event.type === 'experiment') this.#experiments.set(event.progress.run, event)
    else if (event.type === 'settings') this.#settings = event
    else if (event.type === 'points') this.#pushPoints(event.run, event.points)
    else this.#ordered.push(event)
    this.#schedule()
  }

  close(): void {
    this.#subscribed = false
    this.#clear()
    this.#timer?.()
    this.#timer = null
  }

  #pushPoints(run: string, points: readonly RunPoint[]): void {
    this.#pointCount += points.length
    if (this.#pointCount > MOST_POINTS) {
      this.#clear()
      this.#ordered.push({ type: 'resync' })
      return
    }
    const waiting = this.#points.get(run)
    if (waiting) waiting.push(...points)
    else this.#points.set(run, [...points])
  }

  #clear(): void {
    this.#rows.clear()
    this.#snapshots.clear()
    this.#experiments.clear()
    this.#points.clear()
    this.#settings = null
    this.#ordered = []
    this.#pointCount = 0
  }

  #schedule(): void {
    if (this.#timer !== null || this.#unacknowledged !== null) return
    this.#timer = this.#around.later(() => {
      this.#timer = null
      this.#flush()
    }, EVERY_MS)
  }

  #flush(): void {
    if (!this.#subscribed || this.#unacknowledged !== null) return
    const events: LabEvent[] = [
      ...(this.#settings === null ? [] : [this.#settings]),
      ...Array.from(this.#points, ([run, points]): LabEvent => ({ type: 'points', run, points })),
      ...this.#experiments.values(),
      ...this.#rows.values(),
      ...this.#snapshots.values(),
      ...this.#ordered,
    ]
    if (events.length === 0) return
    this.#clear()
    this.#sequence += 1
    this.#unacknowledged = this.#sequence
    this.#around.send({ sequence: this.#sequence, events })
  }
}
