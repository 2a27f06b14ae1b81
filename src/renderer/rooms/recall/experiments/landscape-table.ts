/** A landscape as one table: the grid, the patterns on it and the recall's way, told apart by `what`. */
import type { LandscapeAxes } from '../../../../engine'
import type { CsvCell, ExperimentSummaries } from '../../../../shared'
import type { TableRequest } from '../../../saving/use-saving'
import { coordinateOf } from './section-pixels'

export function landscapeRows(
  { energy, bipolar, path }: ExperimentSummaries['landscape'],
  axes: LandscapeAxes,
): TableRequest {
  function* rows(): Generator<readonly CsvCell[]> {
    for (const { name, sign, x, y } of axes.patterns) yield ['pattern', sign < 0 ? `−${name}` : name, '', x, y, '', '']
    for (const { sweep, x, y, energy: height } of path) yield ['path', '', sweep, x, y, height, height]
    for (let r = 0; r < energy.length; r++) {
      const [heights, ofSigns] = [energy[r], bipolar[r]]
      if (!heights || !ofSigns) continue
      const y = coordinateOf(r, energy.length, axes.y)
      for (let c = 0; c < heights.length; c++) {
        yield ['grid', '', '', coordinateOf(c, heights.length, axes.x), y, heights[c], ofSigns[c]]
      }
    }
  }
  return { header: ['what', 'name', 'sweep', 'x', 'y', 'energy', 'bipolar'], rows: rows() }
}
