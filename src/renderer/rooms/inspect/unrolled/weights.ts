/** The weights that every time step shares, by the letters of the equations and by PyTorch's names. */
import type { TraceModel } from '../../../../shared'

export type WeightId = `xh` | `hh${number}` | `up${number}` | `hy`

export interface SharedWeight {
  readonly id: WeightId
  /** PyTorch's name. */
  readonly tensor: string
  readonly tex: string
  /** As a word, for what can't show a formula. */
  readonly name: string
  /** What its rows and columns belong to. */
  readonly rows: 'gates' | 'symbols'
  readonly columns: 'symbols' | 'inputs' | 'units'
}

const SUPERSCRIPT = ['', '¹', '²', '³', '⁴']

/** From the input upwards. */
export function sharedWeights({ layers }: Pick<TraceModel, 'layers'>): SharedWeight[] {
  const many = layers > 1
  const recurrent = (l: number): SharedWeight => ({
    id: `hh${l}`,
    tensor: `rnn.weight_hh_l${l}`,
    tex: many ? `W_{hh}^{(${l + 1})}` : 'W_{hh}',
    name: `W_hh${many ? SUPERSCRIPT[l + 1] : ''}`,
    rows: 'gates',
    columns: 'units',
  })
  const upward = (l: number): SharedWeight => ({
    id: `up${l}`,
    tensor: `rnn.weight_ih_l${l}`,
    tex: `W_{xh}^{(${l + 1})}`,
    name: `W_xh${SUPERSCRIPT[l + 1]}`,
    rows: 'gates',
    columns: 'units',
  })
  const first: SharedWeight = {
    id: 'xh',
    tensor: 'rnn.weight_ih_l0',
    tex: many ? 'W_{xh}^{(1)}' : 'W_{xh}',
    name: `W_xh${many ? SUPERSCRIPT[1] : ''}`,
    rows: 'gates',
    columns: 'inputs',
  }
  const above = Array.from({ length: layers - 1 }, (_, k) => [upward(k + 1), recurrent(k + 1)]).flat()
  const last: SharedWeight = {
    id: 'hy',
    tensor: 'decoder.weight',
    tex: 'W_{hy}',
    name: 'W_hy',
    rows: 'symbols',
    columns: 'units',
  }
  return [first, recurrent(0), ...above, last]
}

/** How a step is computed from the one before and from what is read. */
export const CELL_FORMULAS = {
  vanilla: ['h_t = \\tanh(W_{xh}x_t + b_{xh} + W_{hh}h_{t-1} + b_{hh})'],
  gru: [
    'r_t, z_t = \\sigma(W_{xh}x_t + b_{xh} + W_{hh}h_{t-1} + b_{hh})',
    'n_t = \\tanh(W_{xn}x_t + b_{xn} + r_t \\odot (W_{hn}h_{t-1} + b_{hn}))',
    'h_t = (1 - z_t) \\odot n_t + z_t \\odot h_{t-1}',
  ],
  lstm: [
    'i_t, f_t, o_t = \\sigma(W_{xh}x_t + b_{xh} + W_{hh}h_{t-1} + b_{hh})',
    'g_t = \\tanh(W_{xg}x_t + b_{xg} + W_{hg}h_{t-1} + b_{hg})',
    'c_t = f_t \\odot c_{t-1} + i_t \\odot g_t,\\quad h_t = o_t \\odot \\tanh(c_t)',
  ],
} as const
