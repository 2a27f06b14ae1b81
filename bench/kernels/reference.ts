/**
 * What each function of a kernel computes, one number at a time with JavaScript's own mathematics: slow, plain, and of
 * another making than the kernels that are checked against it. The same parameters, pointers and strides in bytes.
 */
import type { KernelFunctions } from '../../src/engine/kernels/kernel'

export type Reference = Omit<KernelFunctions, 'probe' | 'constantsEnd' | 'multiplyAdds'>

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x))

/** Column j of panels of sixteen (a last one of eight is eight wide where rows are packed): where row k has it. */
function panelAt(n: number, bks: number, bps: number, k: number, j: number): number {
  const start = j & ~15
  const isNarrow = n - start === 8 && bks === 64
  return (start / 16) * bps + k * (isNarrow ? 32 : bks) + (j - start) * 4
}

export function createReference(buffer: ArrayBuffer): Reference {
  const floats = new Float32Array(buffer)
  const ids = new Uint32Array(buffer)
  const get = (at: number): number => floats[at / 4]
  const put = (at: number, value: number): void => void (floats[at / 4] = value)
  const add = (at: number, value: number): void => put(at, get(at) + value)
  const id = (at: number, m: number): number => ids[at / 4 + m]
  const each = (m: number, n: number, visit: (i: number, j: number) => void): void => {
    for (let i = 0; i < m; i++) for (let j = 0; j < n; j++) visit(i, j)
  }
  /** Rows of a weight (G·H, D), and where each lies among the padded ones. */
  const rows = (
    g: number,
    h: number,
    hp: number,
    d: number,
    visit: (row: number, at: number, i: number) => void,
  ): void => each(g * h, d, (row, i) => visit(row, Math.floor(row / h) * hp + (row % h), i))

  return {
    product: (m, n, k, a, ars, aks, b, bks, bps, c, crs) =>
      each(m, n, (i, j) => {
        let sum = get(c + i * crs + j * 4)
        for (let l = 0; l < k; l++) sum += get(a + i * ars + l * aks) * get(b + panelAt(n, bks, bps, l, j))
        put(c + i * crs + j * 4, sum)
      }),
    packTransposed: (target, w, g, h, hp, d) => {
      each(g * hp, d, (j, i) => put(target + panelAt(g * hp, 64, d * 64, i, j), 0))
      rows(g, h, hp, d, (row, j, i) => put(target + panelAt(g * hp, 64, d * 64, i, j), get(w + (row * d + i) * 4)))
    },
    packRows: (target, w, g, h, hp, d, dp) => {
      each(g * hp, dp, (at, i) => put(target + panelAt(dp, 64, g * hp * 64, at, i), 0))
      rows(g, h, hp, d, (row, at, i) => put(target + panelAt(dp, 64, g * hp * 64, at, i), get(w + (row * d + i) * 4)))
    },
    transposeTable: (target, stride, w, g, h, hp, v) =>
      rows(g, h, hp, v, (row, at, i) => put(target + i * stride + at * 4, get(w + (row * v + i) * 4))),
    addTransposedTable: (gradients, table, stride, g, h, hp, v) =>
      rows(g, h, hp, v, (row, at, i) => add(gradients + (row * v + i) * 4, get(table + i * stride + at * 4))),
    addUnpadded: (gradients, c, crs, g, h, hp, d) =>
      rows(g, h, hp, d, (row, at, i) => add(gradients + (row * d + i) * 4, get(c + at * crs + i * 4))),
    fillRows: (target, stride, row, m, n) => each(m, n, (i, j) => put(target + i * stride + j * 4, get(row + j * 4))),
    gather: (target, stride, table, tableStride, at, row, m, n) =>
      each(m, n, (i, j) =>
        put(target + i * stride + j * 4, get(row + j * 4) + get(table + id(at, i) * tableStride + j * 4)),
      ),
    scatter: (table, tableStride, source, stride, at, m, n) =>
      each(m, n, (i, j) => add(table + id(at, i) * tableStride + j * 4, get(source + i * stride + j * 4))),
    addRows: (target, source, stride, m, n) => {
      for (let j = 0; j < n; j++) {
        let sum = 0
        for (let i = 0; i < m; i++) sum += get(source + i * stride + j * 4)
        add(target + j * 4, sum)
      }
    },
    vanillaForward: (gates, hidden, n) => each(1, n, (_, i) => put(hidden + i * 4, Math.tanh(get(gates + i * 4)))),
    vanillaBackward: (grad, above, carry, hidden, n) =>
      each(1, n, (_, i) => {
        const h = get(hidden + i * 4)
        put(grad + i * 4, (get(above + i * 4) + get(carry + i * 4)) * (1 - h * h))
        put(carry + i * 4, 0)
      }),
    lstmForward: (gates, gateStride, before, cell, inner, hidden, stride, b, hp) =>
      each(b, hp, (row, j) => {
        const [at, unit] = [gates + row * gateStride + j * 4, row * stride + j * 4]
        const activated = [0, 1, 2, 3].map((g) => (g === 2 ? Math.tanh : sigmoid)(get(at + g * hp * 4)))
        activated.forEach((value, g) => put(at + g * hp * 4, value))
        const [i, f, g, o] = activated
        const c = f * get(before + unit) + i * g
        put(cell + unit, c)
        put(inner + unit, Math.tanh(c))
        put(hidden + unit, o * Math.tanh(c))
      }),
    lstmBackward: (grad, gates, gateStride, above, carry, gradCell, before, inner, stride, b, hp) =>
      each(b, hp, (row, j) => {
        const [at, unit] = [row * gateStride + j * 4, row * stride + j * 4]
        const [i, f, g, o] = [0, 1, 2, 3].map((gate) => get(gates + at + gate * hp * 4))
        const s = get(inner + unit)
        const dh = get(above + unit) + get(carry + unit)
        const dc = get(gradCell + unit) + dh * o * (1 - s * s)
        const slopes = [dc * g * i * (1 - i), dc * get(before + unit) * f * (1 - f), dc * i * (1 - g * g)]
        ;[...slopes, dh * s * o * (1 - o)].forEach((value, gate) => put(grad + at + gate * hp * 4, value))
        put(gradCell + unit, dc * f)
        put(carry + unit, 0)
      }),
    gruForward: (gates, gateStride, recurrent, recurrentStride, before, inner, hidden, stride, b, hp) =>
      each(b, hp, (row, j) => {
        const [at, from] = [gates + row * gateStride + j * 4, recurrent + row * recurrentStride + j * 4]
        const unit = row * stride + j * 4
        const [r, z] = [0, 1].map((g) => sigmoid(get(at + g * hp * 4) + get(from + g * hp * 4)))
        const within = get(from + 2 * hp * 4)
        const n = Math.tanh(get(at + 2 * hp * 4) + r * within)
        ;[r, z, n].forEach((value, g) => put(at + g * hp * 4, value))
        put(inner + unit, within)
        put(hidden + unit, (1 - z) * n + z * get(before + unit))
      }),
    gruBackward: (grad, gradRecurrent, gates, gateStride, above, carry, before, inner, stride, b, hp) =>
      each(b, hp, (row, j) => {
        const [at, unit] = [row * gateStride + j * 4, row * stride + j * 4]
        const [r, z, n] = [0, 1, 2].map((gate) => get(gates + at + gate * hp * 4))
        const dh = get(above + unit) + get(carry + unit)
        const dn = dh * (1 - z) * (1 - n * n)
        const dz = dh * (get(before + unit) - n) * z * (1 - z)
        const dr = dn * get(inner + unit) * r * (1 - r)
        ;[dr, dz, dn].forEach((value, gate) => put(grad + at + gate * hp * 4, value))
        ;[dr, dz, dn * r].forEach((value, gate) => put(gradRecurrent + at + gate * hp * 4, value))
        put(carry + unit, dh * z)
      }),
    softmaxCrossEntropy: (logits, stride, targets, m, v, scale) => {
      let total = 0
      for (let i = 0; i < m; i++) {
        const row = Array.from({ length: v }, (_, j) => get(logits + i * stride + j * 4))
        const most = Math.max(...row)
        const sum = row.reduce((all, y) => all + Math.exp(y - most), 0)
        const target = id(targets, i)
        total += Math.log(sum) + most - row[target]
        row.forEach((y, j) => {
          const p = Math.exp(y - most) / sum
          put(logits + i * stride + j * 4, scale === 0 ? p : (p - (j === target ? 1 : 0)) * scale)
        })
        for (let j = v; j < ((v + 7) & ~7); j++) put(logits + i * stride + j * 4, 0)
      }
      return total
    },
    sumOfSquares: (values, n) => {
      let sum = 0
      for (let i = 0; i < n; i++) sum += get(values + i * 4) * get(values + i * 4)
      return sum
    },
    scaleAll: (values, n, factor) => each(1, n, (_, i) => put(values + i * 4, get(values + i * 4) * factor)),
    adam: (values, gradients, first, second, n, stepSize, correction) =>
      each(1, n, (_, index) => {
        const i = index * 4
        const g = get(gradients + i)
        const m = 0.9 * get(first + i) + 0.1 * g
        const s = 0.999 * get(second + i) + 0.001 * g * g
        put(first + i, m)
        put(second + i, s)
        put(values + i, get(values + i) - (stepSize * m) / (Math.sqrt(s) / correction + 1e-8))
      }),
  }
}
