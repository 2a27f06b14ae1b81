/** What the views ask of the lab: states piece by piece, gradients of several models, the answers to two histories. */
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { effectScope, nextTick, ref, shallowRef } from 'vue'
import type { EffectScope } from 'vue'
import type {} from '../../../src/renderer/env'
import { useBridge } from '../../../src/renderer/bridge/lab'
import { useGradients } from '../../../src/renderer/rooms/inspect/gradient/use-gradients'
import { useTraining } from '../../../src/renderer/rooms/inspect/gradient/use-training'
import { completeHidden, readStates, stepsAtOnce } from '../../../src/renderer/rooms/inspect/read-states'
import { useSpectrum } from '../../../src/renderer/rooms/inspect/states/use-spectrum'
import { useStates } from '../../../src/renderer/rooms/inspect/states/use-states'
import type { ViewSubject } from '../../../src/renderer/rooms/inspect/view-subject'
import { useAnswers } from '../../../src/renderer/rooms/inspect/window/use-answers'
import { useNoticesStore } from '../../../src/renderer/stores/notices.store'
import { LabError, MOST_STATES_AT_ONCE } from '../../../src/shared'
import type { GradientReport, RunCurve, RunDetail } from '../../../src/shared'
import { createFakeLab } from '../support/fake-lab'
import type { Answers } from '../support/fake-lab'
import { createTrace } from './fixture'

let scope: EffectScope
beforeEach(() => {
  vi.useFakeTimers()
  setActivePinia(createPinia())
  scope = effectScope()
})
afterEach(() => {
  scope.stop()
  vi.useRealTimers()
  useBridge(null)
})

function open(inspect: NonNullable<Answers['inspect']>, runs: NonNullable<Answers['runs']> = {}) {
  const lab = createFakeLab({ inspect, runs })
  useBridge(lab.bridge)
  return lab
}

const settle = async (): Promise<void> => {
  await nextTick()
  await vi.advanceTimersByTimeAsync(1000)
}

const UNITS = 100_000
/** Five steps of so many units that two cross at once. */
function partialSubject(): ViewSubject {
  const trace = createTrace({ tokens: [...'abcab'], hidden: new Float32Array(), partial: true })
  return {
    trace: { ...trace, model: { ...trace.model, cell: 'lstm', hidden: UNITS } },
    model: { run: 'r', step: 7 },
    text: 'abcab',
    skipUnknown: false,
  }
}
const numbered = (from: number, to: number): Float32Array =>
  Float32Array.from({ length: (to - from) * UNITS }, (_, i) => from + Math.floor(i / UNITS))

describe('states', () => {
  it('of a long text are put together from pieces that are small enough', async () => {
    const lab = open({ states: async ({ from, to }) => numbered(from, to) })
    const subject = partialSubject()
    const cell = await readStates(subject, 'cell')
    expect(Array.from({ length: 5 }, (_, t) => cell[t * UNITS])).toEqual([0, 1, 2, 3, 4])
    const asked = lab.calls.map(({ input }) => input as { from: number; to: number })
    expect(asked.map(({ from, to }) => [from, to])).toEqual([
      [0, 2],
      [2, 4],
      [4, 5],
    ])
    expect(asked[0]).toMatchObject({ run: 'r', step: 7, text: 'abcab', quantity: 'cell' })
    expect(stepsAtOnce(subject.trace.model) * UNITS).toBeLessThanOrEqual(MOST_STATES_AT_ONCE)
    expect((await completeHidden(subject)).hidden).toHaveLength(5 * UNITS)
  })

  it('that nobody waits for any more end', async () => {
    open({ states: async ({ from, to }) => numbered(from, to) })
    await expect(readStates(partialSubject(), 'hidden', () => true)).rejects.toMatchObject({ code: 'E_CANCELLED' })
  })

  it('of a short one are in its trace, and nobody is asked', async () => {
    const lab = open({})
    const trace = createTrace()
    expect(await readStates({ ...partialSubject(), trace }, 'hidden')).toBe(trace.hidden)
    expect(lab.calls).toEqual([])
  })

  it('are ordered by hand from where they stood', async () => {
    open({})
    const trace = createTrace()
    const states = scope.run(() => useStates(() => ({ ...partialSubject(), trace })))
    if (!states) throw new Error('no scope')
    await settle()
    expect(Array.from(states.units.value)).toEqual([0, 1])
    states.order.value = 'similar'
    const similar = Array.from(states.units.value)
    states.order.value = 'hand'
    expect(Array.from(states.units.value)).toEqual(similar)
    states.moveUnit(0, 1)
    expect(Array.from(states.units.value)).toEqual([...similar].reverse())
    states.order.value = 'index'
    states.order.value = 'hand'
    expect(Array.from(states.units.value)).toEqual([...similar].reverse())
  })
})

