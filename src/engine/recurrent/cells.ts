/**
 * One time step of each cell, forward and backward side by side. Forward reads the gates before activation (W_ih x + b_ih +
 * b_hh, complete but for the recurrent product) and h_{t−1}; backward reads ∂L/∂h_t = gradHidden + gradCarry and leaves
 * ∂L/∂h_{t−1}'s direct part in gradCarry. Definitions are PyTorch's.
 */
import { sigmoid, tanh } from '../numerics/elementary'
import { addProduct } from '../numerics/products'
import type { Layer } from './layer'
import type { RecurrentCell } from './shape'

export interface CellStep {
  /** @param biasHH GRU: b_hh's n part is added to the recurrent product alone. */
  readonly forward: (layer: Layer, t: number, biasHH: ArrayLike<number>, biasAt: number) => void
  readonly backward: (layer: Layer, t: number) => void
}

/** h_t = tanh(W_ih x_t + b_ih + W_hh h_{t−1} + b_hh) */
const vanilla: CellStep = {
  forward(layer, t) {
    const { B, H, gates, hidden, weightHH } = layer
    const at = t * B * H
    addProduct(gates, at, hidden, at, weightHH, 0, B, H, H)
    const next = at + B * H
    for (let i = 0; i < B * H; i++) hidden[next + i] = tanh(gates[at + i])
  },
  backward(layer, t) {
    const { B, H, hidden, gradGates, gradHidden, gradCarry } = layer
    const at = t * B * H
    for (let i = 0; i < B * H; i++) {
      const h = hidden[at + B * H + i]
      gradGates[at + i] = (gradHidden[at + i] + gradCarry[i]) * (1 - h * h)
      gradCarry[i] = 0
    }
  },
}

/** i, f, o = σ(…), g = tanh(…); c_t = f c_{t−1} + i g; h_t = o tanh(c_t). Gates in the order i, f, g, o. */
const lstm: CellStep = {
  forward(layer, t) {
    const { B, H, rows, gates, hidden, cell, inner, weightHH } = layer
    const at = t * B * H
    addProduct(gates, t * B * rows, hidden, at, weightHH, 0, B, H, rows)
    for (let b = 0; b < B; b++) {
      const row = (t * B + b) * rows
      for (let j = 0; j < H; j++) {
        const here = at + b * H + j
        const i = sigmoid(gates[row + j])
        const f = sigmoid(gates[row + H + j])
        const g = tanh(gates[row + 2 * H + j])
        const o = sigmoid(gates[row + 3 * H + j])
        gates[row + j] = i
        gates[row + H + j] = f
        gates[row + 2 * H + j] = g
        gates[row + 3 * H + j] = o
        const c = f * cell[here] + i * g
        const squashed = tanh(c)
        cell[here + B * H] = c
        inner[here] = squashed
        hidden[here + B * H] = o * squashed
      }
    }
  },
  backward(layer, t) {
    const { B, H, rows, gates, cell, inner, gradGates, gradHidden, gradCarry, gradCell } = layer
    for (let b = 0; b < B; b++) {
      const row = (t * B + b) * rows
      for (let j = 0; j < H; j++) {
        const here = t * B * H + b * H + j
        const carry = b * H + j
        const [i, f, g, o] = [gates[row + j], gates[row + H + j], gates[row + 2 * H + j], gates[row + 3 * H + j]]
        const dh = gradHidden[here] + gradCarry[carry]
        const dc = gradCell[carry] + dh * o * (1 - inner[here] * inner[here])
        gradGates[row + j] = dc * g * i * (1 - i)
        gradGates[row + H + j] = dc * cell[here] * f * (1 - f)
        gradGates[row + 2 * H + j] = dc * i * (1 - g * g)
        gradGates[row + 3 * H + j] = dh * inner[here] * o * (1 - o)
        gradCell[carry] = dc * f
        gradCarry[carry] = 0
      }
    }
  },
}

/** r, z = σ(…); n = tanh(W_in x + b_in + r (W_hn h_{t−1} + b_hn)); h_t = (1 − z) n + z h_{t−1}. Gates r, z, n. */
const gru: CellStep = {
  forward(layer, t, biasHH, biasAt) {
    const { B, H, rows, gates, hidden, inner, recurrent, weightHH } = layer
    const at = t * B * H
    recurrent.fill(0)
    addProduct(recurrent, 0, hidden, at, weightHH, 0, B, H, rows)
    for (let b = 0; b < B; b++) {
      const row = (t * B + b) * rows
      for (let j = 0; j < H; j++) {
        const here = at + b * H + j
        const r = sigmoid(gates[row + j] + recurrent[b * rows + j])
        const z = sigmoid(gates[row + H + j] + recurrent[b * rows + H + j])
        const fromHidden = recurrent[b * rows + 2 * H + j] + biasHH[biasAt + 2 * H + j]
        const n = tanh(gates[row + 2 * H + j] + r * fromHidden)
        gates[row + j] = r
        gates[row + H + j] = z
        gates[row + 2 * H + j] = n
        inner[here] = fromHidden
        hidden[here + B * H] = (1 - z) * n + z * hidden[here]
      }
    }
  },
  backward(layer, t) {
    const { B, H, rows, gates, hidden, inner, gradGates, gradRecurrent, gradHidden, gradCarry } = layer
    for (let b = 0; b < B; b++) {
      const row = (t * B + b) * rows
      for (let j = 0; j < H; j++) {
        const here = t * B * H + b * H + j
        const carry = b * H + j
        const [r, z, n] = [gates[row + j], gates[row + H + j], gates[row + 2 * H + j]]
        const dh = gradHidden[here] + gradCarry[carry]
        const dn = dh * (1 - z) * (1 - n * n)
        const dz = dh * (hidden[here] - n) * z * (1 - z)
        const dr = dn * inner[here] * r * (1 - r)
        gradGates[row + j] = dr
        gradGates[row + H + j] = dz
        gradGates[row + 2 * H + j] = dn
        gradRecurrent[row + j] = dr
        gradRecurrent[row + H + j] = dz
        gradRecurrent[row + 2 * H + j] = dn * r
        gradCarry[carry] = dh * z
      }
    }
  },
}

export const CELL_STEPS: Readonly<Record<RecurrentCell, CellStep>> = { vanilla, lstm, gru }
