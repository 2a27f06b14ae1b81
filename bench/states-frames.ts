/**
 * How evenly the hidden states of a long text are scrolled: 10,000 characters by the 512 units of an LSTM, in the built app's
 * window (a virtual display where there is none), and the time between one animation frame and the next while the picture
 * moves. Beside it what the page's own thread worked for a frame: with that far below the interval, a late frame was the
 * machine's. Needs `npm run build`.
 *
 *     npm run bench -- states-frames [FRAMES]
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Page } from 'playwright'
import { launchApp } from '../scripts/tour/launch-app.ts'
import { runProgram } from './child'
import { describeFrames, startWorkClock } from './frames'

const CHARACTERS = 10_000
const UNITS = 512
const frames = Math.max(300, Number(process.argv[2]) || 0)
/** CSS pixels a frame: a quick hand. */
const SPEED = 37

const folder = mkdtempSync(join(tmpdir(), 'engram-frames-'))
process.once('exit', () => rmSync(folder, { recursive: true, force: true }))

const LETTERS = 'abcdefghij klmnop'
const textOf = (length: number): string =>
  Array.from({ length }, (_, i) => LETTERS[(i * i + (i >> 4)) % LETTERS.length]).join('')

/** A network that has hardly learnt: how fast it is read and drawn doesn't depend on what it knows. */
async function train(): Promise<string> {
  const text = join(folder, 'text.txt')
  writeFileSync(text, textOf(2 * CHARACTERS))
  const network = ['--cell', 'lstm', '--hidden', String(UNITS), '--layers', '1', '--steps', '1', '--batch', '2']
  const words = [
    'train',
    '--corpus',
    text,
    ...network,
    '--sequence',
    '8',
    '--workers',
    '1',
    '--json',
    '--data-dir',
    folder,
  ]
  const told = await runProgram(process.execPath, [resolve('out/main/cli.cjs'), ...words], {})
  const last = told.trim().split('\n').at(-1) ?? ''
  return (JSON.parse(last) as { run: string }).run
}

/** @returns milliseconds until the picture is there */
async function open(page: Page, run: string): Promise<number> {
  const fields = new URLSearchParams({ run, view: 'hidden', text: textOf(CHARACTERS), step: '1', layer: '1' })
  await page.evaluate(async (address) => {
    const { lab } = window as unknown as {
      lab: {
        drafts: { write: (input: unknown) => Promise<{ ok: boolean }> }
        settings: { change: (input: unknown) => Promise<unknown> }
      }
    }
    const kept = await lab.drafts.write({ key: 'inspect', value: address })
    if (!kept.ok) throw new Error('the place was not kept')
    await lab.settings.change({ room: 'inspect' })
  }, `#/inspect?${fields.toString()}`)
  const started = performance.now()
  await page.reload()
  await page.getByRole('img', { name: /^Hidden state h/ }).waitFor({ timeout: 120_000 })
  return performance.now() - started
}

/** Milliseconds between frames while the picture moves to and fro. */
function scroll(page: Page, count: number): Promise<number[]> {
  return page.evaluate(
    ([wanted, speed]) =>
      new Promise<number[]>((done) => {
        const scroller = document.querySelector<HTMLElement>('[role=img][aria-label^="Hidden state h"]')
        if (!scroller) throw new Error('there is no picture')
        const found: number[] = []
        let before: number | null = null
        let way: number = speed
        const look = (now: number): void => {
          if (before !== null) found.push(now - before)
          before = now
          const place = scroller.scrollLeft
          scroller.scrollLeft += way
          if (scroller.scrollLeft === place) way = -way
          if (found.length >= wanted) done(found)
          else requestAnimationFrame(look)
        }
        requestAnimationFrame(look)
      }),
    [count, SPEED] as const,
  )
}

const run = await train()
const sizes = [
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
]
process.stdout.write(`LSTM of ${UNITS} units, ${CHARACTERS} characters, ${frames} frames each\n`)
for (const size of sizes) {
  const lab = await launchApp({ root: resolve(import.meta.dirname, '..'), dataDirectory: folder, size })
  try {
    const seconds = (await open(lab.page, run)) / 1000
    process.stdout.write(`${size.width} × ${size.height}: seen after ${seconds.toFixed(1)} s\n`)
    for (const zoom of ['2', '6', '14']) {
      await lab.page.getByRole('combobox', { name: 'Width of a time step' }).selectOption(zoom)
      await scroll(lab.page, 60) // compiled before it is timed
      const worked = await startWorkClock(lab.page)
      const before = await worked()
      const found = await scroll(lab.page, frames)
      const after = await worked()
      const of = (name: keyof typeof after): string => ((after[name] - before[name]) / found.length).toFixed(1)
      const work = `${of('all')} (script ${of('script')}, styles and layout ${of('layout')})`
      process.stdout.write(`${describeFrames(`${zoom} pixels a step`, found, work)}\n`)
    }
  } finally {
    await lab.close()
  }
}
