/** What counting alone reaches, as floors under a loss; and which of them a loss has just beaten. */
import type { Baseline } from '../../../../shared'

/** `uniform`: knowing nothing; else the number of symbols that are looked back at. */
export interface CountingFloor {
  readonly context: 'uniform' | number
  /** Nats per token. */
  readonly loss: number
}

/** From the highest down; a longer context that tells no more than a shorter one isn't among them. */
export function countingFloors({ uniform, orders }: Baseline): readonly CountingFloor[] {
  const floors: CountingFloor[] = [{ context: 'uniform', loss: uniform }]
  for (const { context, loss } of orders) {
    if (loss < floors[floors.length - 1].loss) floors.push({ context, loss })
  }
  return floors
}

export interface Standing {
  /** The lowest floor that lies above the loss. */
  readonly beaten: CountingFloor | null
  /** The next one down. */
  readonly next: CountingFloor | null
}

/** @param floors from the highest down */
export function standingOf(loss: number, floors: readonly CountingFloor[]): Standing {
  const beaten = floors.filter((floor) => loss < floor.loss)
  return { beaten: beaten.at(-1) ?? null, next: floors[beaten.length] ?? null }
}
