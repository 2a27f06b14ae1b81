/** The lines of expectations as a picture to be saved. */
import { useThemeColours } from '../../../composables/use-theme-colours'
import type { ThemeColours } from '../../../composables/use-theme-colours'
import type { Pen, PictureSource } from '../../../saving/picture'
import type { Trace } from '../../../../shared'
import { cellMaker } from './cells'
import type { ExpectationCell } from './cells'
import type { ComparisonColumn } from './what-if'

export interface LinesPicture {
  readonly trace: Trace
  readonly changed: Trace | null
  readonly columns: readonly ComparisonColumn[]
  readonly lines: readonly { readonly from: number; readonly to: number }[]
}

/** The tints' hues: three numbers each, as CSS has them. */
export interface Hues {
  readonly surprise: string
  readonly probability: string
}

const CELL = 26
const SYMBOL = 26
const CANDIDATE = 18
const GAP = 14
const DIFFERENCE = 10
const FAMILY = 'Pretendard'
/** What is drawn at most: a longer text is cut after so many lines. */
const MOST_LINES = 60

function drawStack(pen: Pen, cell: ExpectationCell, x: number, top: number, colours: ThemeColours, hues: Hues): void {
  const paint = (hue: string, amount: number, y: number, height: number): void => {
    pen.fillStyle = `rgb(${hue} / ${(amount * 100).toFixed(1)}%)`
    pen.fillRect(x + 1, y, CELL - 2, height - 1)
  }
  const write = (symbol: string, size: number, y: number, colour: 'ink' | 'soft'): void => {
    pen.fillStyle = colours.colour(colour)
    pen.font = `${size}px ${FAMILY}`
    pen.fillText(symbol, x + CELL / 2, y, CELL - 2)
  }
  paint(hues.surprise, cell.surprise * 0.6, top, SYMBOL)
  write(cell.symbol, 15, top + SYMBOL / 2, 'ink')
  cell.candidates.forEach(({ symbol, probability, followed }, k) => {
    const y = top + SYMBOL + k * CANDIDATE
    paint(hues.probability, probability * 0.55, y, CANDIDATE)
    write(symbol, 12, y + CANDIDATE / 2, probability >= 0.1 || followed ? 'ink' : 'soft')
    if (followed) pen.fillRect(x + 7, y + CANDIDATE - 4, CELL - 14, 1.5)
  })
}

/** @param theme of the page, with the two hues that are no colours by themselves */
export function linesPicture(of: LinesPicture, theme: { colours: ThemeColours; hues: Hues }): PictureSource {
  const { trace, changed, columns } = of
  const lines = of.lines.slice(0, MOST_LINES)
  const stack = SYMBOL + trace.top * CANDIDATE
  const lineHeight = GAP + (changed ? 2 * stack + 8 + DIFFERENCE : stack)
  const cells = [cellMaker(trace), changed ? cellMaker(changed) : null] as const
  const { colours, hues } = theme
  return {
    width: CELL * Math.max(1, ...lines.map(({ from, to }) => to - from)),
    height: Math.max(1, lines.length) * lineHeight,
    draw: (pen) => {
      pen.textAlign = 'center'
      pen.textBaseline = 'middle'
      lines.forEach(({ from, to }, row) => {
        for (let i = from; i < to; i++) {
          const { original, changed: other, difference } = columns[i]
          const [x, y] = [(i - from) * CELL, row * lineHeight]
          if (original !== null) drawStack(pen, cells[0](original), x, y, colours, hues)
          if (!cells[1]) continue
          if (other !== null) drawStack(pen, cells[1](other), x, y + stack + 4, colours, hues)
          pen.fillStyle = `rgb(${hues.surprise} / ${((difference || 0) * 100).toFixed(1)}%)`
          pen.fillRect(x + 1, y + 2 * stack + 8, CELL - 2, DIFFERENCE)
        }
      })
    },
  }
}

/** The theme's colours and the two hues, for a picture that is drawn now. */
export function usePictureTheme(): () => { colours: ThemeColours; hues: Hues } {
  const colours = useThemeColours()
  return () => {
    const style = getComputedStyle(document.documentElement)
    const hue = (name: string) => style.getPropertyValue(name).trim()
    return { colours: colours.value, hues: { surprise: hue('--surprise'), probability: hue('--probability') } }
  }
}
