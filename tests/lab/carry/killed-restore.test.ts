/** `lab restore --force` killed at every step it takes, and so the next process that puts the old back: old or new, whole. */
import { cpSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { CLI } from '../../cli/support/command-line'
import { startSmall } from '../support/carried'
import { nextFinds, runsOf } from '../support/found-data'
import { killsOf, runWatched } from '../support/killed-process'
import type { Kill } from '../support/killed-process'
import { temporaryDirectory } from '../support/temporary'
import { openTestLab } from '../support/test-lab'

const CONTENTS = ['corpora', 'lab.sqlite', 'models']

/** A directory with two runs, and a backup of one that is in none of them. */
async function prepare() {
  const [one, other, place] = [await openTestLab(), await openTestLab(), temporaryDirectory()]
  for (const seed of [1, 2]) await one.lab.training.settled(await startSmall(one.lab, 20, { seed }))
  await other.lab.training.settled(await startSmall(other.lab, 30, { seed: 3 }))
  const backup = join(place, 'b.zip')
  await other.lab.carry.backUp(backup, false)
  const [old, now] = [await runsOf(one.lab), await runsOf(other.lab)]
  await one.lab.close()
  const fresh = (): string => {
    const directory = join(temporaryDirectory(), 'data')
    cpSync(one.directory, directory, { recursive: true })
    return directory
  }
  const restore = (directory: string, kill: Kill | null): Promise<readonly string[]> =>
    runWatched({ words: [CLI, 'restore', backup, '--force', '--data-dir', directory], folders: [directory] }, kill)
  return { fresh, restore, old, now }
}

describe('a restore that is killed', () => {
  it('at whatever step leaves all of the old or all of the new', async () => {
    const { fresh, restore, old, now } = await prepare()
    const kills = killsOf(await restore(fresh(), null))
    expect(kills.length).toBeGreaterThan(20)
    const found: string[] = []
    for (const kill of kills) {
      const directory = fresh()
      await restore(directory, kill)
      const runs = await nextFinds(directory)
      const isOld = JSON.stringify(runs) === JSON.stringify(old)
      if (!isOld) expect(runs, JSON.stringify(kill)).toEqual(now)
      const beside = readdirSync(directory).filter((name) => !CONTENTS.includes(name))
      expect(beside, JSON.stringify(kill)).toEqual(isOld ? [] : [expect.stringMatching(/^replaced-/)])
      for (const name of beside) {
        expect(readdirSync(join(directory, name)).sort()).toEqual(CONTENTS)
        expect(await nextFinds(join(directory, name))).toEqual(old)
      }
      found.push(isOld ? 'old' : 'new')
    }
    // From one step on it is done.
    expect(found.join(' ')).toMatch(/^(old )+(new ?)+$/)
  })

  it('is put back by the next process, which may be killed at whatever step too', async () => {
    const { fresh, restore, old } = await prepare()
    const steps = await restore(fresh(), null)
    const isAside = steps.findIndex((step) => /complete$/.test(step))
    for (const at of [isAside, isAside + 2]) {
      const halfWay = async (): Promise<string> => {
        const directory = fresh()
        await restore(directory, { at, how: 'before' })
        return directory
      }
      const list = (directory: string, kill: Kill | null): Promise<readonly string[]> =>
        runWatched({ words: [CLI, 'runs', 'list', '--data-dir', directory], folders: [directory] }, kill)
      const kills = killsOf(await list(await halfWay(), null))
      expect(kills.length).toBeGreaterThan(5)
      for (const kill of kills) {
        const directory = await halfWay()
        await list(directory, kill)
        expect(await nextFinds(directory), JSON.stringify(kill)).toEqual(old)
        expect(readdirSync(directory).sort()).toEqual(CONTENTS)
      }
    }
  })
})