const report = (step: number | null, at: number): GradientReport => ({
  cell: 'gru',
  layers: 1,
  hidden: 2,
  step,
  at,
  read: 'a',
  target: 'b',
  total: [Float64Array.of(1, 0.5)],
  cellTotal: null,
  throughHidden: null,
  throughCell: null,
  singularValues: null,
})

describe('gradients', () => {
  const subject: ViewSubject = { ...partialSubject(), trace: createTrace(), text: 'abca' }

  it('are asked of each run as it is and as it was initialised; what fails is said beside the others', async () => {
    const lab = open({
      gradients: async (input) => {
        if (!('run' in input)) throw new LabError('E_MODEL_UNKNOWN', { model: input.model })
        if (input.run === 'other' && input.step === 0)
          throw new LabError('E_RUN_NO_MODEL_AT', { run: 'other', step: 0 })
        return report(input.step, input.at)
      },
    })
    const at = ref(2)
    const others = shallowRef<readonly string[]>(['other'])
    const gradients = scope.run(() => useGradients(() => subject, () => at.value, () => others.value, () => true)) // prettier-ignore
    await settle()
    expect(lab.calls.map(({ input }) => input)).toEqual(
      [
        { run: 'r', step: 7 },
        { run: 'r', step: 0 },
        { run: 'other', step: null },
        { run: 'other', step: 0 },
      ].map((model) => ({ ...model, text: 'abca', skipUnknown: false, at: 2 })),
    )
    const told = gradients?.found.value.map(({ of, stage, report: found, error }) => [
      of,
      stage,
      found?.at,
      error?.code,
    ])
    expect(told).toEqual([
      ['r', 'trained', 2, undefined],
      ['r', 'initial', 2, undefined],
      ['other', 'trained', 2, undefined],
      ['other', 'initial', undefined, 'E_RUN_NO_MODEL_AT'],
    ])
    expect(gradients?.waiting.value).toBe(0)
    others.value = []
    at.value = 3
    await settle()
    expect(gradients?.found.value.map(({ of, report: found }) => [of, found?.at])).toEqual([
      ['r', 3],
      ['r', 3],
    ])
  })

  it('of a model that came as a file are asked as it is alone: its beginning is not known', async () => {
    const lab = open({ gradients: async (input) => report(0, input.at) })
    const trace = createTrace()
    const imported = {
      ...subject,
      model: { run: 'r', step: 0 },
      trace: { ...trace, model: { ...trace.model, step: 0 } },
    }
    scope.run(() => useGradients(() => imported, () => 2, () => ['other'], () => false)) // prettier-ignore
    await settle()
    expect(lab.calls.map(({ input }) => input)).toMatchObject([
      { run: 'r', step: 0 },
      { run: 'other', step: null },
    ])
  })

  it('of a place that was left meanwhile are dropped', async () => {
    const waiting: (() => void)[] = []
    const lab = open({
      gradients: ({ at }) => new Promise((resolve) => waiting.push(() => resolve(report(null, at)))),
      stopGradients: async () => null,
    })
    const at = ref(1)
    const gradients = scope.run(() => useGradients(() => subject, () => at.value, () => [], () => true)) // prettier-ignore
    await settle()
    at.value = 2
    await settle()
    for (const answer of waiting.reverse()) answer()
    await settle()
    expect(gradients?.found.value.map(({ report: found }) => found?.at)).toEqual([2, 2])
    expect(lab.calls.filter(({ name }) => name === 'inspect.stopGradients')).toHaveLength(1)
  })

  it('of a run in training were cut and clipped', async () => {
    open(
      {},
      {
        show: async () => ({ configuration: { clip: 5, sequence: 64 } }) as unknown as RunDetail,
        curve: async () => ({ gradientNorm: Float64Array.of(1, 9) }) as unknown as RunCurve,
      },
    )
    const training = scope.run(() => useTraining(() => 'r'))
    await settle()
    expect(training?.value).toEqual({ sequence: 64, clipping: { clip: 5, share: 0.5, points: 2, longest: 9 } })
  })
})

