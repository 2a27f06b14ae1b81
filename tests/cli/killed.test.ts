/** Killed three times at moments that its own progress chooses, a run ends as if nobody had. `npm run soak` does more. */
import { readdirSync } from 'node:fs'
import { watch } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { askLab, COMBINATIONS, outcomeOf, runAlone, runKilled } from '../../scripts/soak/killed-run.mjs'
import { temporaryDirectory } from '../lab/support/temporary'

const KILLS = 3
const TESTED = /^(vanilla|lstm|gru)-/

/** Resolves once so many files of a run have appeared, whole or not: a checkpoint is several. */
async function newFiles(folder: string, count: number): Promise<void> {
  const before = new Set(readdirSync(folder))
  const seen = new Set<string>()
  for await (const { filename } of watch(folder)) {
    if (filename !== null && !before.has(filename)) seen.add(filename)
    if (seen.size >= count) return
  }
}

describe('killed and gone on with', () => {
  it.each(COMBINATIONS.filter(({ name }) => TESTED.test(name)))('$name', async (combination) => {
    const [alone, killed] = [temporaryDirectory(), temporaryDirectory()]
    const { run: whole } = await runAlone(combination, alone)
    const { run, kills } = await runKilled(combination, killed, KILLS, async ({ kill, begun }) => {
      const run = await begun
      // In the middle of a checkpoint's files, after them, and in the middle of the next.
      if (run !== null) await newFiles(join(killed, 'models', run), 1 + kill * 2)
    })
    expect(kills).toBe(KILLS)
    const expected = await outcomeOf(whole, alone)
    expect(await outcomeOf(run, killed)).toEqual(expected)
    expect(expected).toMatchObject({ status: 'finished', workers: Number(combination.name.split('-')[1]) })
    expect(await askLab(['doctor', '--check'], killed)).toMatchObject({ database: 'ok', orphans: [] })
  })
})
