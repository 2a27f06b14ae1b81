/**
 * A bundle that was written before dropout acted before the decoder and before there were fresh starts: its two runs (GRU,
 * dropout 0.5, one and two layers, the scalar rounding) keep the meaning they had, whatever is done with them.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openZip } from '../../../src/lab/carry/zip-read'
import type { RunConfiguration } from '../../../src/shared'
import { temporaryDirectory } from '../support/temporary'
import { openTestLab } from '../support/test-lab'
import type { TestLab } from '../support/test-lab'

const BUNDLE = join(import.meta.dirname, 'earlier', 'dropout-between-layers.engram')
/** The digests that the version of that time gives at step 45, when the runs of 30 steps are resumed. */
const RUNS: readonly (readonly [string, string])[] = [
  ['fzxn6ec42d', 'e6d9df4d64ab50122147bad459cb8727fb807ee2eea9b6c9c6d55f8d22e40e17'],
  ['9yuehs72ny', 'c37c73b8f200a2d327bf6d2af26cf6a132e3ddf49932c55a0ed58edb50fc90a9'],
]

async function openImported(): Promise<TestLab> {
  const opened = await openTestLab()
  await opened.lab.carry.importBundle(BUNDLE)
  return opened
}

async function recordIn(file: string, run: string): Promise<{ configuration: object }> {
  const zip = await openZip(file)
  const entry = zip.entries.find(({ name }) => name === `runs/${run}/run.json`)
  if (!entry) throw new Error('no record')
  const record = JSON.parse(new TextDecoder().decode(await zip.read(entry, 1e6))) as { configuration: object }
  zip.close()
  return record
}

describe('runs of an earlier version', () => {
  it('keep their meaning where they are shown, found, exported and handed off', async () => {
    const { lab } = await openImported()
    const found = await lab.runs.list({
      filter: 'dropoutBeforeDecoder:no freshStarts:0',
      deleted: false,
      archived: false,
    })
    expect(found.map((row) => row.run).sort()).toEqual(RUNS.map(([run]) => run).sort())
    const meaning = { dropout: 0.5, dropoutBeforeDecoder: false, freshStarts: 0 }
    for (const [run] of RUNS) {
      expect((await lab.runs.show(run)).configuration).toMatchObject(meaning)
      // As it was, so that the version of its time can read it.
      const file = join(temporaryDirectory(), 'again.engram')
      await lab.carry.exportRuns([run], { file, overwrite: false, withCorpus: true })
      expect((await recordIn(file, run)).configuration).toEqual((await recordIn(BUNDLE, run)).configuration)
      const folder = join(temporaryDirectory(), 'out')
      await lab.carry.handOff(run, { folder, overwrite: false, best: false })
      const { training } = JSON.parse(readFileSync(join(folder, 'configuration.json'), 'utf8')) as {
        training: RunConfiguration
      }
      expect(training).toMatchObject(meaning)
    }
  })

  it('are repeated to the same bits, and by another seed are the same setting', async () => {
    const { lab } = await openImported()
    for (const [run] of RUNS) {
      const again = await lab.training.repeat(run)
      expect(await lab.training.settled(again.run)).toMatchObject({ status: 'finished', verdict: 'equal' })
      const other = await lab.training.repeat(run, { seed: 9 })
      await lab.training.settled(other.run)
      expect(await lab.runs.siblings(run)).toEqual([other.run])
    }
  })

  it('are resumed to the bits of their time', async () => {
    const { lab } = await openImported()
    for (const [run, digest] of RUNS) {
      await lab.training.resume(run, { configuration: { steps: 45 } })
      expect((await lab.training.settled(run)).digest).toBe(digest)
    }
  })
})
