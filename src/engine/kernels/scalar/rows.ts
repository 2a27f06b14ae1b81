/** Whole rows: repeated, gathered, scattered and summed. */
import type { Twin } from './memory'

const { fround } = Math

/** Every row becomes the same row of n columns. */
export const fillRows: Twin<'fillRows'> = ({ words }, target, stride, row, m, n) => {
  const from = row >>> 2
  for (let i = 0; i < m; i++) {
    const to = (target + i * stride) >>> 2
    for (let j = 0; j < n; j++) words[to + j] = words[from + j]
  }
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

/** target (n) += the sum of the rows, which is added up from 0, m ascending. */
export const addRows: Twin<'addRows'> = ({ floats }, target, source, stride, m, n) => {
  for (let j = 0; j < n; j++) {
    let from = (source >>> 2) + j
    let sum = 0
    for (let i = 0; i < m; i++) {
      sum = fround(sum + floats[from])
      from += stride >>> 2
    }
    floats[(target >>> 2) + j] += sum
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
