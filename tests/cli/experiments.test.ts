/** The experiments' documents, and the runs that are kept of them: finished, stopped by a signal, cut off by a kill. */
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readPatternFile } from '../../src/lab'
import type { ExperimentRequestOf, RunRow } from '../../src/shared'
import { DEFAULT_RECALL } from '../lab/support/patterns'
import { temporaryDirectory } from '../lab/support/temporary'
import { openTestLab, RESOURCES } from '../lab/support/test-lab'
import { documentOf, runCommand, startCommand } from './support/command-line'

const LETTERS = join(RESOURCES, 'patterns', 'letters-16.txt')
const STORED = ['--patterns', LETTERS, '--rule', 'pseudo-inverse']
const END = ['run', 'status', 'trials']
/** Far more than a test waits for. */
const ENDLESS = ['capacity', '--neurons', '1000', '--loads', '0.05,0.1', '--trials', '100000']

const listed = (directory: string) => documentOf<RunRow[]>(['runs', 'list'], directory)
const shown = (run: string, directory: string) =>
  documentOf<RunRow & { settings: object; result: Record<string, unknown> }>(['runs', 'show', run], directory)

describe('the document', () => {
  it('of capacity, of which nothing is kept when that is asked', async () => {
    const directory = temporaryDirectory()
    const words = ['capacity', '--neurons', '200', '--loads', '0.05,0.3', '--trials', '2', '--cues', '15']
    const capacity = await documentOf<{ points: Record<string, number>[] }>([...words, '--no-save'], directory)
    expect(Object.keys(capacity)).toEqual(['points', ...END])
    expect(capacity).toMatchObject({ run: null, status: 'finished', trials: 4 })
    const fields = ['load', 'patterns', 'overlap', 'deviation', 'stable', 'recalled']
    expect(capacity.points.map((point) => Object.keys(point))).toEqual([fields, fields])
    expect(capacity.points.map(({ load, patterns }) => [load, patterns])).toEqual([
      [0.05, 10],
      [0.3, 60],
    ])
    expect(capacity.points[0].overlap).toBeGreaterThan(capacity.points[1].overlap)
    expect(await listed(directory)).toEqual([])

    const kept = await documentOf<{ run: string; points: unknown }>(words, directory)
    expect(kept.points).toEqual(capacity.points)
    expect(await listed(directory)).toMatchObject([
      { run: kept.run, kind: 'capacity', status: 'finished', steps: 4, totalSteps: 4, cell: null },
    ])
    expect(await shown(kept.run, directory)).toMatchObject({
      settings: { kind: 'capacity', neurons: 200, loads: [0.05, 0.3], seed: 1 },
      result: { points: capacity.points },
      points: [],
    })
  })

  it('of basin', async () => {
    const words = ['basin', ...STORED, '--from', 'A', '--flips', '0,0.02', '--trials', '20', '--no-save']
    expect(await documentOf(words, temporaryDirectory())).toEqual({
      points: [0, 0.02].map((flipped) => ({ flipped, recalled: 1, low: expect.closeTo(0.8389, 4) as number, high: 1 })),
      run: null,
      status: 'finished',
      trials: 40,
    })
  })

  it('of attractors, whose states are kept as rows', async () => {
    const directory = temporaryDirectory()
    const found = await documentOf<{ run: string; attractors: Record<string, unknown>[] }>(
      ['attractors', ...STORED, '--starts', '50'],
      directory,
    )
    expect(Object.keys(found)).toEqual(['attractors', ...END])
    for (const attractor of found.attractors) {
      expect(Object.keys(attractor)).toEqual(['share', 'kind', 'patterns', 'state'])
      expect(attractor.state).toHaveLength(256)
    }
    expect(found.attractors.reduce((sum, { share }) => sum + (share as number), 0)).toBeCloseTo(1, 9)
    const { result } = await shown(found.run, directory)
    const kept = result.attractors as { rows: string[]; share: number }[]
    expect(kept.map(({ share }) => share)).toEqual(found.attractors.map(({ share }) => share))
    const state = found.attractors[0].state as number[]
    expect(kept[0].rows.join('')).toBe(state.map((value) => (value > 0 ? '#' : '.')).join(''))
  })

  it('of landscape, whose path is the recall of the same options, and which the room’s own call gives too', async () => {
    const directory = temporaryDirectory()
    const found = await documentOf<Record<string, unknown> & { path: Record<string, number>[]; energy: number[][] }>(
      ['landscape', ...STORED, '--plane', 'A,B,C', '--resolution', '16', '--from', 'B', '--corrupt', '0.1'],
      directory,
    )
    expect(Object.keys(found)).toEqual(['energy', 'axes', 'path', 'bipolar', ...END])
    expect(found.energy.map((row) => row.length)).toEqual(new Array(16).fill(16))
    expect(found.axes).toMatchObject({
      x: { from: -1.25, to: 1.25 },
      y: { from: -1.25, to: 1.25 },
      patterns: ['A', 'B', 'C'].map((name) => ({ name, sign: 1 })),
    })
    const recall = await documentOf<{ energy: number[]; sweeps: number }>(
      ['recall', ...STORED, '--from', 'B', '--corrupt', '0.1'],
      directory,
    )
    expect(found.path.filter(({ sweep }) => Number.isInteger(sweep)).map(({ energy }) => energy)).toEqual(recall.energy)
    const [, second] = (found.axes as { patterns: { x: number; y: number }[] }).patterns
    expect(found.path.at(-1)).toMatchObject({
      sweep: recall.sweeps,
      x: expect.closeTo(second.x, 12) as number,
      y: expect.closeTo(second.y, 12) as number,
    })

    const { lab } = await openTestLab()
    const request: ExperimentRequestOf<'landscape'> = {
      kind: 'landscape',
      set: readPatternFile(LETTERS),
      settings: { ...DEFAULT_RECALL, rule: 'pseudo-inverse' },
      plane: ['A', 'B', 'C'],
      resolution: 16,
      cue: { from: 'B', corrupt: 0.1 },
    }
    const { run } = await lab.experiments.start(request, '')
    await lab.experiments.settled(run)
    const { result } = await lab.experiments.show(run)
    const { energy, axes, path, bipolar } = found
    expect(result?.summary).toEqual({ energy, axes, path, bipolar })
  })

  it('of a recall that is kept names its run', async () => {
    const directory = temporaryDirectory()
    const words = ['recall', ...STORED, '--from', 'A', '--corrupt', '0.1']
    expect(await documentOf(words, directory)).not.toHaveProperty('run')
    expect(await listed(directory)).toEqual([])
    const kept = await documentOf<{ run: string; energy: number[]; match: object }>([...words, '--keep'], directory)
    expect(await shown(kept.run, directory)).toMatchObject({
      kind: 'recall',
      steps: 1,
      result: { energy: kept.energy, match: kept.match },
    })
  })

  it('for the eye is a table and the run', async () => {
    const words = ['landscape', ...STORED, '--plane', 'A,B', '--resolution', '4']
    const { stdout, stderr } = await runCommand(words, temporaryDirectory())
    const [, run] = /^run (\w+)\n$/.exec(stderr) ?? []
    expect(stdout).toMatch(/^on the plane +x +y\nA +1 +0\n/)
    expect(stdout).toMatch(new RegExp(`\nrun ${run}\n$`))
  })
})

