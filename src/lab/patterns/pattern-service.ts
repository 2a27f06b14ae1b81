/** Sets of patterns: those that come with the lab, and a person's own. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as v from 'valibot'
import { parsePatternText, toRows } from '../../engine'
import type { GridPattern } from '../../engine'
import { LabError } from '../../shared'
import type { PatternSet, PatternSetInfo } from '../../shared'
import type { LabContext } from '../context'
import { withEngineErrors } from '../engine-errors'
import type { PatternService } from '../lab'

const SetIndexSchema = v.array(
  v.object({
    id: v.string(),
    file: v.string(),
    title: v.object({ en: v.string(), ko: v.string() }),
    width: v.number(),
    height: v.number(),
    count: v.number(),
  }),
)

/** @throws LabError E_PATTERN naming what is wrong */
export function readPatternText(text: string, fallbackName: string): PatternSet {
  const grids = withEngineErrors(() => parsePatternText(text, fallbackName))
  const [{ width, height }] = grids
  const odd = grids.find((grid) => grid.width !== width || grid.height !== height)
  if (odd) {
    const reason = `it is ${odd.width} × ${odd.height}, the first pattern is ${width} × ${height}`
    throw new LabError('E_PATTERN', { name: odd.name, reason })
  }
  return toPatternSet(grids)
}

/** @param grids of one size */
export function toPatternSet(grids: readonly GridPattern[]): PatternSet {
  const [{ width, height }] = grids
  return { width, height, patterns: grids.map(({ name, values }) => ({ name, rows: toRows(values, width) })) }
}

export function createPatternService({ host, database }: LabContext): PatternService {
  const folder = join(host.resourcesDirectory, 'patterns')

  async function readIndex(): Promise<v.InferOutput<typeof SetIndexSchema>> {
    return v.parse(SetIndexSchema, JSON.parse(await readFile(join(folder, 'index.json'), 'utf8')))
  }

  return {
    sets: async () => {
      const bundled = (await readIndex()).map(({ id, title, width, height, count }): PatternSetInfo => {
        return { id, bundled: true, title, width, height, count }
      })
      return [...bundled, ...(await database.listPatternSets())]
    },
    open: async (id) => {
      const bundled = (await readIndex()).find((candidate) => candidate.id === id)
      if (bundled) return readPatternText(await readFile(join(folder, bundled.file), 'utf8'), bundled.id)
      const own = await database.openPatternSet(id)
      if (!own) throw new LabError('E_PATTERN_UNKNOWN', { name: id, names: '' })
      return own
    },
    save: (id, title, set) => database.savePatternSet(id, title, set),
  }
}
