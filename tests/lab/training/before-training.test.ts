/** What a run is held against, and what is known before it begins: counting, a text of a task, this machine. */
import { readFileSync, rmSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { writeTask } from '../../../src/engine'
import { DEFAULT_CONFIGURATION } from '../../../src/shared'
import type { RunConfiguration } from '../../../src/shared'
import { newLease, newRun, openTestDatabase, point, progress } from '../support/database'
import { errorOf } from '../support/errors'
import { openTestLab, TEXT } from '../support/test-lab'
import type { TestLab } from '../support/test-lab'

const SMALL: RunConfiguration = {
  ...DEFAULT_CONFIGURATION,
  hidden: 4,
  batch: 2,
  sequence: 5,
  steps: 2,
  validation: 0.2,
}

async function train({ lab }: TestLab, changes: Partial<RunConfiguration> = {}): Promise<string> {
  const configuration = { ...SMALL, ...changes }
  const { run } = await lab.training.start({ files: [TEXT], encoding: 'auto', configuration, name: '', probe: '' })
  await lab.training.settled(run)
  return run
}

describe('counting on the text of a run', () => {
  it('is what counting on its file is, with its split and its tokens', async () => {
    const opened = await openTestLab()
    const { lab } = opened
    const expected = (validation: number, tokens: 'character' | 'byte') =>
      lab.corpora.baseline({ files: [TEXT], encoding: 'auto', tokens, validation, maxContext: 6 })
    const found = await lab.corpora.baselineOf(await train(opened))
    expect(found).toEqual(await expected(0.2, 'character'))
    expect(found.orders).toHaveLength(7)
    expect(found.uniform).toBeGreaterThan(found.orders[0].loss)
    const bytes = await train(opened, { tokens: 'byte', validation: 0.1 })
    expect(await lab.corpora.baselineOf(bytes)).toEqual(await expected(0.1, 'byte'))
  })

  it('of a network that reads from the end holds out what that one does', async () => {
    const opened = await openTestLab()
    const [forward, reversed] = [await train(opened), await train(opened, { reverse: true })]
    const { orders } = await opened.lab.corpora.baselineOf(reversed)
    expect(orders).not.toEqual((await opened.lab.corpora.baselineOf(forward)).orders)
  })

  it('is counted once', async () => {
    const opened = await openTestLab()
    const [a, b] = [await train(opened), await train(opened, { seed: 2 })]
    expect(await opened.lab.corpora.baselineOf(b)).toBe(await opened.lab.corpora.baselineOf(a))
  })

  it('is known the next time the lab is opened, without reading the text again', async () => {
    const first = await openTestLab()
    const run = await train(first)
    const counted = await first.lab.corpora.baselineOf(run)
    await first.lab.close()
    rmSync(join(first.directory, 'corpora'), { recursive: true })
    const second = await openTestLab({ directory: first.directory })
    expect(await second.lab.corpora.baselineOf(run)).toEqual(counted)
    expect(second.workers.filter(({ name }) => name === 'corpus')).toEqual([])
  })

  it('of a run that holds nothing out, or is not there, is refused', async () => {
    const opened = await openTestLab()
    const run = await train(opened, { validation: 0 })
    await expect(opened.lab.corpora.baselineOf(run)).rejects.toEqual(errorOf('E_NOTHING_HELD_OUT'))
    await expect(opened.lab.corpora.baselineOf('nobody')).rejects.toEqual(errorOf('E_RUN_UNKNOWN'))
  })
})

describe('a text of a task', () => {
  it('is made in the data directory, and again to the same bytes', async () => {
    const { lab, directory } = await openTestLab()
    const request = { task: 'repeat', distances: { shortest: 7, longest: 7 }, length: 900, seed: 3 } as const
    const file = await lab.corpora.generate(request)
    expect(file.startsWith(directory)).toBe(true)
    expect(readFileSync(file, 'utf8')).toBe(writeTask('repeat', request.distances, 900, 3))
    expect(await lab.corpora.generate(request)).toBe(file)
    expect(await lab.corpora.inspect(file, 'utf-8', 'character')).toMatchObject({ characters: 900 })
    expect((await lab.doctor(true)).orphans).toEqual([])
  })
})

describe('this machine', () => {
  it('knows how fast runs were on it, the newest first, and none of another', () => {
    const { api } = openTestDatabase()
    const here = { processor: 'p', cores: '2' }
    const train = (run: string, seconds: number, machine: Readonly<Record<string, string>>): void => {
      const lease = newLease()
      api.createRun(newRun(run, { machine, configuration: { ...DEFAULT_CONFIGURATION, batch: 7 } }), 'running', lease)
      api.appendPoints(run, lease.token, [point(1)], progress(50, { seconds }))
    }
    train('first', 10, here)
    train('short', 0.5, here)
    train('elsewhere', 10, { ...here, cores: '8' })
    train('last', 5, here)
    const { cell, hidden, layers, embedding, window, sequence } = DEFAULT_CONFIGURATION
    const setting = { cell, hidden, layers, embedding, window, sequence, batch: 7, vocabularySize: 3, workers: 1 }
    expect(api.readSpeeds(here, 9)).toEqual([
      { ...setting, nanosecondsAStep: 1e8 },
      { ...setting, nanosecondsAStep: 2e8 },
    ])
    expect(api.readSpeeds(here, 1)).toHaveLength(1)
  })

  it('has cores, memory and a pace, measured once', async () => {
    const { lab, workers } = await openTestLab()
    const machine = await lab.training.machine()
    expect(machine.cores).toBe(availableParallelism())
    expect(machine.freeBytes).toBeGreaterThan(0)
    expect(machine.pace).toBeGreaterThan(0)
    expect((await lab.training.machine()).pace).toBe(machine.pace)
    expect(workers.filter(({ name }) => name === 'bench')).toHaveLength(1)
  })
})
