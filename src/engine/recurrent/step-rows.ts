/** Where a network that reads one stream keeps what each step of its last window came to, so that it can be looked at. */
import type { Floats } from '../numerics/floats'

/** Step t's row begins at `first` + t · `stride`. */
export interface StepRows {
  readonly values: Floats
  readonly first: number
  readonly stride: number
}

/** Of one layer: (T, H) each. */
export interface LayerRows {
  readonly hidden: StepRows
  /** LSTM alone. */
  readonly cell: StepRows | null
  /** By the gate's name; none for a vanilla cell. */
  readonly gates: Readonly<Record<string, StepRows>>
}

/** They hold after `forward`, until `loss` or `backward`, which use the buffers again. */
export interface NetworkRows {
  /** (T, V) */
  readonly logits: StepRows
  readonly layers: readonly LayerRows[]
}

/** Copies so many rows of a width; the copies lie `apart` numbers from each other. Numbers one by one: nothing is made a step. */
export function copyRows(
  { values, first, stride }: StepRows,
  steps: number,
  width: number,
  target: Float32Array,
  at: number,
  apart: number,
): void {
  for (let t = 0; t < steps; t++) {
    const from = first + t * stride
    const to = at + t * apart
    for (let j = 0; j < width; j++) target[to + j] = values[from + j]
  }
}
