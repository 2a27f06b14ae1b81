/** Parallel coordinates: an axis a setting that differs and one for the loss, a line a run. */
import type { ThemeColours } from '../../../composables/use-theme-colours'
import type { Pen } from '../../../saving/picture'
import type { RunComparison } from '../../../../shared'
import { roomsOfNames, writeOnGround } from '../parallel/draw-axes'
import { lineStyle } from './overlay'

export interface ParallelAxis {
  readonly name: string
  /** From 0, at the bottom, to 1; null where a run has nothing there. */
  readonly places: readonly (number | null)[]
  readonly ticks: readonly { readonly text: string; readonly place: number }[]
}

/** Of a comparison so many come by themselves: its lines have dashes to be told apart. */
export const MOST_COMPARED_AXES = 8
/** Of no use as an axis: every text has its own. */
const LEFT_OUT = ['sha256']

/** The settings that can be axes, in the order of the comparison. */
export const comparedSettings = ({ settings }: RunComparison): readonly string[] =>
  settings.map(({ name }) => name).filter((name) => !LEFT_OUT.includes(name))

export interface ValueWords {
  readonly loss: (value: number) => string
  readonly number: (value: number) => string
  readonly word: (setting: string, value: string) => string
}

/** @param names Settings of the comparison, in the order of their axes */
export function parallelAxes(
  comparison: RunComparison,
  names: readonly string[],
  words: ValueWords,
): readonly ParallelAxis[] {
  const settings = names.flatMap((name) => comparison.settings.find((setting) => setting.name === name) ?? [])
  const loss =
    comparison.metrics.find(
      ({ name, values }) => name === 'bestValidationLoss' && values.some((value) => value !== null),
    ) ?? comparison.metrics.find(({ name }) => name === 'trainLoss')
  return [
    ...settings.map(({ name, values }) => axisOf(name, values, words.number, (value) => words.word(name, value))),
    ...(loss ? [axisOf(loss.name, loss.values, words.loss, String)] : []),
  ]
}

type Value = string | number | boolean | null

function axisOf(
  name: string,
  values: readonly Value[],
  format: (value: number) => string,
  wordOf: (value: string) => string,
): ParallelAxis {
  const numbers = values.filter((value) => typeof value === 'number')
  if (numbers.length > 0 && numbers.length === values.filter((value) => value !== null).length) {
    const [low, high] = [Math.min(...numbers), Math.max(...numbers)]
    const place = (value: number): number => (high === low ? 0.5 : (value - low) / (high - low))
    const ends = high === low ? [low] : [low, high]
    return {
      name,
      places: values.map((value) => (typeof value === 'number' ? place(value) : null)),
      ticks: ends.map((value) => ({ text: format(value), place: place(value) })),
    }
  }
  const words = [...new Set(values.map(String))].sort()
  const place = (word: string): number => (words.length === 1 ? 0.5 : words.indexOf(word) / (words.length - 1))
  return {
    name,
    places: values.map((value) => place(String(value))),
    ticks: words.map((word) => ({ text: wordOf(word), place: place(word) })),
  }
}

const TOP = 34
const BOTTOM = 20
const LEFT = 44
const RIGHT = 72

export function drawParallel(
  pen: Pen,
  axes: readonly ParallelAxis[],
  nameOf: (axis: string) => string,
  size: { readonly width: number; readonly height: number },
  colours: ThemeColours,
): void {
  const x = (axis: number): number =>
    axes.length < 2 ? size.width / 2 : LEFT + ((size.width - LEFT - RIGHT) * axis) / (axes.length - 1)
  const y = (place: number): number => size.height - BOTTOM - place * (size.height - TOP - BOTTOM)
  const between = axes.length < 2 ? 200 : x(1) - x(0)
  pen.font = '12px Pretendard'
  const rooms = roomsOfNames(
    axes.map(({ name }) => pen.measureText(nameOf(name)).width),
    between,
  )
  pen.lineJoin = 'round'
  const runs = axes[0]?.places.length ?? 0
  for (let run = 0; run < runs; run++) {
    const { colour, dash } = lineStyle(run)
    pen.strokeStyle = colours.colour(colour)
    pen.lineWidth = 1.75
    pen.setLineDash([...dash])
    pen.beginPath()
    let isBegun = false
    axes.forEach((axis, i) => {
      const place = axis.places[run]
      if (place === null) return
      if (isBegun) pen.lineTo(x(i), y(place))
      else pen.moveTo(x(i), y(place))
      isBegun = true
    })
    pen.stroke()
  }
  pen.setLineDash([])
  axes.forEach((axis, i) => {
    pen.strokeStyle = colours.colour('line-strong')
    pen.lineWidth = 1
    pen.beginPath()
    pen.moveTo(x(i) + 0.5, y(0))
    pen.lineTo(x(i) + 0.5, y(1))
    pen.stroke()
    pen.textAlign = 'center'
    pen.textBaseline = 'alphabetic'
    pen.fillStyle = colours.colour('ink')
    pen.fillText(nameOf(axis.name), x(i), 14, rooms[i])
    pen.textAlign = 'left'
    pen.textBaseline = 'middle'
    for (const { text, place } of axis.ticks) {
      writeOnGround(pen, text, { x: x(i) + 7, y: y(place) }, between - 16, colours)
    }
  })
}
