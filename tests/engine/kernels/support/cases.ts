/**
 * Calls of every kernel function on shapes that fit no tile: 1, 7, 8, 9, 33 and sizes around the tiles' 4, 6 and 16, rows
 * that lie wider apart than they are long.
 */
import type { KernelFunctions } from '../../../../src/engine/kernels/kernel'
import type { Arena } from './arena'

export interface KernelCase {
  readonly subject: keyof KernelFunctions
  readonly name: string
  /** Lays out the buffers and calls. @returns what the function answers */
  readonly call: (arena: Arena) => number | void
}

const F = 4
const AWKWARD = [1, 7, 8, 9, 33]
/** Around the tiles of six and four rows: one left over, two of four instead of six and two, … */
const ROWS = [1, 3, 4, 5, 6, 7, 8, 9, 11, 12, 13, 14, 33]
const COLUMNS = [8, 16, 24, 40]
const UNITS = [8, 16, 24, 48]
const BATCHES = [1, 2, 7]

const pairs = <A, B>(first: readonly A[], second: readonly B[]): [A, B][] =>
  first.flatMap((a) => second.map((b): [A, B] => [a, b]))

/** A (M, K) row-major, B packed into panels: a state times a weight. */
const packedProducts = pairs(ROWS, COLUMNS).flatMap(([m, n]) =>
  AWKWARD.map((k): KernelCase => ({
    subject: 'product',
    name: `packed ${m} × ${n}, K ${k}`,
    call: (arena) => {
      const [as, cs] = [k + 3, n + 16]
      const [a, b, c] = [arena.floats(m * as), arena.floats(k * n), arena.floats(m * cs)]
      arena.run.product(m, n, k, a, as * F, F, b, 64, k * 64, c, cs * F, k)
    },
  })),
)

/** A read transposed, B as it lies: the gradient of a weight, K in blocks. */
const transposedProducts = pairs(ROWS, [8, 16, 24, 48]).flatMap(([m, n]) =>
  pairs([9, 33], [4, 8, 128]).map(([k, kb]): KernelCase => ({
    subject: 'product',
    name: `transposed ${m} × ${n}, K ${k} by ${kb}`,
    call: (arena) => {
      const [as, bs] = [m + 5, n === 16 ? 16 : n + 8]
      const [a, b, c] = [arena.floats(k * as), arena.floats(k * bs), arena.floats(m * bs)]
      arena.run.product(m, n, k, a, F, as * F, b, bs * F, 64, c, bs * F, kb)
    },
  })),
)

const packing = pairs([1, 3, 4], AWKWARD).flatMap(([g, h]) =>
  [1, 7, 16, 17, 33].flatMap((d): KernelCase[] => {
    const padTo = (n: number, by: number): number => Math.ceil(n / by) * by
    const [hp, stride] = [padTo(h, 8), g * padTo(h, 8) + 8]
    const shape = `${g} gates of ${h}, D ${d}`
    return [
      {
        subject: 'packTransposed',
        name: shape,
        call: (arena) => arena.run.packTransposed(arena.floats(g * hp * d), arena.floats(g * h * d), g, h, hp, d),
      },
      {
        subject: 'packRows',
        name: shape,
        call: (arena) => {
          const dp = padTo(d, 8)
          arena.run.packRows(arena.floats(g * hp * dp), arena.floats(g * h * d), g, h, hp, d, dp)
        },
      },
      {
        subject: 'transposeTable',
        name: shape,
        call: (arena) =>
          arena.run.transposeTable(arena.floats(d * stride), stride * F, arena.floats(g * h * d), g, h, hp, d),
      },
      {
        subject: 'addTransposedTable',
        name: shape,
        call: (arena) =>
          arena.run.addTransposedTable(arena.floats(g * h * d), arena.floats(d * stride), stride * F, g, h, hp, d),
      },
      {
        subject: 'addUnpadded',
        name: shape,
        call: (arena) =>
          arena.run.addUnpadded(arena.floats(g * h * d), arena.floats(g * hp * (d + 3)), (d + 3) * F, g, h, hp, d),
      },
    ]
  }),
)

const rows = pairs(AWKWARD, COLUMNS).flatMap(([m, n]): KernelCase[] => {
  const [stride, symbols] = [n + 16, 5]
  const shape = `${m} × ${n}`
  return [
    {
      subject: 'fillRows',
      name: shape,
      call: (arena) => arena.run.fillRows(arena.floats(m * stride), stride * F, arena.floats(n), m, n),
    },
    {
      subject: 'gather',
      name: shape,
      call: (arena) => {
        const [target, table] = [arena.floats(m * stride), arena.floats(symbols * (n + 8))]
        const [ids, row] = [arena.ids(m, symbols), arena.floats(n)]
        arena.run.gather(target, stride * F, table, (n + 8) * F, ids, row, m, n)
      },
    },
    {
      subject: 'scatter',
      name: shape,
      call: (arena) => {
        const [table, source] = [arena.floats(symbols * (n + 8)), arena.floats(m * stride)]
        arena.run.scatter(table, (n + 8) * F, source, stride * F, arena.ids(m, symbols), m, n)
      },
    },
    {
      subject: 'addRows',
      name: shape,
      call: (arena) => arena.run.addRows(arena.floats(n), arena.floats(m * stride), stride * F, m, n),
    },
  ]
})

