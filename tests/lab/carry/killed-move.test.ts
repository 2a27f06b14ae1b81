/** A move of the data killed at every step it takes: the pointer is the old or the new, and what it names is whole. */
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { examineTarget } from '../../../src/lab'
import { dataPlaceOf } from '../../../src/lab/data-directory'
import type { DataPlace } from '../../../src/lab'
import { startSmall } from '../support/carried'
import { nextFinds, runsOf } from '../support/found-data'
import { killsOf, runWatched } from '../support/killed-process'
import type { Kill } from '../support/killed-process'
import { temporaryDirectory } from '../support/temporary'
import { openTestLab } from '../support/test-lab'

const CHILD = join(import.meta.dirname, '../support/move-data.mjs')
const CONTENTS = ['corpora', 'electron', 'lab.sqlite', 'models']

const placeIn = (folder: string): DataPlace =>
  dataPlaceOf({ option: null, env: { XDG_CONFIG_HOME: folder }, platform: 'linux', home: '/home/ann' })

/** The names and bytes of models, texts and the window's place; the database's change by being opened. */
function filesIn(directory: string): Record<string, string> {
  const entries = ['models', 'corpora', 'electron'].flatMap((name) =>
    readdirSync(join(directory, name), { recursive: true, withFileTypes: true }),
  )
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  return Object.fromEntries(paths.map((path) => [path.slice(directory.length), readFileSync(path, 'latin1')]))
}

async function prepare() {
  const { lab, directory } = await openTestLab()
  await lab.training.settled(await startSmall(lab, 20))
  const runs = await runsOf(lab)
  await lab.close()
  mkdirSync(join(directory, 'electron'))
  writeFileSync(join(directory, 'electron', 'window.json'), '{"width":1}')
  const files = filesIn(directory)
  const fresh = () => {
    const folder = temporaryDirectory()
    const usual = join(folder, 'Engram Lab')
    cpSync(directory, usual, { recursive: true })
    const target = join(folder, 'moved')
    const move = (kill: Kill | null): Promise<readonly string[]> =>
      runWatched({ words: [CHILD, usual, target, usual], folders: [folder] }, kill)
    return { folder, usual, target, move }
  }
  return { fresh, runs, files }
}

type Fresh = Awaited<ReturnType<typeof prepare>>['fresh']

/** Kills while the copy is put in its place, and after it. */
async function killsOfSettling(fresh: Fresh): Promise<readonly Kill[]> {
  const steps = await fresh().move(null)
  const settling = (step: string): boolean => / rename .*\.moving-/.test(step)
  const first = steps.findIndex(settling)
  expect(steps.slice(first, first + CONTENTS.length).every(settling)).toBe(true)
  return Array.from({ length: CONTENTS.length + 1 }, (_, i): Kill => ({ at: first + i, how: 'before' }))
}

describe('a move that is killed', () => {
  it('at whatever step leaves the data whole in one place, and nothing in the other', async () => {
    const { fresh, runs, files } = await prepare()
    const kills = killsOf(await fresh().move(null))
    expect(kills.length).toBeGreaterThan(30)
    const found: string[] = []
    for (const kill of kills) {
      const { folder, usual, target, move } = fresh()
      await move(kill)
      const { directory } = placeIn(folder)
      const isMoved = directory === target
      expect(await nextFinds(directory), JSON.stringify(kill)).toEqual(runs)
      expect(filesIn(usual)).toEqual(files)
      if (isMoved) {
        expect(await nextFinds(usual)).toEqual(runs)
        expect(readdirSync(target).sort()).toEqual(CONTENTS)
        expect(filesIn(target)).toEqual(files)
      }
      expect(existsSync(target), JSON.stringify(kill)).toBe(isMoved)
      expect(readdirSync(usual).sort()).toEqual([...CONTENTS, ...(isMoved ? ['data-directory.json'] : [])].sort())
      expect(placeIn(folder).directory).toBe(directory)
      found.push(isMoved ? 'new' : 'old')
    }
    expect(found.join(' ')).toMatch(/^(old )+(new ?)+$/)
  })

  it('can be made again at once, into the same folder', async () => {
    const { fresh, runs } = await prepare()
    for (const kill of await killsOfSettling(fresh)) {
      const { folder, usual, target, move } = fresh()
      await move(kill)
      expect(existsSync(target)).toBe(true)
      await examineTarget(usual, target)
      await move(null)
      expect(placeIn(folder).directory).toBe(target)
      expect(readdirSync(target).sort()).toEqual(CONTENTS)
      expect(await nextFinds(target)).toEqual(runs)
    }
  })

  it('leaves no part of a copy that is taken for data', async () => {
    const { fresh, runs } = await prepare()
    const kills = await killsOfSettling(fresh)
    for (const kill of kills) {
      const { usual, target, move } = fresh()
      await move(kill)
      const isWhole = kill === kills.at(-1)
      expect(await nextFinds(target)).toEqual(isWhole ? runs : [])
      expect(readdirSync(target).sort()).toEqual(isWhole ? CONTENTS : ['corpora', 'lab.sqlite', 'models'])
      // Whoever opened it there has made it theirs.
      expect(await nextFinds(usual)).toEqual(runs)
      expect(existsSync(join(target, 'lab.sqlite'))).toBe(true)
    }
  })
})
