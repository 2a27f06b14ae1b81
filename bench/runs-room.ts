/**
 * The Runs room in the built app's window over 10,000 runs and one of a million points: how long from a click or a letter
 * to the frame that shows its answer, and how long the main process was held meanwhile. Needs `npm run build`.
 *
 *     npm run bench -- runs-room [RUNS] [FOLDER]
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { ElectronApplication, Page } from 'playwright'
import { launchApp } from '../scripts/tour/launch-app.ts'
import type { LaunchedApp } from '../scripts/tour/launch-app.ts'
import { openMadeDatabase } from './runs/made-database'

const words = process.argv.slice(2)
const RUNS = Number(words[0] ?? 10_000)
const kept = words[1] === undefined ? null : resolve(words[1])
const folder = kept ?? mkdtempSync(join(tmpdir(), 'engram-room-'))
const OPENINGS = 3
const TURNS = 5
const FILTERS = [
  'cell:lstm hidden>=128',
  'learningRate>0.002 seed:3',
  'tag:"night run" (cell:gru OR cell:lstm)',
  'gru',
  'seed:2',
]
const SETTLE_MS = 3000

/** What is done in the page, and how it is known from the page that its answer is there. */
interface Deed {
  readonly click?: string
  readonly text?: string
  readonly shows: string
  readonly tells?: string
}

/** Milliseconds from what is done to the end of the frame that shows what is waited for. */
function timeToFrame(page: Page, deed: Deed): Promise<number> {
  return page.evaluate(
    ({ click, text, shows, tells }) =>
      new Promise<number>((done, fail) => {
        const isThere = (): boolean => {
          const found = document.querySelector(shows)
          return found !== null && (tells === undefined || (found.textContent ?? '').includes(tells))
        }
        const begun = performance.now()
        if (click !== undefined) document.querySelector<HTMLElement>(click)?.click()
        if (text !== undefined) {
          const field = document.querySelector<HTMLInputElement>('input[role=combobox]')
          if (field) {
            field.value = text
            field.dispatchEvent(new InputEvent('input', { bubbles: true }))
          }
        }
        const look = (): void => {
          if (performance.now() - begun > 30_000) return fail(new Error(`${shows} did not come`))
          if (!isThere()) return void requestAnimationFrame(look)
          const channel = new MessageChannel()
          channel.port1.onmessage = () => done(performance.now() - begun)
          channel.port2.postMessage(null)
        }
        requestAnimationFrame(look)
      }),
    deed,
  )
}

/** Of `node:perf_hooks`, in nanoseconds. */
interface LoopDelay {
  readonly max: number
  enable(): boolean
  disable(): boolean
  percentile(share: number): number
}

/** Watches the main process's loop until it is asked how long it was held. */
async function watchMain(app: ElectronApplication): Promise<() => Promise<string>> {
  const watched = await app.evaluateHandle(() => {
    const hooks = process.mainModule?.require('node:perf_hooks') as {
      monitorEventLoopDelay: (options: { readonly resolution: number }) => LoopDelay
    }
    const delay = hooks.monitorEventLoopDelay({ resolution: 1 })
    delay.enable()
    return delay
  })
  return () =>
    watched.evaluate((delay) => {
      delay.disable()
      const at = (share: number): string => (delay.percentile(share) / 1e6).toFixed(1)
      return `p50 ${at(50)}  p99 ${at(99)}  max ${(delay.max / 1e6).toFixed(1)} ms`
    })
}

const tell = (name: string, text: string): void => void process.stdout.write(`${name.padEnd(52)} ${text}\n`)
const show = (times: readonly number[]): string => {
  const sorted = [...times].sort((a, b) => a - b)
  return `${sorted[Math.floor(sorted.length / 2)].toFixed(0)} ms  (${times.map((time) => time.toFixed(0)).join(', ')})`
}

async function repeatedly(work: () => Promise<number>): Promise<number[]> {
  const times: number[] = []
  for (let turn = 0; turn < TURNS; turn++) times.push(await work())
  return times
}

