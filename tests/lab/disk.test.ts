/** What a run takes of the disk at most, what can't be begun, and what can be given back without losing anything in use. */
import { mkdirSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { MOMENTS } from '../../src/engine'
import type { DiskRoom } from '../../src/lab'
import { bytesOf } from '../../src/lab/carry/data-contents'
import { assertDiskRoom, lookForDiskRoom } from '../../src/lab/training/disk-room'
import { DEFAULT_CONFIGURATION, diskNeed } from '../../src/shared'
import type { RunConfiguration } from '../../src/shared'
import { startSmall, TEXT } from './support/carried'
import { errorOf } from './support/errors'
import { temporaryDirectory } from './support/temporary'
import { openTestLab } from './support/test-lab'

const STEPS = 1000
const LONG_AGO = new Date(Date.now() - 2 * 60 * 60 * 1000)

const shapes: readonly Partial<RunConfiguration>[] = [
  { cell: 'lstm', hidden: 40, layers: 2, optimizer: 'adam' },
  { cell: 'gru', hidden: 24, optimizer: 'sgd' },
  { cell: 'window', hidden: 16, window: 9, optimizer: 'momentum' },
]

describe('what a run writes', () => {
  it.each(shapes)('is between the least and the most that are told of $cell', async (changes) => {
    const { lab, directory } = await openTestLab()
    const before = await bytesOf(directory)
    // A checkpoint at every better validation.
    const often = { validation: 0.2, validateEvery: 4, checkpointEvery: 10, hidden: 6, batch: 3, sequence: 5 }
    const setting: RunConfiguration = { ...DEFAULT_CONFIGURATION, ...often, steps: STEPS, ...changes }
    const run = await startSmall(lab, STEPS, setting)
    await lab.training.settled(run)
    const { parameters, vocabularySize } = await lab.runs.show(run)
    const need = diskNeed({
      configuration: setting,
      moments: MOMENTS[setting.optimizer],
      parameters: parameters ?? 0,
      vocabularySize: vocabularySize ?? 0,
      totalSteps: STEPS,
      textBytes: statSync(TEXT).size,
    })
    const { models } = await lab.runs.diskUse(run)
    await lab.close()
    const written = (await bytesOf(directory)) - before
    expect(models).toBeGreaterThanOrEqual(need.least)
    expect(written).toBeLessThanOrEqual(need.most)
    // It isn't a guess: so many models are kept of so long a run that the most is near.
    expect(written).toBeGreaterThan(need.most / 4)
  })

  it('grows with the steps as the points do', () => {
    const of = (totalSteps: number): number =>
      diskNeed({
        configuration: DEFAULT_CONFIGURATION,
        moments: 2,
        parameters: 1000,
        vocabularySize: 65,
        totalSteps,
        textBytes: 0,
      }).most
    const between = (a: number, b: number): number => (of(b) - of(a)) / (of(1000) - of(999))
    expect(between(1000, 2000)).toBe(100)
    expect(between(100_000, 200_000)).toBe(1000)
  })

  it('is refused only where its first and its last checkpoint can’t fit', async () => {
    const plan = {
      parameters: 1_000_000,
      shape: { cell: 'vanilla', layers: 1, hidden: 9, embedding: 0, vocabulary: 9 },
    } as const
    const planned = { configuration: DEFAULT_CONFIGURATION, summaries: [{ sizeBytes: 100 }], plan, totalSteps: 10 }
    const tight: DiskRoom[] = []
    const room = (bytes: number) =>
      assertDiskRoom(
        '/data',
        planned,
        (found) => void tight.push(found),
        async () => bytes,
      )
    await expect(room(23_999_999)).rejects.toEqual(errorOf('E_NO_ROOM', { folder: 'data', needed: '23 MiB' }))
    expect(tight).toEqual([])
    await room(24_000_000)
    expect(tight).toEqual([{ neededBytes: expect.any(Number) as number, freeBytes: 24_000_000 }])
    const [{ neededBytes }] = tight
    expect(neededBytes).toBeGreaterThan(24_000_000)
    await room(neededBytes)
    expect(tight).toHaveLength(1)
  })

  it('that goes on needs the less, the more of it is there', async () => {
    const folder = join(temporaryDirectory(), 'run')
    mkdirSync(folder)
    const plan = {
      parameters: 1000,
      shape: { cell: 'vanilla', layers: 1, hidden: 9, embedding: 0, vocabulary: 9 },
    } as const
    const planned = { configuration: DEFAULT_CONFIGURATION, plan, totalSteps: 10 }
    const needed = async (): Promise<number> => {
      const tight: DiskRoom[] = []
      await lookForDiskRoom(
        folder,
        planned,
        (found) => void tight.push(found),
        async () => 0,
      )
      return tight[0]?.neededBytes ?? 0
    }
    const whole = await needed()
    writeFileSync(join(folder, '0.safetensors'), 'x'.repeat(4000))
    expect(await needed()).toBe(whole - 4000)
    writeFileSync(join(folder, '0.state'), 'x'.repeat(whole))
    expect(await needed()).toBe(0)
  })
})

describe('what can be freed', () => {
  it('is told by its kind, and gone once it is freed, with all that is in use left', async () => {
    const { lab, directory } = await openTestLab()
    const [kept, binned] = [
      await startSmall(lab, 400, { validateEvery: 5, validation: 0.2 }),
      await startSmall(lab, 20),
    ]
    await lab.training.settled(binned)
    await lab.training.settled(kept)
    await lab.runs.delete(binned)
    mkdirSync(join(directory, 'models', 'gone'))
    const [orphan, young] = ['old.state', 'new.state'].map((name) => join(directory, 'models', 'gone', name))
    for (const file of [orphan, young]) writeFileSync(file, 'x'.repeat(1000))
    utimesSync(orphan, LONG_AGO, LONG_AGO)
    mkdirSync(join(directory, 'replaced-2026-11-24-10-00-00'))
    writeFileSync(join(directory, 'replaced-2026-11-24-10-00-00', 'lab.sqlite'), 'x'.repeat(500))
    writeFileSync(join(directory, 'lab.sqlite.version-1.backup'), 'x'.repeat(300))

    const models = await lab.analysis.kept(kept)
    expect(models.length).toBeGreaterThan(4)
    const before = await lab.runs.freeable()
    expect(before.bin).toMatchObject({ count: 1 })
    expect(before.bin.bytes).toBe(await bytesOf(join(directory, 'models', binned)))
    expect(before.orphans).toEqual({ count: 1, bytes: 1000 }) // the row of a young one may still be on its way
    expect(before.aside).toEqual({ count: 2, bytes: 800 })
    expect(before.intermediate.count).toBeGreaterThan(0)

    const used = (await lab.runs.diskUse(kept)).run ?? 0
    await lab.runs.free('intermediate')
    expect((await lab.runs.freeable()).intermediate).toEqual({ count: 0, bytes: 0 })
    expect(used - ((await lab.runs.diskUse(kept)).run ?? 0)).toBe(before.intermediate.bytes)
    const { steps, modelStep } = await lab.runs.show(kept)
    expect(modelStep).toBe(steps)
    const left = await lab.analysis.kept(kept)
    expect(left.map(({ step }) => step)).toEqual(expect.arrayContaining([0, steps]))
    expect(left.length).toBeLessThanOrEqual(3)
    await lab.training.resume(kept, { configuration: { steps: steps + 10 } })
    expect(await lab.training.settled(kept)).toMatchObject({ status: 'finished', steps: steps + 10 })

    await lab.runs.free('orphans')
    expect(readdirSync(join(directory, 'models', 'gone'))).toEqual(['new.state'])
    await lab.runs.free('aside')
    await lab.runs.free('bin')
    expect(readdirSync(directory).filter((name) => /replaced|backup/.test(name))).toEqual([])
    expect(readdirSync(join(directory, 'models')).sort()).toEqual([kept, 'gone'].sort())
    expect(await lab.doctor(true)).toMatchObject({ database: 'ok', orphans: ['models/gone/new.state'] })
  })
})
