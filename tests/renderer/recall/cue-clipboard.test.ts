/** Pasted cells: laid on the table, and told of where the grid is too small for them. */
import { createPinia, setActivePinia } from 'pinia'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type {} from '../../../src/renderer/env'
import { useBridge } from '../../../src/renderer/bridge/lab'
import { i18n } from '../../../src/renderer/i18n'
import { useCueClipboard } from '../../../src/renderer/rooms/recall/editor/use-cue-clipboard'
import { useRecallStore } from '../../../src/renderer/rooms/recall/recall.store'
import { useNoticesStore } from '../../../src/renderer/stores/notices.store'
import { createFakeLab } from '../support/fake-lab'

const EMPTY = ['....', '....', '....']
const SET = { width: 4, height: 3, patterns: [{ name: 'A', rows: EMPTY }] }

async function openTable() {
  const table = useRecallStore()
  await table.open()
  table.clear()
  const clipboard = useCueClipboard()
  const paste = (text: string): void =>
    clipboard.paste({ clipboardData: { files: [], getData: () => text } } as unknown as ClipboardEvent)
  const told = () => useNoticesStore().notices.map(({ text }) => text)
  const rows = () =>
    Array.from(table.drawn, (value) => (value > 0 ? '#' : '.'))
      .join('')
      .match(/.{4}/g)
  return { table, clipboard, paste, told, rows }
}

beforeEach(() => {
  vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener: () => undefined }))
  vi.stubGlobal('requestAnimationFrame', () => 0)
  vi.useFakeTimers()
  const sets = [{ id: 's', bundled: true, title: { en: 'S', ko: 'S' }, width: 4, height: 3, count: 1 }]
  const fake = createFakeLab({
    patterns: { sets: async () => sets, open: async () => SET },
    drafts: { read: async () => null, write: async () => null },
  })
  useBridge(fake.bridge)
  setActivePinia(createPinia())
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
  useBridge(null)
  i18n.global.locale.value = 'en'
})

describe('a pasted pattern', () => {
  it('that fits is laid down without a word', async () => {
    const { paste, told, rows } = await openTable()
    paste('####\n#..#\n####\n')
    await vi.waitFor(() => expect(rows()).toEqual(['####', '#..#', '####']))
    expect(told()).toEqual([])
  })

  it.each([
    ['#####\n', ['####', '....', '....'], '5 × 1'],
    ['#\n#\n#\n#\n', ['#...', '#...', '#...'], '1 × 4'],
  ])('of %j is cut off at the edge, and both sizes are told', async (text, expected, size) => {
    const { paste, told, rows } = await openTable()
    paste(text)
    await vi.waitFor(() => expect(rows()).toEqual(expected))
    expect(told()).toEqual([`The pasted pattern has ${size} cells, the grid 4 × 3: what did not fit was cut off.`])
  })

  it('that was copied from a larger grid is told of too, in the language in use', async () => {
    i18n.global.locale.value = 'ko'
    const { table, clipboard, told, rows } = await openTable()
    table.copied = { width: 5, height: 5, values: new Int8Array(25).fill(1) }
    clipboard.pasteCopied()
    expect(rows()).toEqual(['####', '####', '####'])
    expect(told()).toEqual(['붙여넣은 패턴은 5 × 5칸, 격자는 4 × 3칸입니다. 격자에 들어가지 않는 부분은 잘렸습니다.'])
  })
})
