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
const ROWS = [6, 4, 1]

/** C (rows, columns) += A · B for one tile: C is loaded, k ascends, so that every tile gives the same bits. */
function tile(rows, columns) {
  const vectors = columns / 4
  const list = (length, make) => Array.from({ length }, (_, i) => make(i))
  const each = (make) => list(rows, (r) => list(vectors, (v) => make(r, v)).join('\n')).join('\n')
  return `
export function tile${rows}x${columns}(a: usize, ars: usize, aks: usize, b: usize, bks: usize, c: usize, crs: usize, k: i32): void {
${list(rows, (r) => `  const c${r} = c + ${r} * crs;`).join('\n')}
${each((r, v) => `  let s${r}_${v} = v128.load(c${r}, ${v * 16});`)}
  for (let i = 0; i < k; i++) {
${list(vectors, (v) => `    const b${v} = v128.load(b, ${v * 16});`).join('\n')}
${list(
  rows,
  (r) => `    const a${r} = v128.load_splat<f32>(a + ${r} * ars);
${list(vectors, (v) => `    s${r}_${v} = madd(a${r}, b${v}, s${r}_${v});`).join('\n')}`,
).join('\n')}
    a += aks;
    b += bks;
  }
${each((r, v) => `  v128.store(c${r}, s${r}_${v}, ${v * 16});`)}
}`
}

function tiles(wide) {
  const shapes = ROWS.flatMap((rows) => (wide === 16 ? [tile(rows, 16), tile(rows, 8)] : [tile(rows, 8)]))
  const dispatch = (columns) => `
/** All rows of one panel. */
export function panel${columns}(m: i32, a: usize, ars: usize, aks: usize, b: usize, bks: usize, c: usize, crs: usize, k: i32): void {
  let i = 0;
  // Eight rows left over are two tiles of four, not one of six and two of one.
  const sixes = m / 6 - (m % 6 == 2 && m > 6 ? 1 : 0);
  for (let s = 0; s < sixes; s++) { tile6x${columns}(a, ars, aks, b, bks, c, crs, k); a += 6 * ars; c += 6 * crs; i += 6; }
  for (; i + 4 <= m; i += 4) { tile4x${columns}(a, ars, aks, b, bks, c, crs, k); a += 4 * ars; c += 4 * crs; }
  for (; i < m; i++) { tile1x${columns}(a, ars, aks, b, bks, c, crs, k); a += ars; c += crs; }
}`
  return `import { madd } from './arithmetic';
export const WIDE: i32 = ${wide};
${shapes.join('\n')}
${dispatch(8)}
${wide === 16 ? dispatch(16) : 'export function panel16(m: i32, a: usize, ars: usize, aks: usize, b: usize, bks: usize, c: usize, crs: usize, k: i32): void { panel8(m, a, ars, aks, b, bks, c, crs, k); panel8(m, a, ars, aks, b + 32, bks, c + 32, crs, k); }'}
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
