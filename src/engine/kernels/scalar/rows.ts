/** Whole rows: added, multiplied, gathered, scattered and summed. */
import type { Twin } from './memory'

const { fround } = Math

/** target = a + b, n numbers. */
export const add: Twin<'add'> = ({ floats }, target, a, b, n) => {
  for (let i = 0; i < n; i++) floats[(target >>> 2) + i] = floats[(a >>> 2) + i] + floats[(b >>> 2) + i]
}

/** target = a ⊙ b, n numbers. */
export const multiply: Twin<'multiply'> = ({ floats }, target, a, b, n) => {
  for (let i = 0; i < n; i++) floats[(target >>> 2) + i] = floats[(a >>> 2) + i] * floats[(b >>> 2) + i]
}

/** target row m = row + table[ids[m]]: a one-hot product, gathered. */
export const gather: Twin<'gather'> = ({ floats, words }, target, stride, table, tableStride, ids, row, m, n) => {
  const bias = row >>> 2
  for (let i = 0; i < m; i++) {
    const to = (target + i * stride) >>> 2
    const from = (table + words[(ids >>> 2) + i] * tableStride) >>> 2
    for (let j = 0; j < n; j++) floats[to + j] = floats[bias + j] + floats[from + j]
  }
}

/** table[ids[m]] += source row m, m ascending. */
export const scatter: Twin<'scatter'> = ({ floats, words }, table, tableStride, source, stride, ids, m, n) => {
  for (let i = 0; i < m; i++) {
    const to = (table + words[(ids >>> 2) + i] * tableStride) >>> 2
    const from = (source + i * stride) >>> 2
    for (let j = 0; j < n; j++) floats[to + j] += floats[from + j]
  }
}

/** target (n) += the rows, one after the other, m ascending. */
export const addRows: Twin<'addRows'> = ({ floats }, target, source, stride, m, n) => {
  for (let j = 0; j < n; j++) {
    const to = (target >>> 2) + j
    let from = (source >>> 2) + j
    let sum = floats[to]
    for (let i = 0; i < m; i++) {
      sum = fround(sum + floats[from])
      from += stride >>> 2
    }
    floats[to] = sum
  }
}

/** target row i = row + Σ_s table[s·V + token s of row i], s ascending; a token 0 adds nothing. */
export const gatherWindow: Twin<'gatherWindow'> = (
  { floats, words },
  target,
  stride,
  table,
  tableStride,
  ids,
  row,
  m,
  n,
  b,
  k,
  v,
) => {
  for (let i = 0; i < m; i++) {
    const to = (target + i * stride) >>> 2
    for (let j = 0; j < n; j++) floats[to + j] = floats[(row >>> 2) + j]
    for (let s = 0; s < k; s++) {
      const token = words[(ids >>> 2) + i + s * b]
      if (token === 0) continue
      const from = (table + (s * v + token - 1) * tableStride) >>> 2
      for (let j = 0; j < n; j++) floats[to + j] += floats[from + j]
    }
  }
}

/** table[s·V + token s of row i] += source row i, s and then i ascending. */
export const scatterWindow: Twin<'scatterWindow'> = (
  { floats, words },
  table,
  tableStride,
  source,
  stride,
  ids,
  m,
  n,
  b,
  k,
  v,
) => {
  for (let s = 0; s < k; s++) {
    for (let i = 0; i < m; i++) {
      const token = words[(ids >>> 2) + i + s * b]
      if (token === 0) continue
      const to = (table + (s * v + token - 1) * tableStride) >>> 2
      const from = (source + i * stride) >>> 2
      for (let j = 0; j < n; j++) floats[to + j] += floats[from + j]
    }
  }
}
