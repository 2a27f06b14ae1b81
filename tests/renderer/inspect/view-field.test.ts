/** What a view remembers of itself goes into the room’s address, and comes back from there. */
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { effectScope, nextTick, ref } from 'vue'
import type { EffectScope } from 'vue'
import type {} from '../../../src/renderer/env'
import { useBridge } from '../../../src/renderer/bridge/lab'
import type { ViewFields } from '../../../src/renderer/rooms/inspect/inspect-address'
import { useInspectStore } from '../../../src/renderer/rooms/inspect/inspect.store'
import { stretchWords } from '../../../src/renderer/rooms/inspect/stretch'
import { counted, oneOf, share, useViewField } from '../../../src/renderer/rooms/inspect/use-view-field'
import type { FieldWords } from '../../../src/renderer/rooms/inspect/use-view-field'
import { historiesWords } from '../../../src/renderer/rooms/inspect/window/two-histories'
import type { RunDetail } from '../../../src/shared'
import { createFakeLab } from '../support/fake-lab'
import { createTrace } from './fixture'

let scope: EffectScope
beforeEach(() => {
  setActivePinia(createPinia())
  scope = effectScope()
  const lab = createFakeLab({
    runs: { show: async ({ run }) => ({ run, probe: 'abca', sample: null, configuration: null }) as RunDetail },
    inspect: {
      kept: async () => [],
      trace: async ({ text }) => createTrace({ tokens: [...text], probability: new Float32Array(text.length) }),
    },
  })
  useBridge(lab.bridge)
})
afterEach(() => {
  scope.stop()
  useBridge(null)
})

const ORDERS = ['index', 'peak', 'hand'] as const
const place = (fields: ViewFields, text = 'abca') =>
  ({ run: 'one', model: null, checkpoint: null, view: 'hidden', text, step: 0, layer: 0, fields }) as const

function inView() {
  const order = ref<(typeof ORDERS)[number]>('index')
  const unit = ref(0)
  scope.run(() => {
    useViewField('order', order, oneOf(ORDERS))
    useViewField('unit', unit, counted)
  })
  return { order, unit }
}

describe('a field of a view', () => {
  it('is written when it changes, and left out where it stands as at first', async () => {
    const inspect = useInspectStore()
    const { order, unit } = inView()
    order.value = 'hand'
    unit.value = 4
    await nextTick()
    expect(inspect.address.fields).toEqual({ order: 'hand', unit: '5' })
    order.value = 'index'
    await nextTick()
    expect(inspect.address.fields).toEqual({ unit: '5' })
  })

  it('is there when the view comes into sight', async () => {
    const inspect = useInspectStore()
    await inspect.open(place({ order: 'peak', unit: '3' }))
    const { order, unit } = inView()
    expect([order.value, unit.value]).toEqual(['peak', 2])
  })

  it('is taken from a link while the view is in sight; what the link leaves out stands as at first', async () => {
    const inspect = useInspectStore()
    const { order, unit } = inView()
    unit.value = 1
    await nextTick()
    await inspect.open(place({ order: 'peak' }))
    await nextTick()
    expect([order.value, unit.value]).toEqual(['peak', 0])
    await inspect.open(place({ order: 'nothing known' }))
    await nextTick()
    expect(order.value).toBe('peak')
  })

  it('that is about places of a text is forgotten with the text, and no other', async () => {
    const inspect = useInspectStore()
    await inspect.open(place({ unit: '3', stretch: '1-2' }))
    expect(inspect.fields).toEqual({ unit: '3', stretch: '1-2' })
    inspect.text = 'cab'
    await inspect.read('keep')
    expect(inspect.fields).toEqual({ unit: '3' })
  })
})

describe('the words of a field', () => {
  it.each<[FieldWords<never>, unknown, string]>([
    [counted, 11, '12'],
    [share(0.5), 0.25, '0.25'],
    [share(0.5), 1, '1'],
    [stretchWords, { from: 2, to: 7 }, '3-7'],
    [historiesWords, { first: '', second: 'b\n', shared: '다' }, '\u001fb\n\u001f다'],
  ] as unknown as [FieldWords<never>, unknown, string][])('%# come back', (words, value, said) => {
    expect(words.print(value as never)).toBe(said)
    expect(words.parse(said)).toEqual(value)
  })

  it.each<[FieldWords<never>, string]>([
    [counted, '0'],
    [counted, '1.5'],
    [share(0.5), '1.2'],
    [share(0.5), '-0'],
    [stretchWords, '7-3'],
    [stretchWords, '0-3'],
    [historiesWords, 'a\u001fb'],
    [oneOf(ORDERS), 'x'],
  ] as unknown as [FieldWords<never>, string][])('%# are refused: %j', (words, said) => {
    expect(words.parse(said)).toBeNull()
  })
})
