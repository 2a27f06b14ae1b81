/**
 * Every function of a kernel in the sizes of a step (H 128, B 32, T 64, V 65), as a call on buffers that lie one behind the
 * other in its memory. Letters are docs/notation.md's; rows are a little more than their columns apart, as in training.
 */
import type { KernelFunctions } from '../../src/engine/kernels/kernel-functions'

type Fill = 'numbers' | 'positive' | { readonly idsBelow: number }

export interface Case {
  readonly name: string
  /** Of a product; 0: its speed is told in bytes. */
  readonly operations: number
  /** In floats, and what is in them. */
  readonly buffers: readonly (readonly [number, Fill])[]
  /** @param at pointers of the buffers */
  readonly call: (run: KernelFunctions, at: readonly number[]) => number | void
}

const [H, B, T, V, F] = [128, 32, 64, 65, 4]
const M = T * B
const [HS, VP] = [H + 16, 72]
const PANEL = 64
const numbers = (floats: number): readonly [number, Fill] => [floats, 'numbers']
const positive = (floats: number): readonly [number, Fill] => [floats, 'positive']
const idsBelow = (count: number): readonly [number, Fill] => [M, { idsBelow: count }]
/** Rows of G gates apart. */
const apart = (G: number): number => G * H + 16

/** C (m, n) += A (m, k) · B (k, n), B packed; A transposed, B as it is and C packed for the gradient of a weight. */
function product(name: string, m: number, n: number, k: number): Case {
  const [as, cs] = [k + 16, n + 16]
  return {
    name: `product, ${name}: ${m} × ${n} × ${k}`,
    operations: 2 * m * n * k,
    buffers: [numbers(m * as), numbers(k * n), numbers(m * cs)],
    call: (run, [a, b, c]) =>
      run.product(m, n, k, a, as * F, F, b, PANEL, k * PANEL, c, cs * F, PANEL, c, cs * F, PANEL),
  }
}

function gradient(name: string, m: number, n: number, k: number): Case {
  const [as, bs] = [m + 16, n + 16]
  return {
    name: `product, ${name}: ${m} × ${n} × ${k}`,
    operations: 2 * m * n * k,
    buffers: [numbers(k * as), numbers(k * bs), numbers(m * n)],
    call: (run, [a, b, c]) =>
      run.product(m, n, k, a, F, as * F, b, bs * F, PANEL, c, PANEL, m * PANEL, c, PANEL, m * PANEL),
  }
}

const elementwise = (name: string, buffers: Case['buffers'], call: Case['call']): Case => ({
  name,
  operations: 0,
  buffers,
  call,
})

const PRODUCTS: readonly Case[] = [
  product('recurrent, vanilla', B, H, H),
  product('recurrent, LSTM', B, 4 * H, H),
  product('recurrent backward, LSTM', B, H, 4 * H),
  product('recurrent, one sequence', 1, H, H),
  product('input, LSTM', M, 4 * H, H),
  product('decoder', M, VP, H),
  gradient('gradient of W_hh, vanilla', H, H, M),
  gradient('gradient of W_hh, LSTM', 4 * H, H, M),
]

const states = numbers(B * HS)

const CELLS: readonly Case[] = [
  elementwise('vanillaForward', [states, states], (run, [gates, hidden]) => run.vanillaForward(gates, hidden, B * HS)),
  elementwise('vanillaBackward', [states, states], (run, [grad, hidden]) => run.vanillaBackward(grad, hidden, B * HS)),
  elementwise(
    'lstmForward',
    [numbers(B * apart(4)), states, states, states, states],
    (run, [gates, before, cell, inner, hidden]) =>
      run.lstmForward(gates, apart(4) * F, before, cell, inner, hidden, HS * F, B, H),
  ),
  elementwise(
    'lstmBackward',
    [numbers(B * apart(4)), states, states, states, states],
    (run, [gates, above, cell, before, inner]) =>
      run.lstmBackward(gates, apart(4) * F, above, cell, before, inner, HS * F, B, H),
  ),
  elementwise(
    'gruForward',
    [numbers(B * apart(3)), numbers(B * apart(3)), states, states, states],
    (run, [gates, recurrent, before, inner, hidden]) =>
      run.gruForward(gates, apart(3) * F, recurrent, apart(3) * F, before, inner, hidden, HS * F, B, H),
  ),
  elementwise(
    'gruBackward',
    [numbers(B * apart(3)), states, states, states, states],
    (run, [gates, above, carry, before, inner]) =>
      run.gruBackward(gates, apart(3) * F, above, carry, before, inner, HS * F, B, H),
  ),
]

/** A multiple of sixteen, as on a kernel. */
const PARAMETERS = H * H + H * VP

const OTHERS: readonly Case[] = [
  elementwise('softmaxCrossEntropy', [numbers(M * VP), idsBelow(V)], (run, [logits, targets]) =>
    run.softmaxCrossEntropy(logits, VP * F, targets, M, V, 1 / M),
  ),
  elementwise(
    'adam',
    [numbers(PARAMETERS), numbers(PARAMETERS), numbers(PARAMETERS), positive(PARAMETERS)],
    (run, [values, gradients, first, second]) =>
      run.adam(values, gradients, first, second, PARAMETERS, 1, 0.002, 1e-8, 1),
  ),
  elementwise('sumOfSquares', [numbers(PARAMETERS)], (run, [values]) => run.sumOfSquares(values, PARAMETERS)),
  elementwise('gather', [numbers(M * HS), numbers(V * HS), idsBelow(V), numbers(HS)], (run, [to, table, ids, row]) =>
    run.gather(to, HS * F, table, HS * F, ids, row, M, HS),
  ),
  elementwise('scatter', [numbers(V * HS), numbers(M * HS), idsBelow(V)], (run, [table, from, ids]) =>
    run.scatter(table, HS * F, from, HS * F, ids, M, HS),
  ),
  elementwise('addRows', [numbers(HS), numbers(M * HS)], (run, [to, from]) => run.addRows(to, from, HS * F, M, HS)),
  elementwise('transposePanels', [numbers(4 * H * H), numbers(4 * H * H)], (run, [to, weight]) =>
    run.transposePanels(to, weight, H, 4 * H),
  ),
]

export const CASES: readonly Case[] = [...PRODUCTS, ...CELLS, ...OTHERS]
