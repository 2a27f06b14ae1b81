/**
 * Compiles the kernels: one source, three variants. What differs is written into two small modules before each: whether a
 * multiply-add rounds once, and the tiles of the matrix product, whose registers a language without macros would have to
 * spell out by hand.
 *
 *   relaxed-simd-256  6 × 16 tiles that V8's revectorize pass joins into 256-bit operations; fused
 *   relaxed-simd      6 × 8 tiles of 128 bits; fused
 *   simd              the same, multiply and add apart
 */
import { mkdirSync, rmSync, writeFileSync, cpSync } from 'node:fs'
import { join } from 'node:path'
import asc from 'assemblyscript/asc'

export const VARIANTS = [
  { name: 'relaxed-simd-256', fused: true, wide: 16 },
  { name: 'relaxed-simd', fused: true, wide: 8 },
  { name: 'simd', fused: false, wide: 8 },
]
/** The most rows of a tile: twelve accumulators, the operands of one k and their room in sixteen registers. */
const MOST_ROWS = 6
const list = (length, make) => Array.from({ length }, (_, i) => make(i))
const PARAMETERS =
  'a: usize, ars: usize, aks: usize, b: usize, bks: usize, s: usize, srs: usize, c: usize, crs: usize, k: i32'

/**
 * C (rows, columns) = S + A · B for one tile: S is loaded, k ascends, so that every tile gives the same bits. The rows'
 * distances are taken out of the loop, since V8 leaves them in.
 */
function tile(rows, columns) {
  const vectors = columns / 4
  const each = (make) => list(rows, (r) => list(vectors, (v) => make(r, v)).join('\n')).join('\n')
  return `
function tile${rows}x${columns}(${PARAMETERS}): void {
${list(rows, (r) => `  const s${r} = s + ${r} * srs;`).join('\n')}
${list(rows, (r) => `  const c${r} = c + ${r} * crs;`).join('\n')}
${list(rows, (r) => `  const o${r} = ${r} * ars;`).join('\n')}
${each((r, v) => `  let s${r}_${v} = v128.load(s${r}, ${v * 16});`)}
  for (let i = 0; i < k; i++) {
${list(vectors, (v) => `    const b${v} = v128.load(b, ${v * 16});`).join('\n')}
${list(
  rows,
  (r) => `    const a${r} = v128.load_splat<f32>(a${r === 0 ? '' : ` + o${r}`});
${list(vectors, (v) => `    s${r}_${v} = madd(a${r}, b${v}, s${r}_${v});`).join('\n')}`,
).join('\n')}
    a += aks;
    b += bks;
  }
${each((r, v) => `  v128.store(c${r}, s${r}_${v}, ${v * 16});`)}
}`
}

const PANELS_PARAMETERS =
  'a: usize, aks: usize, b: usize, bks: usize, bps: usize, s: usize, sps: usize, c: usize, cps: usize, k: i32'

/** One row and several panels at once, bps, sps and cps apart: the same sums as a tile of one row. */
function row(panels) {
  const each = (make) => list(panels, (p) => list(4, (v) => make(p, v)).join('\n')).join('\n')
  return `
function row${panels}(${PANELS_PARAMETERS}): void {
${list(panels, (p) => `  const s${p} = s + ${p} * sps;\n  const c${p} = c + ${p} * cps;\n  const o${p} = ${p} * bps;`).join('\n')}
${each((p, v) => `  let s${p}_${v} = v128.load(s${p}, ${v * 16});`)}
  for (let i = 0; i < k; i++) {
    const a0 = v128.load_splat<f32>(a);
${each((p, v) => `    s${p}_${v} = madd(a0, v128.load(b${p === 0 ? '' : ` + o${p}`}, ${v * 16}), s${p}_${v});`)}
    a += aks;
    b += bks;
  }
${each((p, v) => `  v128.store(c${p}, s${p}_${v}, ${v * 16});`)}
}`
}

/** One row of several panels, which are dealt evenly, so that no sum waits for itself longer than it must. */
const rowOfPanels = (most) => `
export function rowOfPanels(panels: i32, ${PANELS_PARAMETERS}): void {
  for (let turns = (panels + ${most - 1}) / ${most}; turns > 0; turns--) {
    const taken = (panels + turns - 1) / turns;
    switch (taken) {
${list(most, (p) => `      case ${p + 1}: row${p + 1}(a, aks, b, bks, bps, s, sps, c, cps, k); break;`).join('\n')}
    }
    panels -= taken;
    b += <usize>taken * bps;
    s += <usize>taken * sps;
    c += <usize>taken * cps;
  }
}`

/** The rows of one panel, dealt evenly to tiles: 32 rows are tiles of 6, 6, 5, 5, 5 and 5. */
const panel = (columns) => `
export function panel${columns}(m: i32, ${PARAMETERS}): void {
  let left = m;
  for (let tiles = (m + ${MOST_ROWS - 1}) / ${MOST_ROWS}; tiles > 0; tiles--) {
    const rows = (left + tiles - 1) / tiles;
    switch (rows) {
${list(
  MOST_ROWS,
  (r) => `      case ${r + 1}: tile${r + 1}x${columns}(a, ars, aks, b, bks, s, srs, c, crs, k); break;`,
).join('\n')}
    }
    left -= rows;
    a += <usize>rows * ars;
    s += <usize>rows * srs;
    c += <usize>rows * crs;
  }
}`

const PANEL_OF_HALVES = `
export function panel16(m: i32, ${PARAMETERS}): void {
  panel8(m, a, ars, aks, b, bks, s, srs, c, crs, k);
  panel8(m, a, ars, aks, b + 32, bks, s + 32, srs, c + 32, crs, k);
}`

function tiles(wide) {
  const widths = wide === 16 ? [8, 16] : [8]
  // Twelve accumulators again: two a panel where they are joined, else four.
  const panels = wide === 16 ? 6 : 3
  return `import { madd } from './arithmetic';
export const WIDE: i32 = ${wide};
${widths.flatMap((columns) => [...list(MOST_ROWS, (r) => tile(r + 1, columns)), panel(columns)]).join('\n')}
${wide === 16 ? '' : PANEL_OF_HALVES}
${list(panels, (p) => row(p + 1)).join('\n')}
${rowOfPanels(panels)}
`
}

/**
 * @param {string} source the folder of the AssemblyScript sources
 * @param {string} target where NAME.wasm is written
 * @param {string} scratch a folder for what is written on the way; it is removed
 */
export async function buildKernels(source, target, scratch) {
  mkdirSync(target, { recursive: true })
  for (const { name, fused, wide } of VARIANTS) {
    rmSync(scratch, { recursive: true, force: true })
    cpSync(source, scratch, { recursive: true })
    writeFileSync(join(scratch, 'variant.ts'), `export const FUSED: bool = ${fused};\n`)
    writeFileSync(join(scratch, 'tiles.ts'), tiles(wide))
    const features = fused ? 'simd,relaxed-simd' : 'simd'
    const { error, stderr } = await asc.main([
      join(scratch, 'index.ts'),
      '--outFile',
      join(target, `${name}.wasm`),
      '-O3',
      '--runtime',
      'stub',
      '--noAssert',
      '--importMemory',
      '--enable',
      features,
    ])
    if (error) throw new Error(`${name}: ${stderr.toString()}`, { cause: error })
  }
  rmSync(scratch, { recursive: true, force: true })
}
