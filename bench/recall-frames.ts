/**
 * How evenly a recall of 65,536 neurons with a hundred patterns is drawn: the built app in its window (a virtual display
 * where there is none), and the time between one animation frame and the next while the recall plays. Beside it the load of
 * the machine, and the processor time that the page's thread took for a frame: with that far below the interval, a late frame was
 * the machine's. Needs `npm run build`.
 *
 *     npm run bench -- recall-frames [FRAMES]
 */
import { resolve } from 'node:path'
import type { Page } from 'playwright'
import { launchApp } from '../scripts/tour/launch-app.ts'
import { describeFrames, startWorkClock } from './frames'

const SIDE = 256
const PATTERNS = 100
const LEAST_FRAMES = 600
const frames = Math.max(LEAST_FRAMES, Number(process.argv[2]) || 0)

interface Case {
  readonly name: string
  readonly temperature: number
  readonly width: number
  readonly height: number
  /** Neurons a second; null: what the room chooses for this size. */
  readonly steps: number | null
}

/** The speed slider's steps back from its end, where a recall goes as fast as it can. */
const MILLION_STEPS = 1
const SMALL = { width: 1280, height: 800 }
const CASES: readonly Case[] = [
  { name: 'temperature 0, the speed it begins with', temperature: 0, steps: null, ...SMALL },
  { name: 'temperature 0.3, the speed it begins with', temperature: 0.3, steps: null, ...SMALL },
  { name: 'temperature 0.3, a million neurons/s', temperature: 0.3, steps: MILLION_STEPS, ...SMALL },
  { name: 'the same at 1920 × 1080', temperature: 0.3, steps: MILLION_STEPS, width: 1920, height: 1080 },
]

/** Puts the patterns into the database and onto the table, all stored, with half of the first as the cue. */
async function layOut(page: Page, temperature: number): Promise<void> {
  await page.evaluate(
    async ({ side, count, heat }) => {
      let seed = 1
      const sign = (): string => {
        seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0
        return seed >>> 31 ? '#' : '.'
      }
      const rows = (): string[] => Array.from({ length: side }, () => Array.from({ length: side }, sign).join(''))
      const patterns = Array.from({ length: count }, (_, i) => ({ name: `random ${i + 1}`, rows: rows() }))
      const { lab } = window as unknown as {
        lab: {
          patterns: { save: (input: unknown) => Promise<{ ok: boolean; value: { id: string } }> }
          drafts: { write: (input: unknown) => Promise<{ ok: boolean }> }
          settings: { change: (input: unknown) => Promise<unknown> }
        }
      }
      const set = { width: side, height: side, patterns }
      const { value } = await lab.patterns.save({ id: null, title: 'random', set })
      const cue = patterns[0].rows.map((row, i) => (i < side / 2 ? row : '.'.repeat(side)))
      const board = { cue, origin: patterns[0].name, shelf: [], on: patterns.map(({ name }) => name) }
      const settings = { temperature: heat, maxSweeps: 256 }
      const draft = { version: 1, set: value.id, settings, boards: { [value.id]: board } }
      const kept = await lab.drafts.write({ key: 'recall', value: JSON.stringify(draft) })
      if (!kept.ok) throw new Error('the drawing was not kept')
      await lab.settings.change({ room: 'recall' })
    },
    { side: SIDE, count: PATTERNS, heat: temperature },
  )
  await page.reload()
  await page.getByText('65,536 neurons').waitFor()
}

/** Milliseconds between frames while it plays; a recall that ends begins again, and what lies between doesn't count. */
function intervals(page: Page, count: number): Promise<number[]> {
  return page.evaluate(
    (wanted) =>
      new Promise<number[]>((done) => {
        const found: number[] = []
        const button = document.querySelector<HTMLButtonElement>('main button.primary')
        let before: number | null = null
        let wasPlaying = false
        let resting = 0
        const look = (now: number): void => {
          const isPlaying = button?.textContent.trim() === 'Pause'
          if (isPlaying && wasPlaying && before !== null) found.push(now - before)
          resting = isPlaying ? 0 : resting + 1
          // A recall needs some frames to begin: it isn't asked for in each of them.
          if (resting % 1800 === 60) button?.click()
          before = now
          wasPlaying = isPlaying
          if (found.length >= wanted) done(found)
          else requestAnimationFrame(look)
        }
        requestAnimationFrame(look)
      }),
    count,
  )
}

async function measure(page: Page, { name, steps }: Case): Promise<string> {
  if (steps !== null) {
    await page.getByRole('slider', { name: 'Speed' }).focus()
    await page.keyboard.press('End')
    for (let step = 0; step < steps; step++) await page.keyboard.press('ArrowLeft')
  }
  await page.getByRole('main').getByRole('button', { name: 'Recall', exact: true }).click()
  await intervals(page, 60) // compiled before it is timed
  const worked = await startWorkClock(page)
  const { all: before } = await worked()
  const found = await intervals(page, frames)
  const work = ((await worked()).all - before) / found.length
  return describeFrames(name, found, work.toFixed(1))
}

process.stdout.write(`${SIDE} × ${SIDE} neurons, ${PATTERNS} patterns, ${frames} frames each\n`)
for (const one of CASES) {
  const { width, height } = one
  const lab = await launchApp({ root: resolve(import.meta.dirname, '..'), size: { width, height } })
  try {
    await layOut(lab.page, one.temperature)
    process.stdout.write(`${await measure(lab.page, one)}\n`)
  } finally {
    await lab.close()
  }
}
