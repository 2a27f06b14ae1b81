/** Hands each event of a batch to those who asked for its type, in order. Started once by main.ts. */
import type { LabEvent } from '../../shared'
import { currentBridge, lab } from './lab'

type EventOf<Type extends LabEvent['type']> = Extract<LabEvent, { type: Type }>
type Listener = (event: LabEvent) => void

const listeners = new Map<LabEvent['type'], Set<Listener>>()

/** Hears events of one type until the returned function is called. */
export function onEvent<Type extends LabEvent['type']>(
  type: Type,
  listener: (event: EventOf<Type>) => void,
): () => void {
  const set = listeners.get(type) ?? new Set<Listener>()
  listeners.set(type, set)
  const heard = listener as Listener
  set.add(heard)
  return () => set.delete(heard)
}

export function dispatch(event: LabEvent): void {
  for (const listener of listeners.get(event.type) ?? []) listener(event)
}

/** Begins to hear main. Answers a function that ends it. */
export async function startEvents(): Promise<() => void> {
  const stop = currentBridge().onEvents((batch) => {
    for (const event of batch.events) dispatch(event)
  })
  await lab.events.subscribe({})
  return stop
}
