/** How far back a prediction reaches in time, and what the recurrent weights do to a vector (the Inspect room). */
import type { Cell } from './run-configuration'

/** Of L = −ln p(x_{at+1} | x_1 … x_at); each list [layer][lag], lag 0 … at−1, the step at−lag. */
export interface GradientReport {
  readonly cell: Cell
  readonly layers: number
  readonly hidden: number
  /** Of the model. */
  readonly step: number | null
  /** How many tokens were read; the next one is predicted. */
  readonly at: number
  /** The last token that was read, and the one that is predicted. */
  readonly read: string
  readonly target: string
  /** ‖∂L/∂h‖₂, the total derivative. */
  readonly total: readonly Float64Array[]
  /** LSTM, else null: ‖∂L/∂c‖₂, the total derivative. */
  readonly cellTotal: readonly Float64Array[] | null
  /** LSTM, else null: ‖∂L/∂h‖₂ of what came through hidden states alone. */
  readonly throughHidden: readonly Float64Array[] | null
  /** LSTM, else null: ‖∂L/∂c‖₂ of what came through cell states alone. */
  readonly throughCell: readonly Float64Array[] | null
  /** Vanilla, else null: the largest singular value of each layer's W_hh. */
  readonly singularValues: readonly number[] | null
}

/** Of one gate's block of W_hh. */
export interface WeightSpectrum {
  /** The block's name: i f g o, r z n, or h of a vanilla cell. */
  readonly gate: string
  /** (H, 2): real and imaginary parts. */
  readonly eigenvalues: Float64Array
  readonly spectralRadius: number
  readonly singularValue: number
}
