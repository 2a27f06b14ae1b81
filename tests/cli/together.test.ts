/** The app's lab and five processes of the command line on one data directory: nothing is lost and nobody is turned away. */
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { isWholePoint } from '../../src/lab/runs/point-grid'
import { DEFAULT_CONFIGURATION } from '../../src/shared'
import type { RunPoint } from '../../src/shared'
import { openTestLab, STORIES, when } from '../lab/support/test-lab'
import { startCommand } from './support/command-line'

const TEXT = join(STORIES, 'rhymes.en.txt')
const PROCESSES = 5
/** 1,000 points of single steps, then 3,000 of ten: of five processes 20,000, and those of the app beside them. */
const STEPS = 31_000
const LEAST_POINTS = 20_000
const TINY = { hidden: 2, batch: 1, sequence: 2 }

/** The steps at which a run that came so far has a point. */
function expectedSteps(last: number): number[] {
  return Array.from({ length: last }, (_, i) => i + 1).filter((step) => isWholePoint(step) || step === last)
}

describe('the app and five command lines at once', () => {
  it(`keep every one of ${LEAST_POINTS} points, and nobody finds the database busy`, async () => {
    const { lab, directory, log } = await openTestLab({ shell: 'app' })
    const told: RunPoint[] = []
    lab.listen({ points: (_run, points) => void told.push(...points) })
    const begun = when<boolean>(lab, (found) => ({ points: () => found(true) }))
    const configuration = { ...DEFAULT_CONFIGURATION, ...TINY, steps: 1_000_000_000, workers: 1 }
    const { run } = await lab.training.start({ files: [TEXT], encoding: 'auto', configuration, name: 'app', probe: '' })
    await begun
    const words = Object.entries({ ...TINY, steps: STEPS, workers: 1 }).flatMap(([name, value]) => [
      `--${name}`,
      String(value),
    ])
    const commands = Array.from({ length: PROCESSES }, (_, seed) =>
      startCommand(['train', '--corpus', TEXT, ...words, '--seed', String(seed), '--json'], directory),
    )
    // Everybody writes before anybody is waited for.
    await Promise.all(commands.map(({ says }) => says(/^run /m)))
    expect(lab.training.active()).toEqual([run])
    // A person marks what they see meanwhile.
    await lab.runs.tag(run, 'together', true)
    const endings = await Promise.all(commands.map(({ ended }) => ended))
    await lab.training.stop(run)
    const own = await lab.training.settled(run)

    let points = 0
    for (const { code, stdout, stderr } of endings) {
      expect({ code, stderr: stderr.match(/^error|busy|locked|SQLITE/im) }).toEqual({ code: 0, stderr: null })
      const document = JSON.parse(stdout) as { readonly run: string; readonly steps: number }
      const kept = (await lab.runs.points(document.run)).map(({ step }) => step)
      expect(kept).toEqual(expectedSteps(STEPS))
      points += kept.length
    }
    const kept = await lab.runs.points(run)
    expect(kept.map(({ step }) => step)).toEqual(expectedSteps(own.steps))
    // What the app told while it went on is what is there; a validation at its end joins the last of them.
    const whole = new Map(kept.map((point) => [point.step, point]))
    for (const { step, trainLoss } of told.filter((point) => isWholePoint(point.step))) {
      expect([step, whole.get(step)?.trainLoss]).toEqual([step, trainLoss])
    }
    expect(points).toBeGreaterThanOrEqual(LEAST_POINTS)
    expect(kept.length).toBeGreaterThan(1000)
    expect(await lab.doctor(true)).toMatchObject({ database: 'ok', orphans: [] })
    expect(log.join('\n')).not.toMatch(/busy|locked|SQLITE/i)
    expect((await lab.runs.list()).map(({ status }) => status).sort()).toEqual([
      ...Array.from({ length: PROCESSES }, () => 'finished'),
      'stopped',
    ])
  })
})
