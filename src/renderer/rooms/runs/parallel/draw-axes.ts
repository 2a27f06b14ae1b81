/** The axes over the lines: their names, what is written beside them, and the one run that is looked at. */
import type { ThemeColours } from '../../../composables/use-theme-colours'
import type { Pen } from '../../../saving/picture'
import type { ListAxis } from './axes'
import type { LineLayout } from './segments'

const TOP = 34
const BOTTOM = 14
const LEFT = 44
const RIGHT = 72

export function layoutOf(count: number, width: number, height: number): LineLayout {
  const between = count < 2 ? 0 : (width - LEFT - RIGHT) / (count - 1)
  return {
    x: Array.from({ length: count }, (_, i) => (count < 2 ? width / 2 : LEFT + i * between)),
    top: TOP,
    height: Math.max(2, Math.floor(height - TOP - BOTTOM)),
  }
}

/** Between the names of neighbouring axes. */
const APART = 8

/** How wide the name of each axis may be: beside a short name a long one has more than its own share. */
export function roomsOfNames(widths: readonly number[], between: number): number[] {
  const halfOf = (i: number): number => Math.min(widths[i] ?? 0, between) / 2
  return widths.map((_, i) => {
    const left = i === 0 ? LEFT : between - APART - halfOf(i - 1)
    const right = i === widths.length - 1 ? RIGHT : between - APART - halfOf(i + 1)
    return Math.max(between - APART, 2 * Math.min(left, right))
  })
}

const GROUND = { aside: 3, height: 15 }

/** On a ground of its own, so that lines below don't strike the word out. */
export function writeOnGround(
  pen: Pen,
  text: string,
  { x, y }: { readonly x: number; readonly y: number },
  room: number,
  colours: ThemeColours,
): void {
  const width = Math.min(room, pen.measureText(text).width)
  pen.fillStyle = colours.colour('surface')
  pen.fillRect(x - GROUND.aside, y - GROUND.height / 2, width + 2 * GROUND.aside, GROUND.height)
  pen.fillStyle = colours.colour('soft')
  pen.fillText(text, x, y, room)
}

export function drawAxes(
  pen: Pen,
  axes: readonly ListAxis[],
  nameOf: (axis: string) => string,
  { x, top, height }: LineLayout,
  colours: ThemeColours,
): void {
  const between = x.length < 2 ? 200 : x[1] - x[0]
  const room = between - APART
  pen.font = '12px Pretendard'
  const rooms = roomsOfNames(
    axes.map(({ name }) => pen.measureText(nameOf(name)).width),
    between,
  )
  axes.forEach((axis, i) => {
    pen.strokeStyle = colours.colour('line-strong')
    pen.lineWidth = 1
    pen.beginPath()
    pen.moveTo(Math.round(x[i]) + 0.5, top)
    pen.lineTo(Math.round(x[i]) + 0.5, top + height)
    pen.stroke()
    pen.textAlign = 'center'
    pen.textBaseline = 'alphabetic'
    pen.fillStyle = colours.colour('ink')
    pen.fillText(nameOf(axis.name), x[i], 16, rooms[i])
    pen.textAlign = 'left'
    pen.textBaseline = 'middle'
    for (const { text, place } of axis.ticks) {
      writeOnGround(pen, text, { x: x[i] + 7, y: top + (1 - place) * (height - 1) }, room - 8, colours)
    }
  })
}

export function drawRun(
  pen: Pen,
  axes: readonly ListAxis[],
  run: number,
  { x, top, height }: LineLayout,
  colour: string,
): void {
  pen.strokeStyle = colour
  pen.lineWidth = 2
  pen.lineJoin = 'round'
  pen.beginPath()
  let isBegun = false
  axes.forEach(({ places }, i) => {
    const y = top + (1 - places[run]) * (height - 1)
    if (Number.isNaN(y)) isBegun = false
    else if (isBegun) pen.lineTo(x[i], y)
    else {
      pen.moveTo(x[i], y)
      isBegun = true
    }
  })
  pen.stroke()
}
