/** The window's place, the menu, the languages and the log. */
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { MenuItemConstructorOptions } from 'electron'
import { describe, expect, it } from 'vitest'
import { openLog } from '../../src/main/life/log-file'
import { menuTemplate } from '../../src/main/menu/menu-template'
import { languageOf, TEXTS } from '../../src/main/texts'
import { fitWindow, LEAST, readWindowState, writeWindowState } from '../../src/main/window/window-state'
import type { Box } from '../../src/main/window/window-state'
import { MENU_COMMANDS } from '../../src/shared'
import { temporaryDirectory } from '../lab/support/temporary'

const MAIN: Box = { x: 0, y: 25, width: 1920, height: 1055 }
const LEFT: Box = { x: -1600, y: 0, width: 1600, height: 900 }
const SMALL: Box = { x: 0, y: 0, width: 800, height: 600 }

function isInside({ x, y, width, height }: Box, area: Box): boolean {
  return x >= area.x && y >= area.y && x + width <= area.x + area.width && y + height <= area.y + area.height
}

describe('the window', () => {
  const at = (x: number, y: number, width = 1200, height = 700) => ({
    bounds: { x, y, width, height },
    isMaximized: false,
  })

  it.each([
    ['where it was', at(100, 100), [MAIN], MAIN, { x: 100, y: 100, width: 1200, height: 700 }],
    ['where it was on the other display', at(-1500, 50), [MAIN, LEFT], LEFT, { x: -1500, y: 50 }],
    ['in the middle of the main one once its display is gone', at(-1500, 50), [MAIN], MAIN, { x: 360, width: 1200 }],
    ['in the middle after it was kept while minimised', at(-32_000, -32_000), [MAIN], MAIN, { x: 360 }],
    ['pulled back from an edge', at(1700, 900), [MAIN], MAIN, { x: 720, y: 380 }],
    ['below a bar at the top', at(10, 0), [MAIN], MAIN, { y: 25 }],
    ['no larger than its display', at(0, 0, 5000, 5000), [MAIN], MAIN, { width: 1920, height: 1055 }],
    ['no smaller than it can be', at(300, 300, 1, 1), [MAIN], MAIN, { width: LEAST.width, height: LEAST.height }],
    ['on a display smaller than it can be', at(0, 0), [SMALL], SMALL, { width: 800, height: 600 }],
    ['in the middle at the first start', null, [MAIN, LEFT], MAIN, { x: 320, width: 1280, height: 800 }],
  ])('opens %s', (_what, state, areas, area, expected) => {
    const { bounds } = fitWindow(state, areas)
    expect(bounds).toMatchObject(expected)
    expect(isInside(bounds, area)).toBe(true)
  })

  it('stays maximised', () => {
    expect(fitWindow({ ...at(0, 100), isMaximized: true }, [MAIN]).isMaximized).toBe(true)
    expect(fitWindow(null, [MAIN]).isMaximized).toBe(false)
  })

  it('keeps its place in a file, and takes nonsense for none', () => {
    const file = join(temporaryDirectory(), 'window.json')
    expect(readWindowState(file)).toBeNull()
    writeWindowState(file, at(1, 2))
    expect(readWindowState(file)).toEqual(at(1, 2))
    const place = '"x":0,"y":0,"width":9,"height":'
    for (const nonsense of [
      '',
      '{',
      'null',
      '[]',
      '{"bounds":{}}',
      `{"bounds":{${place}1e999},"isMaximized":false}`,
      `{"bounds":{${place}"9"},"isMaximized":false}`,
      `{"bounds":{${place}9.5},"isMaximized":false}`,
    ]) {
      writeFileSync(file, nonsense)
      expect(readWindowState(file)).toBeNull()
    }
  })
})

type Item = MenuItemConstructorOptions
const nothing = {
  command: () => undefined,
  openData: () => undefined,
  openLogs: () => undefined,
  quit: () => undefined,
}
const allItems = (items: readonly Item[]): Item[] =>
  items.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? allItems(item.submenu) : [])])

describe.each(['en', 'ko'] as const)('the menu in %s', (language) => {
  const texts = TEXTS[language]

  it.each(['linux', 'win32', 'darwin'] as const)('on %s names every item and gives no key twice', (platform) => {
    const items = allItems(menuTemplate(texts, platform, nothing))
    const named = items.filter(({ type, role }) => type !== 'separator' && role !== 'appMenu')
    expect(named.length).toBeGreaterThan(25)
    expect(named.filter(({ label }) => !label)).toEqual([])
    const keys = items.flatMap(({ accelerator }) => (accelerator ? [String(accelerator)] : []))
    expect(new Set(keys).size).toBe(keys.length)
    expect(items.some(({ role }) => role === 'toggleDevTools' || role === 'reload')).toBe(false)
  })

  it('carries out every command there is, each once', () => {
    const told: string[] = []
    const items = allItems(menuTemplate(texts, 'linux', { ...nothing, command: (command) => void told.push(command) }))
    for (const { click } of items) (click as (() => void) | undefined)?.()
    expect(told.sort()).toEqual([...MENU_COMMANDS].sort())
  })
})

describe('the sentences of main', () => {
  it('are all there in both languages, and none is empty', () => {
    expect(Object.keys(TEXTS.ko).sort()).toEqual(Object.keys(TEXTS.en).sort())
    for (const texts of Object.values(TEXTS))
      expect(Object.values(texts).every((text) => text.trim() !== '')).toBe(true)
  })

  it.each([
    ['system', 'ko-KR', 'ko'],
    ['system', 'en-GB', 'en'],
    ['system', 'fr', 'en'],
    ['ko', 'en-US', 'ko'],
    ['en', 'ko', 'en'],
  ] as const)('for setting %s and locale %s are in %s', (setting, locale, expected) => {
    expect(languageOf(setting, locale)).toBe(expected)
  })
})

describe('the log', () => {
  it('has a line for each thing, with its time, in order', async () => {
    const log = openLog(join(temporaryDirectory(), 'logs'))
    for (let i = 0; i < 20; i++) log.write(`line ${i}`)
    await log.flushed()
    const lines = readFileSync(join(log.folder, 'lab.log'), 'utf8').trimEnd().split('\n')
    expect(lines.map((line) => line.replace(/^\d{4}-\d\d-\d\dT[\d:.]+Z /, ''))).toEqual(
      Array.from({ length: 20 }, (_, i) => `line ${i}`),
    )
  })

  it('is kept in five files of about a mebibyte', async () => {
    const log = openLog(join(temporaryDirectory(), 'logs'))
    const half = 'x'.repeat(600_000)
    for (let i = 0; i < 16; i++) log.write(`${i} ${half}`)
    await log.flushed()
    expect(readdirSync(log.folder).sort()).toEqual(['lab.log', 'lab.log.1', 'lab.log.2', 'lab.log.3', 'lab.log.4'])
    const sizes = readdirSync(log.folder).map((name) => statSync(join(log.folder, name)).size)
    expect(Math.max(...sizes)).toBeLessThan(2 * 1024 * 1024)
    const first = (name: string): string => readFileSync(join(log.folder, name), 'utf8').split(' ')[1]
    expect(['lab.log', 'lab.log.1', 'lab.log.4'].map(first)).toEqual(['14', '12', '6'])
  })

  it('that cannot be written stops nothing', async () => {
    const folder = join(temporaryDirectory(), 'logs')
    mkdirSync(join(folder, 'lab.log'), { recursive: true })
    const log = openLog(folder)
    log.write('lost')
    await log.flushed()
    expect(readdirSync(folder)).toEqual(['lab.log'])
  })
})
