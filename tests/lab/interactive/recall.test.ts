/** Recalls as they are streamed from the real worker: from the cue to the end, downhill, stopped, and refused. */
import { describe, expect, it } from 'vitest'
import { createMemory, toGrid } from '../../../src/engine'
import type { Lab } from '../../../src/lab'
import { spoilPattern } from '../../../src/lab'
import type { RecallBatch, RecallRequest, RecallSettings, RecallStart } from '../../../src/shared'
import { errorOf } from '../support/errors'
import { FOUR } from '../support/four-letters'
import { DEFAULT_RECALL } from '../support/patterns'
import { openTestLab } from '../support/test-lab'

interface Followed {
  readonly start: RecallStart
  readonly batches: readonly RecallBatch[]
  readonly state: Int8Array
}

/** Rebuilds the state from the visits, as a room does. */
async function follow(lab: Lab, request: RecallRequest): Promise<Followed> {
  const batches: RecallBatch[] = []
  let start: RecallStart | null = null
  await new Promise<void>((done, fail) => {
    const unlisten = lab.listen({
      recall: (batch) => {
        batches.push(batch)
        if (batch.end === null) return
        unlisten()
        done()
      },
    })
    lab.recall.start(request).then((answer) => (start = answer), fail)
  })
  if (start === null) throw new Error('the end came before the beginning')
  const state = request.cue.slice()
  let pending: number[] = []
  let visits = 0
  for (const { neurons, flipped } of batches) {
    neurons.forEach((neuron, k) => {
      if (flipped[k]) pending.push(neuron)
      visits += 1
      if (request.settings.update === 'synchronous' && visits % state.length !== 0) return
      for (const one of pending) state[one] = -state[one]
      pending = []
    })
  }
  return { start, batches, state }
}

function requestOf(changes: Partial<RecallSettings> = {}, share = 0.2): RecallRequest {
  return {
    set: FOUR,
    cue: new Int8Array(spoilPattern(FOUR, 'A', share, 1)),
    settings: { ...DEFAULT_RECALL, ...changes },
  }
}

/** E by the definition, for the rules that have one of this form. */
function energyOf({ set, settings }: RecallRequest, state: Int8Array): number {
  const memory = createMemory(
    set.patterns.map(({ name, rows }) => ({ name, values: toGrid(name, rows).values })),
    settings,
  )
  memory.follow(state.slice())
  return memory.energy()
}

describe('a recall', () => {
  it.each([
    [{ rule: 'hebbian', bias: 'hebbian' }],
    [{ rule: 'storkey' }],
    [{ rule: 'pseudo-inverse' }],
    [{ rule: 'dense' }],
    [{ rule: 'modern', beta: 0.1 }],
    [{ rule: 'pseudo-inverse', update: 'synchronous' }],
  ] as const)('with %o: the visits lead from the cue to the end, downhill', async (changes) => {
    const { lab } = await openTestLab()
    const request = requestOf(changes)
    const { start, batches, state } = await follow(lab, request)
    const energies = batches.flatMap((batch) => Array.from(batch.energies))
    const end = batches.at(-1)?.end
    expect(start.energy).toBeCloseTo(energyOf(request, request.cue), 6)
    expect(energies.at(-1)).toBeCloseTo(energyOf(request, state), 6)
    expect(energies.at(-1)).toBeLessThan(start.energy)
    if (request.settings.update === 'asynchronous') {
      let previous = start.energy
      for (const energy of energies) {
        expect(energy).toBeLessThanOrEqual(previous + 1e-9 * Math.max(1, Math.abs(previous)))
        previous = energy
      }
    }
    expect(energies).toHaveLength((end?.sweeps ?? 0) * state.length)
    expect(end).toMatchObject({ converged: true, cycle: 0 })
    expect(batches.filter((batch) => batch.end !== null)).toHaveLength(1)
    expect(batches.every((batch) => batch.recall === start.recall)).toBe(true)
    const overlaps = FOUR.patterns.map(
      ({ name, rows }) => toGrid(name, rows).values.reduce((sum, value, i) => sum + value * state[i], 0) / state.length,
    )
    expect(end?.verdict.overlap).toBeCloseTo(
      overlaps[FOUR.patterns.findIndex(({ name }) => name === end?.verdict.pattern)],
      9,
    )
  })

  it('with the pseudo-inverse brings the letter back', async () => {
    const { lab } = await openTestLab()
    const { state, batches, start } = await follow(lab, requestOf({ rule: 'pseudo-inverse' }))
    const [letter] = FOUR.patterns.filter(({ name }) => name === 'A')
    expect(state).toEqual(toGrid('A', letter.rows).values)
    expect(batches.at(-1)?.end?.verdict).toMatchObject({ kind: 'stored', pattern: 'A', overlap: 1 })
    expect(start.overlaps).toHaveLength(4)
  })

  it('of the same seed visits in the same order', async () => {
    const { lab } = await openTestLab()
    const order = async (seed: number) =>
      (await follow(lab, requestOf({ seed }))).batches.flatMap(({ neurons }) => [...neurons])
    const first = await order(3)
    expect(await order(3)).toEqual(first)
    expect(await order(4)).not.toEqual(first)
  })

  it('above temperature 0 takes all its sweeps, and can be stopped before', async () => {
    const { lab } = await openTestLab()
    const { batches } = await follow(lab, requestOf({ temperature: 1, maxSweeps: 7 }))
    expect(batches.at(-1)?.end).toMatchObject({ sweeps: 7, converged: false })
    let heard = 0
    const moving = new Promise<void>((done) => {
      lab.listen({
        recall: () => {
          heard += 1
          if (heard === 3) done()
        },
      })
    })
    const { recall } = await lab.recall.start(requestOf({ temperature: 1, maxSweeps: 100_000 }))
    await moving
    await lab.recall.stop(recall)
    const before = heard
    await follow(lab, requestOf()) // the worker is free, and whatever was on its way has arrived
    expect(heard - before).toBeLessThanOrEqual(3)
    await lab.recall.stop(recall)
    await lab.recall.stop('none')
  })

  it.each([
    ['a cue of another size', { cue: Int8Array.of(1, -1) }, 'E_PATTERN'],
    ['a cue that is not ±1', { cue: new Int8Array(256) }, 'E_PATTERN'],
    [
      'equal patterns',
      { set: { ...FOUR, patterns: [FOUR.patterns[0], { ...FOUR.patterns[0], name: 'again' }] } },
      'E_PATTERNS_EQUAL',
    ],
  ] as const)('of %s is refused', async (_what, changes, code) => {
    const { lab } = await openTestLab()
    await expect(lab.recall.start({ ...requestOf(), ...changes } as RecallRequest)).rejects.toEqual(errorOf(code))
  })

  it('of no pattern is refused or answered, never broken', async () => {
    const { lab } = await openTestLab()
    const request = { ...requestOf(), set: { ...FOUR, patterns: [] } }
    await expect(lab.recall.start(request)).rejects.toEqual(errorOf('E_PATTERNS_NONE'))
  })
})
