/** Before the lab closes, what waits to be written is written: main asks, and closes when it hears that all is done. */
import { onEvent } from './events'
import { lab } from './lab'

type Write = () => Promise<unknown>

const writers = new Set<Write>()

/** Is called once the lab is about to close. Answers what takes it back. */
export function onLeaving(write: Write): () => void {
  writers.add(write)
  return () => writers.delete(write)
}

/** Started once by main.ts. */
export function answerLeaving(): void {
  onEvent('leaving', () => {
    void Promise.allSettled([...writers].map((write) => write())).then(() => lab.app.left({}))
  })
}
