/** How a chart's lines are told apart: a colour and a dash each, in a fixed order. */
import type { ColourName } from '../../../composables/use-theme-colours'

export interface LineLook {
  readonly colour: ColourName
  readonly dash: readonly number[]
}

export const LINES: readonly LineLook[] = [
  { colour: 'series-1', dash: [] },
  { colour: 'series-2', dash: [8, 3] },
  { colour: 'series-3', dash: [3, 3] },
  { colour: 'series-4', dash: [10, 3, 2, 3] },
  { colour: 'series-5', dash: [2, 2] },
]
