/** Dropout before the decoder and fresh starts in whole runs: stopped and resumed, by several workers, kept and compared. */
import { describe, expect, it } from 'vitest'
import { compareRuns, DEFAULT_CONFIGURATION, readStoredConfiguration, toStoredConfiguration } from '../../../src/shared'
import type { RunConfiguration } from '../../../src/shared'
import { filesOf, lastDigest, lossesOf, runToEnd as runSession, start } from '../support/sessions'
import { firstPoints, losses, request, runToEnd } from '../support/small-runs'
import { openTestLab } from '../support/test-lab'

const CELLS = ['vanilla', 'gru', 'lstm', 'window'] as const
const BOTH = { dropout: 0.3, dropoutBeforeDecoder: true, freshStarts: 0.3 } as const

describe('a run of one layer', () => {
  it('is changed by dropout, unless it acts between layers only, and by fresh starts', async () => {
    const digestOf = async (changes: Partial<RunConfiguration>): Promise<string | null | undefined> =>
      lastDigest(await runSession({ freshStarts: 0, ...changes }))
    for (const cell of CELLS) {
      const plain = await digestOf({ cell })
      expect(await digestOf({ cell, dropout: 0.5, dropoutBeforeDecoder: false })).toBe(plain)
      expect(await digestOf({ cell, dropout: 0.5, dropoutBeforeDecoder: true })).not.toBe(plain)
      expect(await digestOf({ cell, freshStarts: 0.3 })).not.toBe(plain)
    }
  })
})

describe('a run with both', () => {
  it.each(CELLS)('%s: is paused and resumed in another worker to the same bits', async (cell) => {
    const changes = { ...BOTH, cell, layers: 1, validateEvery: 7, steps: 300, hidden: 3 }
    const whole = await runSession(changes)
    const first = start(changes)
    await first.session.prepare()
    let turns = 0
    const paused = new Promise<void>((resolve) => {
      first.onTurn = () => {
        turns += 1
        if (turns === 60) void first.session.pause().then(resolve)
      }
    })
    first.session.go()
    await paused
    const step = first.told.checkpoints.at(-1)?.step ?? 0
    expect(step).toBeGreaterThan(50)
    expect(step).toBeLessThan(300)
    const second = await runSession(changes, { folder: first.folder, resumeFrom: filesOf(first, step) })
    expect(lastDigest(second)).toBe(lastDigest(whole))
    expect(new Map([...lossesOf(first), ...lossesOf(second)])).toEqual(lossesOf(whole))
  })

  it('of two workers is resumed in another lab to the bits of one that was never stopped', async () => {
    const changes = { ...BOTH, cell: 'gru', batch: 5, steps: 1500, validateEvery: 300, workers: 2 } as const
    const whole = await openTestLab()
    const expected = await runToEnd(whole.lab, changes)
    const first = await openTestLab()
    const { run } = await first.lab.training.start(request(changes))
    await firstPoints(first.lab)
    await first.lab.training.pause(run)
    await first.lab.close()
    const second = await openTestLab({ directory: first.directory })
    await second.lab.training.resume(run)
    expect(await second.lab.training.settled(run)).toMatchObject({ status: 'finished', digest: expected.digest })
    expect(await losses(second.lab, run)).toEqual(await losses(whole.lab, expected.run))
  })

  it('begins the same sequences anew with one worker as with two', async () => {
    const { lab } = await openTestLab()
    const changes = { cell: 'gru', batch: 5, steps: 60, freshStarts: 0.3 } as const
    const [one, two] = [
      await runToEnd(lab, { ...changes, workers: 1 }),
      await runToEnd(lab, { ...changes, workers: 2 }),
    ]
    expect(two.trainLoss).toBeCloseTo(one.trainLoss ?? NaN, 3)
    const none = await runToEnd(lab, { ...changes, freshStarts: 0, workers: 1 })
    expect(Math.abs((none.trainLoss ?? NaN) - (one.trainLoss ?? NaN))).toBeGreaterThan(1e-3)
  })

  it('is repeated to the same bits, found by its settings, and compared by them', async () => {
    const { lab } = await openTestLab()
    const { run } = await runToEnd(lab, { ...BOTH, cell: 'lstm', steps: 40 })
    const other = await runToEnd(lab, { freshStarts: 0, steps: 5 })
    const again = await lab.training.repeat(run)
    expect(await lab.training.settled(again.run)).toMatchObject({ verdict: 'equal' })
    const found = async (filter: string): Promise<readonly string[]> =>
      (await lab.runs.list({ filter, deleted: false, archived: false })).map((row) => row.run)
    expect(await found('freshStarts>0.2')).toEqual([again.run, run])
    expect(await found('dropoutBeforeDecoder:yes')).toEqual([again.run, run])
    expect(await found('freshStarts:0')).toEqual([other.run])
    const { settings } = compareRuns([await lab.runs.show(run), await lab.runs.show(other.run)])
    expect(settings.filter(({ name }) => name in BOTH).sort((a, b) => (a.name < b.name ? -1 : 1))).toEqual([
      { name: 'dropout', values: [0.3, 0] },
      { name: 'dropoutBeforeDecoder', values: [true, false] },
      { name: 'freshStarts', values: [0.3, 0] },
    ])
  })
})

describe('a configuration that is kept', () => {
  it('leaves out what says what its absence says', () => {
    const stored = (changes: Partial<RunConfiguration>): object =>
      toStoredConfiguration({ ...DEFAULT_CONFIGURATION, ...changes })
    expect(stored({ freshStarts: 0 })).not.toHaveProperty('freshStarts')
    expect(stored({ freshStarts: 0.1 })).toHaveProperty('freshStarts', 0.1)
    expect(stored({ dropout: 0 })).not.toHaveProperty('dropoutBeforeDecoder')
    expect(stored({ dropout: 0.1 })).toHaveProperty('dropoutBeforeDecoder', true)
    expect(stored({ dropout: 0.1, dropoutBeforeDecoder: false })).not.toHaveProperty('dropoutBeforeDecoder')
  })

  it('is read as it was meant', () => {
    for (const changes of [{}, { dropout: 0.4 }, { dropout: 0.4, dropoutBeforeDecoder: false }, { freshStarts: 0.5 }]) {
      const meant = { ...DEFAULT_CONFIGURATION, ...changes }
      const read = readStoredConfiguration(JSON.parse(JSON.stringify(toStoredConfiguration(meant))) as object)
      expect(read).toEqual({ ...meant, dropoutBeforeDecoder: meant.dropout > 0 && meant.dropoutBeforeDecoder })
    }
  })
})
