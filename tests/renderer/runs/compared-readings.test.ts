/** One text read by several runs: who is asked, in what order, and what stands where a run cannot read it. */
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { effectScope, nextTick, ref, shallowRef } from 'vue'
import type { EffectScope } from 'vue'
import { useBridge } from '../../../src/renderer/bridge/lab'
import { gradientsTable, statesTable } from '../../../src/renderer/rooms/runs/compare/reading/reading-tables'
import {
  commonText,
  READ_AT_ONCE,
  useComparedReadings,
} from '../../../src/renderer/rooms/runs/compare/reading/use-compared-readings'
import { LabError } from '../../../src/shared'
import type { GradientReport, RunDetail, Trace } from '../../../src/shared'
import { createTrace } from '../inspect/fixture'
import { createFakeLab } from '../support/fake-lab'
import type { Answers } from '../support/fake-lab'

const detailOf = (run: string, changes: Partial<RunDetail> = {}): RunDetail =>
  ({ run, name: run, modelStep: 7, probe: null, ...changes }) as unknown as RunDetail
const REPORT = { total: [Float64Array.of(9, 8, 7), Float64Array.of(1, 0.5, 0.25)] } as unknown as GradientReport

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
const settle = async (): Promise<void> => {
  await nextTick()
  await vi.advanceTimersByTimeAsync(1000)
}

function open(details: readonly RunDetail[], inspect: NonNullable<Answers['inspect']>) {
  const lab = createFakeLab({ inspect })
  useBridge(lab.bridge)
  const text = ref('abca')
  const shown = shallowRef(details)
  const readings = scope.run(() =>
    useComparedReadings(
      () => shown.value,
      () => text.value,
    ),
  )
  if (!readings) throw new Error('the scope has ended')
  const asked = (name: string) => lab.calls.filter((call) => call.name === name).map(({ input }) => input)
  return { ...readings, text, asked }
}

describe('compared runs', () => {
  it('read one after the other, so many at once, and the rest on demand', async () => {
    const many = Array.from({ length: READ_AT_ONCE + 2 }, (_, i) => detailOf(`r${i}`))
    const { asked, found, left, readMore } = open(many, {
      trace: async () => createTrace(),
      gradients: async () => REPORT,
    })
    await settle()
    expect(asked('inspect.trace')).toHaveLength(READ_AT_ONCE)
    expect(asked('inspect.gradients')[0]).toEqual({ run: 'r0', step: 7, text: 'abca', skipUnknown: false, at: 3 })
    expect([found.value.size, left.value]).toEqual([READ_AT_ONCE, 2])
    readMore()
    await settle()
    expect(asked('inspect.trace')).toHaveLength(READ_AT_ONCE + 2)
    expect([found.value.size, left.value]).toEqual([READ_AT_ONCE + 2, 0])
  })

  it('say in their place why they cannot read, and hold nobody up', async () => {
    const details = [detailOf('bare', { modelStep: null }), detailOf('other'), detailOf('window'), detailOf('good')]
    const { asked, found } = open(details, {
      trace: async (input) => {
        if ('run' in input && input.run === 'other') throw new LabError('E_SYMBOLS_UNKNOWN', { symbols: 'c' })
        return createTrace()
      },
      gradients: async (input) => {
        if ('run' in input && input.run === 'window') throw new LabError('E_NO_RECURRENCE', { cell: 'window' })
        return REPORT
      },
    })
    await settle()
    expect(asked('inspect.trace')).toHaveLength(3)
    expect(found.value.get('bare')?.refusal?.code).toBe('E_RUN_NO_MODEL')
    expect(found.value.get('other')?.refusal?.code).toBe('E_SYMBOLS_UNKNOWN')
    expect(found.value.get('window')).toMatchObject({
      refusal: null,
      gradients: null,
      gradientRefusal: { code: 'E_NO_RECURRENCE' },
    })
    expect(found.value.get('window')?.trace).not.toBeNull()
    expect(found.value.get('good')?.gradients).toEqual(REPORT)
  })

  it('begin anew with a newer text; what an older one found is not shown', async () => {
    const answers: ((trace: Trace) => void)[] = []
    const { asked, found, text } = open([detailOf('a'), detailOf('b')], {
      trace: () => new Promise((resolve) => answers.push(resolve)),
      gradients: async () => REPORT,
    })
    await settle()
    text.value = 'ab'
    await settle()
    answers[0](createTrace())
    await settle()
    expect(found.value.size).toBe(0)
    answers[1](createTrace())
    await settle()
    expect(asked('inspect.trace').map((input) => (input as { text: string }).text)).toEqual(['abca', 'ab', 'ab'])
    expect([...found.value.keys()]).toEqual(['a'])
  })

  it('have the text in common that most of them watched, of equals the first', () => {
    const watched = ['tide', null, 'sea', 'sea', 'tide', 'lamp'].map((probe, i) => detailOf(`r${i}`, { probe }))
    expect(commonText(watched)).toBe('tide')
    expect(commonText(watched.slice(1))).toBe('sea')
    expect(commonText([detailOf('a')])).toBe('')
  })
})

describe('tables', () => {
  it('of states hold the top layer, a row a run and step', () => {
    const trace = createTrace({
      model: { ...createTrace().model, layers: 2 },
      tokens: ['a', 'b'],
      hidden: Float32Array.of(1, 2, 0.25, -0.5, 3, 4, 0.75, -1),
    })
    const { header, rows } = statesTable([
      { run: 'x', name: '1 x', trace },
      {
        run: 'y',
        name: '2 y',
        trace: createTrace({
          model: { ...createTrace().model, hidden: 3 },
          tokens: ['a'],
          hidden: Float32Array.of(0, 1, -1),
        }),
      },
    ])
    expect(header).toEqual(['run', 'name', 'step', 'token', 'unit 1', 'unit 2', 'unit 3'])
    expect([...rows]).toEqual([
      ['x', '1 x', 1, 'a', 0.25, -0.5, null],
      ['x', '1 x', 2, 'b', 0.75, -1, null],
      ['y', '2 y', 1, 'a', 0, 1, -1],
    ])
  })

  it('of gradients hold a column a run, as long as the longest', () => {
    const short = { total: [Float64Array.of(2)] } as unknown as GradientReport
    const { header, rows } = gradientsTable([
      { run: 'x', gradients: REPORT },
      { run: 'y', gradients: short },
    ])
    expect(header).toEqual(['lag', 'x', 'y'])
    expect([...rows]).toEqual([
      [0, 1, 2],
      [1, 0.5, null],
      [2, 0.25, null],
    ])
  })
})
