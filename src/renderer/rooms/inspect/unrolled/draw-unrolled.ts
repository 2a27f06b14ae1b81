/** The unrolled network as a picture to be saved: the same places, drawn by a pen. */
import { visibleSymbol } from '../../../components/visible-symbol'
import type { ThemeColours } from '../../../composables/use-theme-colours'
import type { Pen, PictureSource } from '../../../saving/picture'
import type { Trace } from '../../../../shared'
import { expectationAt } from '../expectation'
import { hiddenVector, paintStrip } from './strips'
import { COLUMN, columnArrows, STRIP_WIDTH } from './unrolled-layout'
import type { Arrow, UnrolledLayout } from './unrolled-layout'
import type { WeightId } from './weights'

const FAMILY = 'Pretendard'
const BAR_WIDTH = 44
const HEAD = 5

function drawArrow(pen: Pen, { x1, y1, x2, y2 }: Arrow): void {
  const angle = Math.atan2(y2 - y1, x2 - x1)
  pen.beginPath()
  pen.moveTo(x1, y1)
  pen.lineTo(x2, y2)
  for (const turn of [-1, 1]) {
    pen.moveTo(x2, y2)
    pen.lineTo(x2 - HEAD * Math.cos(angle + turn * 0.5), y2 - HEAD * Math.sin(angle + turn * 0.5))
  }
  pen.stroke()
}

function drawColumn(pen: Pen, of: UnrolledPicture, step: number, centre: number): void {
  const { trace, layout, colours, hue } = of
  const { candidates } = expectationAt(trace, step)
  const write = (text: string, x: number, y: number, size: number, colour: 'ink' | 'soft'): void => {
    pen.font = `${size}px ${FAMILY}`
    pen.fillStyle = colours.colour(colour)
    pen.fillText(text, x, y)
  }
  write(visibleSymbol(candidates[0].symbol), centre, layout.output, 15, 'ink')
  candidates.forEach(({ symbol, probability, followed }, k) => {
    const y = layout.bars[k]
    write(visibleSymbol(symbol), centre - BAR_WIDTH / 2 - 2, y, 12, followed ? 'ink' : 'soft')
    pen.fillStyle = colours.colour('sunken')
    pen.fillRect(centre - BAR_WIDTH / 2 + 6, y - 4, BAR_WIDTH, 8)
    pen.fillStyle = `rgb(${hue} / ${followed ? 100 : 55}%)`
    pen.fillRect(centre - BAR_WIDTH / 2 + 6, y - 4, BAR_WIDTH * probability, 8)
  })
  layout.strips.forEach(({ y, height }, layer) => {
    pen.imageSmoothingEnabled = false
    const strip = paintStrip(hiddenVector(trace, step, layer), colours.dark)
    pen.drawImage(strip, centre - STRIP_WIDTH / 2, y, STRIP_WIDTH, height)
  })
  write(visibleSymbol(trace.tokens[step]), centre, layout.symbol.y + layout.symbol.height / 2, 15, 'ink')
  write(String(step + 1), centre, layout.number, 12, 'soft')
}

export interface UnrolledPicture {
  readonly trace: Trace
  readonly layout: UnrolledLayout
  /** [from, to) */
  readonly steps: { readonly from: number; readonly to: number }
  readonly lit: WeightId | null
  readonly colours: ThemeColours
  /** Of probabilities: three numbers, as CSS has them. */
  readonly hue: string
}

export function unrolledPicture(of: UnrolledPicture): PictureSource {
  const { layout, steps, lit, colours } = of
  return {
    width: Math.max(1, steps.to - steps.from) * COLUMN,
    height: layout.height,
    draw: (pen) => {
      pen.textAlign = 'center'
      pen.textBaseline = 'middle'
      for (let step = steps.from; step < steps.to; step++) {
        const centre = (step - steps.from + 0.5) * COLUMN
        for (const arrow of columnArrows(layout, centre, step === steps.from)) {
          pen.strokeStyle = colours.colour(arrow.weight === lit ? 'accent' : 'line-strong')
          pen.lineWidth = arrow.weight === lit ? 3 : 1.5
          drawArrow(pen, arrow)
        }
        drawColumn(pen, of, step, centre)
      }
    },
  }
}
