/** The buffers of one recurrent layer over a window of T steps and B sequences. Rows are (t, b), t outermost. */
import { createFloats } from '../numerics/floats'
import type { Floats, Precision } from '../numerics/floats'
import { gateCount, inputWidth } from './shape'
import type { RecurrentShape } from './shape'

export interface Layer {
  readonly B: number
  readonly H: number
  /** G·H */
  readonly rows: number
  /** D, the input's width. */
  readonly width: number
  /** (T·B, D); unused where the input is one-hot. */
  readonly input: Floats
  /** (T·B, G·H): first W_ih x + b_ih + b_hh (+ W_hh h), then the activated gates. Vanilla: unused after h is known. */
  readonly gates: Floats
  /** ((T+1)·B, H): h_0, h_1, … h_T. */
  readonly hidden: Floats
  /** ((T+1)·B, H): c_0 … c_T; LSTM alone. */
  readonly cell: Floats
  /** (T·B, H): LSTM tanh(c_t); GRU the recurrent part of n before the reset gate. */
  readonly inner: Floats
  /** (B, G·H): GRU's recurrent product of one step. */
  readonly recurrent: Floats
  /** (T·B, G·H): ∂L/∂(gates before activation). */
  readonly gradGates: Floats
  /** The same with respect to the recurrent product: differs for GRU's n alone, else the very same buffer. */
  readonly gradRecurrent: Floats
  /** (T·B, H): ∂L/∂h_t from above. */
  readonly gradHidden: Floats
  /** (B, H): ∂L/∂h_t and ∂L/∂c_t from the later step. */
  readonly gradCarry: Floats
  readonly gradCell: Floats
  /** (T·B, D): 0 or 1/(1−p); empty without dropout. */
  readonly mask: Floats
  /** (D, G·H) and (H, G·H): this step's weights, transposed once. */
  readonly weightIH: Floats
  readonly weightHH: Floats
}

export function createLayer(
  shape: RecurrentShape,
  layer: number,
  B: number,
  T: number,
  precision: Precision,
  dropout: number,
): Layer {
  const H = shape.hidden
  const rows = gateCount(shape.cell) * H
  const width = inputWidth(shape, layer)
  const oneHot = layer === 0 && shape.embedding === 0
  const make = (length: number): Floats => createFloats(precision, length)
  const gradGates = make(T * B * rows)
  return {
    B,
    H,
    rows,
    width,
    input: make(oneHot ? 0 : T * B * width),
    gates: make(T * B * rows),
    hidden: make((T + 1) * B * H),
    cell: make(shape.cell === 'lstm' ? (T + 1) * B * H : 0),
    inner: make(shape.cell === 'vanilla' ? 0 : T * B * H),
    recurrent: make(shape.cell === 'gru' ? B * rows : 0),
    gradGates,
    gradRecurrent: shape.cell === 'gru' ? make(T * B * rows) : gradGates,
    gradHidden: make(T * B * H),
    gradCarry: make(B * H),
    gradCell: make(shape.cell === 'lstm' ? B * H : 0),
    mask: make(layer > 0 && dropout > 0 ? T * B * width : 0),
    weightIH: make(width * rows),
    weightHH: make(H * rows),
  }
}
