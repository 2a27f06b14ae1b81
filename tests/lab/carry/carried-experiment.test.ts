/** Experiments in bundles: each kind comes in as it went out, and findings of another shape don't. */
import { join } from 'node:path'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { openZip } from '../../../src/lab/carry/zip-read'
import { ExperimentRequestSchema } from '../../../src/shared'
import { rewritten } from '../support/changed-zip'
import { DEFAULT_RECALL, LETTERS_SET } from '../support/patterns'
import { temporaryDirectory } from '../support/temporary'
import { openTestLab } from '../support/test-lab'

type Json = Record<string, unknown>
type Summary = Record<string, unknown>

/** Findings of the right kind, with something in them that nothing here could draw. */
const HOSTILE: Record<string, (summary: Summary) => unknown> = {
  capacity: (summary) => ({ ...summary, points: 3 }),
  basin: (summary) => ({ ...summary, points: [null] }),
  attractors: (summary) => ({ ...summary, attractors: [{ share: 1, kind: 'odd', patterns: [], rows: null }] }),
  landscape: (summary) => ({ ...summary, energy: [['x']] }),
  recall: (summary) => ({ ...summary, rows: ['<b>'] }),
}

/** A bundle of one experiment, and a way to change its findings. */
async function exported(asked: Json) {
  const { lab } = await openTestLab()
  const around = asked.kind === 'capacity' ? {} : { set: LETTERS_SET, settings: DEFAULT_RECALL }
  const request = v.parse(ExperimentRequestSchema, { ...around, ...structuredClone(asked) })
  const outcome = await lab.experiments.run(request, { workers: 1 })
  const run = outcome.run?.run ?? ''
  const file = join(temporaryDirectory(), 'a.engram')
  await lab.carry.exportRuns([run], { file, overwrite: false, withCorpus: false })
  const zip = await openZip(file)
  const name = `runs/${run}/run.json`
  const [entry] = zip.entries.filter((one) => one.name === name)
  const record = JSON.parse(Buffer.from(await zip.read(entry, 1e7)).toString('utf8')) as Json & { experiment: Json }
  zip.close()
  const found = (result: unknown): Promise<string> =>
    rewritten(file, { [name]: JSON.stringify({ ...record, experiment: { ...record.experiment, result } }) })
  return { lab, run, file, found, result: record.experiment.result as { kind: string; summary: Summary } }
}

describe('an experiment that is carried', () => {
  it.each([
    { kind: 'basin', from: null, flips: [0.1, 0.3], trials: 6 },
    { kind: 'attractors', starts: 30 },
    { kind: 'landscape', plane: ['A', 'B', 'C'], resolution: 9, cue: { from: 'A', corrupt: 0.2 } },
    { kind: 'recall', cue: { from: 'B', corrupt: 0.1 } },
    { kind: 'capacity', neurons: 30, loads: [0.1, 0.2], trials: 1 },
  ])('of kind $kind comes in as it was, and nothing else does', async (asked) => {
    const { lab, run, file, found, result } = await exported(asked)
    const other = await openTestLab()
    const { summary, kind } = result
    const strange = [
      3,
      {},
      { kind },
      { kind, summary: 3 },
      { kind: 'odd', summary },
      { kind, summary: HOSTILE[kind](summary) },
    ]
    for (const findings of strange) {
      const failed = other.lab.carry.importBundle(await found(findings))
      await expect(failed, JSON.stringify(findings)).rejects.toMatchObject({
        code: 'E_BUNDLE_FIELD',
        details: { field: expect.stringMatching(/^experiment/) as string },
      })
    }
    expect(await other.lab.runs.list()).toEqual([])
    await other.lab.carry.importBundle(file)
    expect(await other.lab.experiments.show(run)).toEqual(await lab.experiments.show(run))
    expect(await other.lab.carry.importBundle(file)).toEqual([{ run, from: run, isNew: false }])
  })
})