/** One-hot windows of k tokens: ids are a token plus one, 0 for none. */
const windows = pairs([1, 2, 9], [16, 48]).flatMap(([b, n]) =>
  pairs([1, 3], [1, 7]).flatMap(([k, v]): KernelCase[] => {
    const [m, stride] = [3 * b, n + 8]
    const shape = `${m} × ${n}, ${b} streams, k ${k}, V ${v}`
    return [
      {
        subject: 'gatherWindow',
        name: shape,
        call: (arena) => {
          const [target, table, row] = [arena.floats(m * stride), arena.floats(k * v * stride), arena.floats(n)]
          const ids = arena.ids(m + (k - 1) * b, v + 1)
          arena.run.gatherWindow(target, stride * F, table, stride * F, ids, row, m, n, b, k, v)
        },
      },
      {
        subject: 'scatterWindow',
        name: shape,
        call: (arena) => {
          const [table, source] = [arena.floats(k * v * stride), arena.floats(m * stride)]
          const ids = arena.ids(m + (k - 1) * b, v + 1)
          arena.run.scatterWindow(table, stride * F, source, stride * F, ids, m, n, b, k, v)
        },
      },
    ]
  }),
)

const vanilla = UNITS.flatMap((n): KernelCase[] => [
  {
    subject: 'vanillaForward',
    name: `${n}`,
    call: (arena) => arena.run.vanillaForward(arena.floats(n, 10), arena.floats(n), n),
  },
  {
    subject: 'vanillaBackward',
    name: `${n}`,
    call: (arena) => {
      const [gradGates, gradHidden] = [arena.floats(n), arena.floats(n)]
      const [carry, hidden] = [arena.floats(n), arena.floats(n, 1)]
      arena.run.vanillaBackward(gradGates, gradHidden, carry, hidden, n)
    },
  },
])

const gated = pairs(BATCHES, UNITS).flatMap(([b, hp]): KernelCase[] => {
  const [hs, ls, gs] = [hp + 16, 4 * hp + 16, 3 * hp + 16]
  const [state, lstm, gru] = [b * hs, b * ls, b * gs]
  const shape = `${b} × ${hp}`
  return [
    {
      subject: 'lstmForward',
      name: shape,
      call: (arena) => {
        const [gates, before, cell] = [arena.floats(lstm, 10), arena.floats(state), arena.floats(state)]
        const [inner, hidden] = [arena.floats(state), arena.floats(state)]
        arena.run.lstmForward(gates, ls * F, before, cell, inner, hidden, hs * F, b, hp)
      },
    },
    {
      subject: 'lstmBackward',
      name: shape,
      call: (arena) => {
        const [gradGates, gates] = [arena.floats(lstm), arena.positive(lstm)]
        const [gradHidden, carry, gradCell] = [arena.floats(state), arena.floats(state), arena.floats(state)]
        const [before, inner] = [arena.floats(state), arena.floats(state, 1)]
        arena.run.lstmBackward(gradGates, gates, ls * F, gradHidden, carry, gradCell, before, inner, hs * F, b, hp)
      },
    },
    {
      subject: 'gruForward',
      name: shape,
      call: (arena) => {
        const [gates, recurrent] = [arena.floats(gru, 5), arena.floats(b * (gs + 8), 5)]
        const [before, inner, hidden] = [arena.floats(state, 1), arena.floats(state), arena.floats(state)]
        arena.run.gruForward(gates, gs * F, recurrent, (gs + 8) * F, before, inner, hidden, hs * F, b, hp)
      },
    },
    {
      subject: 'gruBackward',
      name: shape,
      call: (arena) => {
        const [gradGates, gradRecurrent, gates] = [arena.floats(gru), arena.floats(gru), arena.positive(gru)]
        const [gradHidden, carry] = [arena.floats(state), arena.floats(state)]
        const [before, inner] = [arena.floats(state, 1), arena.floats(state)]
        arena.run.gruBackward(
          gradGates,
          gradRecurrent,
          gates,
          gs * F,
          gradHidden,
          carry,
          before,
          inner,
          hs * F,
          b,
          hp, // prettier-ignore
        )
      },
    },
  ]
})

const softmax = pairs([1, 3, 7], [1, 2, 7, 8, 9, 16, 17, 33, 65]).flatMap(([m, v]) =>
  [0, 1 / m].map((scale): KernelCase => ({
    subject: 'softmaxCrossEntropy',
    name: `${m} × ${v}, scale ${scale}`,
    call: (arena) => {
      const stride = Math.ceil(v / 8) * 8 + 16
      const logits = arena.floats(m * stride, 12)
      return arena.run.softmaxCrossEntropy(logits, stride * F, arena.ids(m, v), m, v, scale)
    },
  })),
)

const LENGTHS = [1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 33, 1023]

const whole = LENGTHS.flatMap((n): KernelCase[] => [
  { subject: 'sumOfSquares', name: `${n}`, call: (arena) => arena.run.sumOfSquares(arena.floats(n), n) },
  { subject: 'scaleAll', name: `${n}`, call: (arena) => arena.run.scaleAll(arena.floats(n), n, 0.3) },
])

const adam = [4, 8, 12, 32, 36, 1024].map((n): KernelCase => ({
  subject: 'adam',
  name: `${n}`,
  call: (arena) => {
    const [values, gradients] = [arena.floats(n), arena.floats(n)]
    const [first, second] = [arena.floats(n), arena.positive(n)]
    arena.run.adam(values, gradients, first, second, n, 0.002 / 0.271, 0.0547)
  },
}))

export const CASES: readonly KernelCase[] = [
  ...packedProducts,
  ...transposedProducts,
  ...packing,
  ...rows,
  ...windows,
  ...vanilla,
  ...gated,
  ...softmax,
  ...whole,
  ...adam,
]
