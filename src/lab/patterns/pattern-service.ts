/** Sets of patterns: those that come with the lab, and a person's own. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as v from 'valibot'
import { parsePatternText, toRows } from '../../engine'
import type { GridPattern } from '../../engine'
import { LabError } from '../../shared'
import type { PatternSet, PatternSetInfo } from '../../shared'
import type { LabContext } from '../context'
import type { RemovedPatternSet } from '../database/database-api'
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

/** @throws LabError E_PATTERN_* naming what is wrong */
export function readPatternText(text: string, fallbackName: string): PatternSet {
  const grids = withEngineErrors(() => parsePatternText(text, fallbackName))
  const [{ width, height }] = grids
  const odd = grids.find((grid) => grid.width !== width || grid.height !== height)
  if (odd) {
    const wanted = { wantedWidth: width, wantedHeight: height }
    throw new LabError('E_PATTERN_SIZE', { name: odd.name, width: odd.width, height: odd.height, ...wanted })
  }
  return toPatternSet(grids)
}

/** @param grids of one size */
export function toPatternSet(grids: readonly GridPattern[]): PatternSet {
  const [{ width, height }] = grids
  return { width, height, patterns: grids.map(({ name, values }) => ({ name, rows: toRows(values, width) })) }
}

/** Removed sets that can still be put back: more than a person takes back. */
const MOST_REMOVED = 20

export function createPatternService({ host, database }: LabContext): PatternService {
  const folder = join(host.resourcesDirectory, 'patterns')
  const removed = new Map<string, RemovedPatternSet>()

  async function readIndex(): Promise<v.InferOutput<typeof SetIndexSchema>> {
    return v.parse(SetIndexSchema, JSON.parse(await readFile(join(folder, 'index.json'), 'utf8')))
  }

  async function open(id: string): Promise<PatternSet> {
    const bundled = (await readIndex()).find((candidate) => candidate.id === id)
    if (bundled) return readPatternText(await readFile(join(folder, bundled.file), 'utf8'), bundled.id)
    const own = await database.openPatternSet(id)
    if (!own) throw new LabError('E_PATTERN_SET_UNKNOWN', { id })
    return own
  }

  async function assertOwn(id: string): Promise<void> {
    if ((await readIndex()).some((bundled) => bundled.id === id)) throw new LabError('E_PATTERN_SET_BUNDLED', { id })
  }

  return {
    sets: async () => {
      const bundled = (await readIndex()).map(({ id, title, width, height, count }): PatternSetInfo => {
        return { id, bundled: true, title, width, height, count }
      })
      return [...bundled, ...(await database.listPatternSets())]
    },
    open,
    save: async (id, title, set) => {
      if (id !== null) await assertOwn(id)
      return database.savePatternSet(id, title, set)
    },
    rename: async (id, title) => {
      await assertOwn(id)
      return database.renamePatternSet(id, title)
    },
    duplicate: async (id, title) => database.savePatternSet(null, title, await open(id)),
    remove: async (id) => {
      await assertOwn(id)
      removed.set(id, await database.removePatternSet(id))
      const [oldest] = removed.keys()
      if (removed.size > MOST_REMOVED) removed.delete(oldest)
    },
    restore: async (id) => {
      const set = removed.get(id)
      if (!set) throw new LabError('E_PATTERN_SET_UNKNOWN', { id })
      const info = await database.restorePatternSet(set)
      removed.delete(id)
      return info
    },
  }
}
