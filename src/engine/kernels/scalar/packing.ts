/** Weights in the order the product reads them, and gradients back in the order of the weights. */
import type { Twin } from './memory'

const PANEL = 16

/**
 * Packs W (G·H, D) transposed into panels: B (K = D, N = G·hp), column g·hp + j being row g·H + j of W; all else is 0. A
 * last panel of eight columns is eight wide.
 */
export const packTransposed: Twin<'packTransposed'> = ({ words }, target, w, g, h, hp, d) => {
  const n = g * hp
  words.fill(0, target >>> 2, (target >>> 2) + n * d)
  for (let gate = 0; gate < g; gate++) {
    for (let j = 0; j < h; j++) {
      const column = gate * hp + j
      const start = column & ~(PANEL - 1)
      const width = Math.min(PANEL, n - start)
      const to = (target >>> 2) + start * d + (column - start)
      const from = (w >>> 2) + (gate * h + j) * d
      for (let i = 0; i < d; i++) words[to + i * width] = words[from + i]
    }
  }
}

/** Packs W (G·H, D) as it is into panels: B (K = G·hp, N = dp), row g·hp + j being row g·H + j of W; all else is 0. */
export const packRows: Twin<'packRows'> = ({ words }, target, w, g, h, hp, d, dp) => {
  const k = g * hp
  words.fill(0, target >>> 2, (target >>> 2) + k * dp)
  for (let start = 0; start < dp; start += PANEL) {
    const width = Math.min(PANEL, dp - start)
    const filled = Math.min(width, d - start)
    const panel = (target >>> 2) + start * k
    for (let gate = 0; gate < g; gate++) {
      for (let j = 0; j < h; j++) {
        const to = panel + (gate * hp + j) * width
        const from = (w >>> 2) + (gate * h + j) * d + start
        for (let i = 0; i < filled; i++) words[to + i] = words[from + i]
      }
    }
  }
}

/** The table of one-hot inputs: row v, column g·hp + j is W (g·H + j, v). */
export const transposeTable: Twin<'transposeTable'> = ({ words }, target, stride, w, g, h, hp, v) => {
  for (let gate = 0; gate < g; gate++) {
    for (let j = 0; j < h; j++) {
      const to = (target >>> 2) + gate * hp + j
      const from = (w >>> 2) + (gate * h + j) * v
      for (let i = 0; i < v; i++) words[to + i * (stride >>> 2)] = words[from + i]
    }
  }
}

/** gradients (G·H, V) += the table's gradients (V, G·hp), transposed back. */
export const addTransposedTable: Twin<'addTransposedTable'> = ({ floats }, gradients, table, stride, g, h, hp, v) => {
  for (let gate = 0; gate < g; gate++) {
    for (let j = 0; j < h; j++) {
      const from = (table >>> 2) + gate * hp + j
      const to = (gradients >>> 2) + (gate * h + j) * v
      for (let i = 0; i < v; i++) floats[to + i] += floats[from + i * (stride >>> 2)]
    }
  }
}

/** gradients (G·H, D) += C (G·hp, D), whose rows lie crs apart. */
export const addUnpadded: Twin<'addUnpadded'> = ({ floats }, gradients, c, crs, g, h, hp, d) => {
  for (let gate = 0; gate < g; gate++) {
    for (let j = 0; j < h; j++) {
      const from = (c + (gate * hp + j) * crs) >>> 2
      const to = (gradients >>> 2) + (gate * h + j) * d
      for (let i = 0; i < d; i++) floats[to + i] += floats[from + i]
    }
  }
}