describe('an experiment that is cut off', () => {
  /** Resolves once some of its trials are in the database. */
  async function trialsKept(directory: string): Promise<void> {
    for (;;) {
      const rows = await listed(directory)
      if (rows.some(({ steps }) => steps > 0)) return
    }
  }

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('by %s answers what it found, kept as stopped', async (signal, code) => {
    const directory = temporaryDirectory()
    const command = startCommand([...ENDLESS, '--json'], directory)
    const [, run] = await command.says(/^run (\w+)$/m)
    await trialsKept(directory)
    command.process.kill(signal)
    const ending = await command.ended
    expect(ending.code).toBe(code)
    const document = JSON.parse(ending.stdout) as { points: unknown[]; trials: number }
    expect(document).toMatchObject({ run, status: 'stopped' })
    expect(document.points).toHaveLength(1)
    expect(await shown(run, directory)).toMatchObject({
      status: 'stopped',
      steps: document.trials,
      totalSteps: 200_000,
      pid: null,
      result: { points: document.points },
    })
  })

  it('by a kill is interrupted, with what it had found', async () => {
    const directory = temporaryDirectory()
    const command = startCommand(ENDLESS, directory)
    const [, run] = await command.says(/^run (\w+)$/m)
    await trialsKept(directory)
    command.process.kill('SIGKILL')
    expect((await command.ended).signal).toBe('SIGKILL')
    const found = await shown(run, directory)
    expect(found).toMatchObject({ status: 'interrupted', pid: null, totalSteps: 200_000 })
    expect(found.steps).toBeGreaterThan(0)
    expect(found.result.points).toHaveLength(1)
  })

  it('and was not to be kept leaves nothing at all', async () => {
    const directory = temporaryDirectory()
    const words = ['attractors', ...STORED, '--starts', '20', '--no-save']
    expect(await documentOf(words, directory)).toMatchObject({ run: null })
    expect(await listed(directory)).toEqual([])
    expect(await documentOf(['doctor', '--check'], directory)).toMatchObject({ database: 'ok', orphans: [] })
  })
})