/** What the head of the room says once a filter's answer is there. */
async function countOf(page: Page, filter: string): Promise<string> {
  const count = await page.evaluate(async (text) => {
    const { lab } = window as unknown as {
      lab: { runs: { browse: (query: unknown) => Promise<{ value: { count: number } }> } }
    }
    const query = { place: 'kept', sort: { key: 'created', descending: true }, group: null, atStep: null, rows: 0 }
    return (await lab.runs.browse({ ...query, filter: text })).value.count
  }, filter)
  return `${count.toLocaleString('en')} runs`
}

/** Tells how long something takes, and how long the main process was held meanwhile. */
async function measure(app: ElectronApplication, name: string, work: () => Promise<number[]>): Promise<void> {
  const held = await watchMain(app)
  const times = await work()
  tell(name, `${show(times)}  main process ${await held()}`)
}

async function measureFilters({ app, page }: LaunchedApp, how: string): Promise<void> {
  const all = await countOf(page, '')
  for (const filter of FILTERS) {
    const found = await countOf(page, filter)
    await measure(app, `filter ${filter}${how}`, () =>
      repeatedly(async () => {
        const time = await timeToFrame(page, { text: filter, shows: HEAD, tells: found })
        await timeToFrame(page, { text: '', shows: HEAD, tells: all })
        return time
      }),
    )
  }
}

async function compareTwenty(page: Page): Promise<number> {
  await page.locator(ROW).first().click()
  await page.locator(`${ROW}[aria-current=true]:focus`).waitFor()
  for (let more = 1; more < 20; more++) await page.keyboard.press('Shift+ArrowDown')
  await page.getByText('20 selected').waitFor()
  const button = page.getByRole('button', { name: 'Compare', exact: true })
  await button.evaluate((element) => (element.id = 'bench-compare'))
  const deed = { click: '#bench-compare', shows: 'table[aria-label="Values at the cursor"] tbody tr:nth-child(20)' }
  const time = await timeToFrame(page, deed)
  await page.keyboard.press('Escape')
  await page.locator(ROW).first().waitFor()
  return time
}

const HEAD = 'main header .note'
const ROW = 'tr[data-run]'

async function openRoom(isLast: boolean): Promise<number> {
  const lab = await launchApp({ dataDirectory: folder, root: resolve(import.meta.dirname, '..') })
  const { app, page } = lab
  try {
    for (const name of ['Recall', 'Runs']) {
      const button = page.getByRole('navigation').getByRole('button', { name })
      await button.evaluate((element, id) => (element.id = id), `bench-${name}`)
    }
    await page.locator('#bench-Recall').click()
    await page.waitForTimeout(SETTLE_MS)
    if (isLast)
      await measure(app, 'nothing done', async () => [await page.waitForTimeout(SETTLE_MS).then(() => SETTLE_MS)])
    const held = await watchMain(app)
    const time = await timeToFrame(page, { click: '#bench-Runs', shows: ROW })
    if (!isLast) return time
    tell('the room opened', `main process ${await held()}`)
    const whole = await watchMain(app)
    await measure(app, 'the room come back to', () =>
      repeatedly(async () => {
        await timeToFrame(page, { click: '#bench-Recall', shows: '#bench-Recall[aria-current=page]' })
        return timeToFrame(page, { click: '#bench-Runs', shows: ROW })
      }),
    )
    await measureFilters(lab, '')
    await measure(app, '20 runs compared, to their curves', () => repeatedly(() => compareTwenty(page)))
    await page.getByRole('combobox', { name: 'Group' }).selectOption('setting')
    await measureFilters(lab, ', grouped')
    tell('all this', `main process ${await whole()}`)
    return time
  } finally {
    await lab.close()
  }
}

try {
  openMadeDatabase(folder, RUNS).db.close()
  tell('load', loadavg()[0].toFixed(1))
  const opened: number[] = []
  for (let turn = 1; turn <= OPENINGS; turn++) opened.push(await openRoom(turn === OPENINGS))
  tell('the room opened after a start, to its first row', show(opened))
  tell('load', loadavg()[0].toFixed(1))
} finally {
  if (kept === null) rmSync(folder, { recursive: true, force: true })
}
