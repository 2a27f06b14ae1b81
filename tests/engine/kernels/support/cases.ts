/**
 * Calls of every kernel function on shapes that fit no tile: 1, 7, 8, 9, 33 and sizes around the tiles' 4, 6 and 16, rows
 * that lie wider apart than they are long.
 */
import type { KernelFunctions } from '../../../../src/engine/kernels/kernel-functions'
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

/** Rows and inner indices beyond which a product goes by blocks. */
const BLOCKED: readonly (readonly [number, number])[] = [
  [57, 9],
  [104, 33],
  [33, 300],
  [60, 200],
]
const SIZES: readonly (readonly [number, number])[] = [...pairs(ROWS, AWKWARD), ...BLOCKED]

/** A (M, K) row-major, B packed into panels, S one row for all: a state times a weight, beginning with a bias. */
const biasedProducts = pairs(SIZES, COLUMNS).map(([[m, k], n]): KernelCase => ({
  subject: 'product',
  name: `biased ${m} × ${n}, K ${k}`,
  call: (arena) => {
    const [as, cs] = [k + 3, n + 16]
    const [a, b, c, bias] = [arena.floats(m * as), arena.floats(k * n), arena.floats(m * cs), arena.floats(n)]
    arena.run.product(m, n, k, a, as * F, F, b, 64, k * 64, bias, 0, 64, c, cs * F, 64)
  },
}))

/** The same, added to what lies in C. */
const addedProducts = pairs(SIZES, COLUMNS).map(([[m, k], n]): KernelCase => ({
  subject: 'product',
  name: `added ${m} × ${n}, K ${k}`,
  call: (arena) => {
    const [as, cs] = [k + 3, n + 16]
    const [a, b, c] = [arena.floats(m * as), arena.floats(k * n), arena.floats(m * cs)]
    arena.run.product(m, n, k, a, as * F, F, b, 64, k * 64, c, cs * F, 64, c, cs * F, 64)
  },
}))

/** A read transposed, B as it lies, added to a packed C: the gradient of a weight. */
const transposedProducts = pairs(SIZES, COLUMNS).map(([[m, k], n]): KernelCase => ({
  subject: 'product',
  name: `transposed ${m} × ${n}, K ${k}`,
  call: (arena) => {
    const [as, bs] = [m + 5, n + 24]
    const [a, b, c] = [arena.floats(k * as), arena.floats(k * bs), arena.floats(m * n)]
    arena.run.product(m, n, k, a, F, as * F, b, bs * F, 64, c, 64, m * 64, c, 64, m * 64)
  },
}))

const transposes = pairs([16, 32, 48], COLUMNS).map(([k, n]): KernelCase => ({
  subject: 'transposePanels',
  name: `${k} × ${n}`,
  call: (arena) => arena.run.transposePanels(arena.floats(n * k), arena.floats(k * n), k, n),
}))

const together = UNITS.flatMap((n): KernelCase[] => [
  {
    subject: 'add',
    name: `${n}`,
    call: (arena) => arena.run.add(arena.floats(n), arena.floats(n), arena.floats(n), n),
  },
  {
    subject: 'multiply',
    name: `${n}`,
    call: (arena) => arena.run.multiply(arena.floats(n), arena.floats(n), arena.floats(n), n),
  },
])

const rows = pairs(AWKWARD, COLUMNS).flatMap(([m, n]): KernelCase[] => {
  const [stride, symbols] = [n + 16, 5]
  const shape = `${m} × ${n}`
  return [
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
      arena.run.vanillaBackward(arena.floats(n), arena.floats(n, 1), n)
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
        const [gates, gradHidden, gradCell] = [arena.positive(lstm), arena.floats(state), arena.floats(state)]
        const [before, inner] = [arena.floats(state), arena.floats(state, 1)]
        arena.run.lstmBackward(gates, ls * F, gradHidden, gradCell, before, inner, hs * F, b, hp)
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
        const [gates, gradHidden, carry] = [arena.positive(gru), arena.floats(state), arena.floats(state)]
        const [before, inner] = [arena.floats(state, 1), arena.floats(state)]
        arena.run.gruBackward(gates, gs * F, gradHidden, carry, before, inner, hs * F, b, hp)
      },
    },
  ]
})

/** Up to sixteen rows go through each pass together. */
const softmax = pairs([1, 3, 7, 16, 17, 33], [1, 2, 7, 8, 9, 16, 17, 33, 65]).flatMap(([m, v]) =>
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

const LENGTHS = [16, 32, 48, 1024]

const flat = LENGTHS.flatMap((n): KernelCase[] => [
  { subject: 'sumOfSquares', name: `${n}`, call: (arena) => arena.run.sumOfSquares(arena.floats(n), n) },
  {
    subject: 'sgd',
    name: `${n}`,
    call: (arena) => arena.run.sgd(arena.floats(n), arena.floats(n), n, 0.3, 0.01),
  },
  {
    subject: 'momentum',
    name: `${n}`,
    call: (arena) => arena.run.momentum(arena.floats(n), arena.floats(n), arena.floats(n), n, 0.3, 0.01, 0.9),
  },
  {
    subject: 'rmsprop',
    name: `${n}`,
    call: (arena) => arena.run.rmsprop(arena.floats(n), arena.floats(n), arena.positive(n), n, 0.3, 0.01, 0.99, 0.01),
  },
  {
    subject: 'adam',
    name: `${n}`,
    call: (arena) => {
      const [values, gradients] = [arena.floats(n), arena.floats(n)]
      const [first, second] = [arena.floats(n), arena.positive(n)]
      arena.run.adam(values, gradients, first, second, n, 0.3, (0.002 / 0.271) * 0.0547, 1e-8 * 0.0547, 0.999)
    },
  },
])

export const CASES: readonly KernelCase[] = [
  ...biasedProducts,
  ...addedProducts,
  ...transposedProducts,
  ...transposes,
  ...together,
  ...rows,
  ...windows,
  ...vanilla,
  ...gated,
  ...softmax,
  ...flat,
]
