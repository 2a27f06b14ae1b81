/**
 * Events on their way to one page. At most one batch is unacknowledged; meanwhile points, recalls and commands wait in
 * order, of rows, settings, snapshots and experiments only the newest. A page that falls too far behind is told to read
 * again what the database holds. A recall follows the page's eye (`recall.follow`), so that few of its visits wait here;
 * what waits of one that was stopped is forgotten.
 */
import type { EventBatch, LabEvent, RecallBatch, RunPoint } from '../../shared'

const EVERY_MS = 50
const MOST_POINTS = 50_000
/** Visits in one batch: about a megabyte, which a page takes within a frame. */
const MOST_VISITS = 65_536

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
  #recalls: RecallBatch[] = []
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
    this.#forgetAll()
    this.#unacknowledged = null
    this.#subscribed = true
  }

  get isHeard(): boolean {
    return this.#subscribed
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
    else if (event.type === 'recall') this.#recalls.push(event.batch)
    else if (event.type === 'points') this.#pushPoints(event.run, event.points)
    else this.#ordered.push(event)
    this.#schedule()
  }

  /** Nobody looks at this recall any more. */
  forgetRecall(recall: string): void {
    this.#recalls = this.#recalls.filter((batch) => batch.recall !== recall)
  }

  close(): void {
    this.#subscribed = false
    this.#forgetAll()
    this.#timer?.()
    this.#timer = null
  }

  #pushPoints(run: string, points: readonly RunPoint[]): void {
    this.#pointCount += points.length
    if (this.#pointCount > MOST_POINTS) {
      this.#forgetWritten()
      this.#ordered.push({ type: 'resync' })
      return
    }
    const waiting = this.#points.get(run)
    if (waiting) waiting.push(...points)
    else this.#points.set(run, [...points])
  }

  /** What a page can read again. */
  #forgetWritten(): void {
    this.#rows.clear()
    this.#snapshots.clear()
    this.#experiments.clear()
    this.#points.clear()
    this.#settings = null
    this.#pointCount = 0
  }

  #forgetAll(): void {
    this.#forgetWritten()
    this.#recalls = []
    this.#ordered = []
  }

  /** The first recall batches that fit into one batch of events, at least one; the rest waits for the next. */
  #takeRecalls(): LabEvent[] {
    let visits = 0
    let count = 0
    for (const { neurons } of this.#recalls) {
      visits += neurons.length
      if (visits > MOST_VISITS && count > 0) break
      count += 1
    }
    return this.#recalls.splice(0, count).map((batch) => ({ type: 'recall', batch }))
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
      ...this.#takeRecalls(),
      ...this.#ordered,
    ]
    if (events.length === 0) return
    this.#forgetWritten()
    this.#ordered = []
    this.#sequence += 1
    this.#unacknowledged = this.#sequence
    this.#around.send({ sequence: this.#sequence, events })
  }
}