describe('the spectrum', () => {
  const spectrum = (gate: string) => [{ gate, eigenvalues: Float64Array.of(1, 0), spectralRadius: 1, singularValue: 1 }]

  it('that was overtaken is dropped, and ended when nobody looks any more', async () => {
    const waiting = new Map<number, () => void>()
    const lab = open({
      spectrum: ({ layer }) => new Promise((resolve) => waiting.set(layer, () => resolve(spectrum(`gate ${layer}`)))),
      stopSpectrum: async () => null,
    })
    const layer = ref(0)
    const asked = scope.run(() => useSpectrum(() => partialSubject(), () => layer.value)) // prettier-ignore
    await settle()
    expect(asked?.isWaiting.value).toBe(true)
    layer.value = 1
    await settle()
    waiting.get(1)?.()
    await settle()
    waiting.get(0)?.()
    await settle()
    expect(asked?.spectra.value.map(({ gate }) => gate)).toEqual(['gate 1'])
    expect(asked?.isWaiting.value).toBe(false)
    layer.value = 2
    await settle()
    expect(asked?.spectra.value).toEqual([])
    scope.stop()
    await settle()
    expect(lab.calls.filter(({ name }) => name === 'inspect.stopSpectrum')).toHaveLength(1)
  })

  it('that was ended from elsewhere says nothing; what failed is told', async () => {
    const errors = [new LabError('E_CANCELLED'), new LabError('E_NO_RECURRENCE', { cell: 'window' })]
    open({ spectrum: async ({ layer }) => { throw errors[layer] } }) // prettier-ignore
    const layer = ref(0)
    scope.run(() => useSpectrum(() => partialSubject(), () => layer.value)) // prettier-ignore
    await settle()
    expect(useNoticesStore().notices).toHaveLength(0)
    layer.value = 1
    await settle()
    expect(useNoticesStore().notices).toHaveLength(1)
  })
})

describe('two histories', () => {
  it('are read by both networks, each in a lane of its own; nothing is asked where a part is missing', async () => {
    const lab = open({
      trace: async (input) => {
        if ('run' in input && input.run === 'w') throw new LabError('E_SYMBOLS_UNKNOWN', { symbols: '"x"' })
        return createTrace({ tokens: [...input.text] })
      },
    })
    const histories = shallowRef({ first: 'a', second: 'b', shared: '' })
    const model = (role: string) => ({ run: role === 'window' ? 'w' : 'r', step: null })
    const answers = scope.run(() => useAnswers(model, () => histories.value, () => false)) // prettier-ignore
    await settle()
    expect(lab.calls).toEqual([])
    histories.value = { first: 'a', second: 'b', shared: 'ca' }
    await settle()
    const asked = lab.calls.map(({ input }) => input as { text: string; lane: string })
    expect(asked.map(({ text, lane }) => [text, lane])).toEqual([
      ['aca', 'window-first'],
      ['bca', 'window-second'],
      ['aca', 'recurrent-first'],
      ['bca', 'recurrent-second'],
    ])
    expect(answers?.value.window.error?.code).toBe('E_SYMBOLS_UNKNOWN')
    expect(answers?.value.recurrent.answers?.second.tokens.join('')).toBe('bca')
  })
})
