/** The tools, what a pointer or the keys mean with each, and where strokes go. */
import type { Cell } from './pattern-edit'
import type { Region } from './region'

export const DRAWING_TOOLS = ['brush', 'eraser', 'line', 'fill', 'select'] as const
export type DrawingTool = (typeof DRAWING_TOOLS)[number]

/** What an editor asks of whoever keeps the pattern. */
export interface DrawingTarget {
  readonly beginStroke: () => void
  readonly stroke: (cells: readonly Cell[], value: 1 | -1) => void
  /** Draws these in place of what the stroke has drawn so far. */
  readonly restroke: (cells: readonly Cell[], value: 1 | -1) => void
  readonly endStroke: () => void
  readonly fill: (cell: Cell, value: 1 | -1) => void
  readonly select: (region: Region | null) => void
}
