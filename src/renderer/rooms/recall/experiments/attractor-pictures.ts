/** Where the network ended: as patterns, by kinds, as a picture and as a table. */
import { toGrid } from '../../../../engine'
import type { KeptAttractor, RecallVerdict } from '../../../../shared'
import type { ThemeColours } from '../../../composables/use-theme-colours'
import type { PictureSource } from '../../../saving/picture'
import type { TableRequest } from '../../../saving/use-saving'
import { thumbnail } from '../memory/thumbnail'

const known = new WeakMap<readonly string[], Int8Array>()

/** Row-major, ±1; null where its rows weren't kept. The same array for the same rows, so that it is drawn once. */
export function valuesOf({ rows }: KeptAttractor): Int8Array | null {
  if (rows === null) return null
  const found = known.get(rows) ?? toGrid('', rows).values
  known.set(rows, found)
  return found
}

export function sharesByKind(attractors: readonly KeptAttractor[]): Record<RecallVerdict['kind'], number> {
  const shares = { stored: 0, inverse: 0, mixture: 0, spurious: 0 }
  for (const { kind, share } of attractors) shares[kind] += share
  return shares
}

export function attractorTable(attractors: readonly KeptAttractor[]): TableRequest {
  const parts = ({ patterns }: KeptAttractor): string =>
    patterns.map(({ name, sign }) => (sign < 0 ? `−${name}` : name)).join(' ')
  return {
    header: ['share', 'kind', 'patterns', 'rows'],
    rows: attractors.map((end) => [end.share, end.kind, parts(end), end.rows?.join('\n') ?? '']),
  }
}

interface Pictured {
  readonly values: Int8Array
  readonly lines: readonly string[]
}

const ACROSS = 6
const SIDE = 96
const LINE = 17
const GAP = 24

export function attractorPicture(
  ends: readonly Pictured[],
  width: number,
  height: number,
  colours: ThemeColours,
): PictureSource {
  const lines = Math.max(0, ...ends.map((end) => end.lines.length))
  const down = SIDE + lines * LINE + GAP
  const [wide, tall] = width > height ? [SIDE, (SIDE * height) / width] : [(SIDE * width) / height, SIDE]
  return {
    width: ACROSS * (SIDE + GAP) - GAP,
    height: Math.ceil(ends.length / ACROSS) * down - GAP,
    draw: (pen) => {
      pen.font = '12px Pretendard'
      pen.textBaseline = 'top'
      ends.forEach(({ values, lines: words }, index) => {
        const left = (index % ACROSS) * (SIDE + GAP)
        const top = Math.floor(index / ACROSS) * down
        pen.imageSmoothingEnabled = false
        pen.drawImage(thumbnail(values, width, height, colours), left, top, wide, tall)
        pen.strokeStyle = colours.colour('line')
        pen.strokeRect(left, top, wide, tall)
        pen.fillStyle = colours.colour('ink')
        words.forEach((word, line) => pen.fillText(word, left, top + SIDE + 6 + line * LINE, SIDE + GAP - 4))
      })
    },
  }
}
