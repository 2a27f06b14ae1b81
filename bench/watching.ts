/**
 * What looking on costs: the same training from the command line and in the app with every live view of the Train room
 * open and a hand on the pointer, in turns. It prints the ratio of their speeds, the time between animation frames, and
 * how long it takes from an input to the frame that answers it; then the same for a curve of a million points that is
 * zoomed and moved. Needs `npm run build`.
 *
 *     npm run bench -- watching [SECONDS] [ROUNDS]
 */
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { Page } from 'playwright'
import { launchApp } from '../scripts/tour/launch-app.ts'
import type { LaunchedApp } from '../scripts/tour/launch-app.ts'
import { startWorkClock, summarise } from './frames'
import { startThreadClock } from './watching/thread-clock'
import { addLongRun } from './watching/long-run'

const ROOT = resolve(import.meta.dirname, '..')
const CLI = join(ROOT, 'out/main/cli.cjs')
const TEXT = join(ROOT, 'scripts/texts/stories/rhymes.en.txt')
const seconds = Number(process.argv[2]) || 15
const rounds = Number(process.argv[3]) || 3
const SETTING = {
  cell: 'lstm',
  hidden: 128,
  batch: 16,
  sequence: 48,
  workers: 1,
  steps: 10_000_000,
  validateEvery: 500,
} as const

interface Speed {
  /** Steps a second of wall time. */
  readonly speed: number
  /** Steps a second of the processor time of the thread that trains, which others on the machine don't touch. */
  readonly alone: number
}

/** From the command line, from its first step to the signal that ends it, by the app's kernel without joined vectors. */
async function measureCommandLine(directory: string, kernel: string): Promise<Speed> {
  const options = Object.entries(SETTING).map(([name, value]) => {
    return `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}=${value}`
  })
  const child = spawn(
    process.execPath,
    [CLI, 'train', '--corpus', TEXT, ...options, `--kernel=${kernel}`, '--json', '--data-dir', directory],
    { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ENGRAM_WIDE_VECTORS: 'off' } },
  )
  let [answer, told, begun] = ['', '', 0]
  let worked: (() => number) | null = null
  let work = 0
  child.stdout.on('data', (data) => (answer += String(data)))
  child.stderr.on('data', (data) => {
    told += String(data)
    if (begun !== 0 || !told.includes('run ')) return
    begun = performance.now()
    worked = startThreadClock(child.pid ?? 0)
    setTimeout(() => {
      work = worked?.() ?? NaN
      child.kill('SIGINT')
    }, seconds * 1000)
  })
  await new Promise((done) => child.once('close', done))
  const took = (performance.now() - begun) / 1000
  const { steps } = JSON.parse(answer) as { steps: number }
  return { speed: steps / took, alone: steps / work }
}

interface LabCalls {
  readonly [group: string]: Readonly<Record<string, (input: unknown) => Promise<{ ok: boolean; value: never }>>>
}

function call<Value>(page: Page, name: string, input: unknown): Promise<Value> {
  return page.evaluate(
    async ({ name: asked, input: given }) => {
      const [group, member] = asked.split('.')
      const answer = await (window as unknown as { lab: LabCalls }).lab[group][member](given)
      if (!answer.ok) throw new Error(`${asked}: ${JSON.stringify(answer)}`)
      return answer.value
    },
    { name, input },
  )
}

/** Collects, in the page, the time between frames and from each input to the frame after it, until it is asked for them. */
async function watchFrames(page: Page): Promise<() => Promise<{ frames: number[]; answers: number[] }>> {
  await page.evaluate(() => {
    const found = { frames: [] as number[], answers: [] as number[], isOver: false }
    Object.assign(window, { found })
    let before: number | null = null
    const look = (now: number): void => {
      if (before !== null) found.frames.push(now - before)
      before = now
      if (!found.isOver) requestAnimationFrame(look)
    }
    requestAnimationFrame(look)
    const answered = (event: Event): void => {
      // A task after the frame's own: what the input changed is drawn.
      requestAnimationFrame(() => {
        const channel = new MessageChannel()
        channel.port1.onmessage = () => found.answers.push(performance.now() - event.timeStamp)
        channel.port2.postMessage(null)
      })
    }
    for (const type of ['pointermove', 'click', 'wheel']) window.addEventListener(type, answered, { capture: true })
  })
  return () =>
    page.evaluate(() => {
      const { found } = window as unknown as {
        found: { frames: number[]; answers: number[]; isOver: boolean }
      }
      found.isOver = true
      return { frames: found.frames, answers: found.answers }
    })
}

/** A hand over the curve and the hidden states, and a click on the loss's unit every other second. */
async function moveAbout(page: Page, until: number): Promise<void> {
  const units = ['Bits', 'Perplexity', 'Nats']
  for (let turn = 0; performance.now() < until; turn++) {
    const angle = turn / 20
    await page.mouse.move(500 + 250 * Math.cos(angle), 420 + 260 * Math.sin(angle))
    if (turn % 100 === 99) await page.getByRole('radio', { name: units[Math.floor(turn / 100) % 3] }).click()
    await page.waitForTimeout(12)
  }
}

/** A wheel over the curve, in and out, and then the curve dragged along. */
async function zoomAbout(page: Page, until: number): Promise<void> {
  await page.mouse.move(480, 250)
  for (let turn = 0; performance.now() < until; turn++) {
    if (turn % 120 < 30) await page.mouse.wheel(0, -60)
    else if (turn % 120 < 60) await page.mouse.wheel(turn % 2 === 0 ? 80 : -40, 0)
    else if (turn % 120 < 90) await page.mouse.wheel(0, 60)
    else await page.mouse.move(300 + (turn % 30) * 10, 250)
    await page.waitForTimeout(12)
  }
}

interface Looked extends Speed {
  readonly line: string
}

async function look(
  { app, page }: LaunchedApp,
  run: string | null,
  hand: (until: number) => Promise<void>,
): Promise<Looked> {
  const stepsOf = async (): Promise<number> =>
    run === null ? 0 : (await call<{ steps: number }>(page, 'runs.show', { run })).steps
  const finish = await watchFrames(page)
  const worked = await startWorkClock(page)
  const trained = startThreadClock(app.process().pid ?? 0)
  const [started, first, before] = [performance.now(), await stepsOf(), (await worked()).all]
  await hand(started + seconds * 1000)
  const [steps, took, work] = [
    (await stepsOf()) - first,
    (performance.now() - started) / 1000,
    (await worked()).all - before,
  ]
  const alone = steps / trained()
  const { frames, answers } = await finish()
  const line = [
    `frames ${summarise(frames)}`,
    `input to its frame ${summarise(answers)}`,
    `page's work ${(work / Math.max(1, frames.length)).toFixed(1)} ms a frame`,
    `load ${loadavg()[0].toFixed(1)}`,
  ].join('  ')
  return { speed: steps / took, alone, line }
}

const speeds = (name: string, { speed, alone }: Speed): string =>
  `${name} ${speed.toFixed(1)} steps/s (${alone.toFixed(1)} of its own time)`

const directory = mkdtempSync(join(tmpdir(), 'engram-watching-'))
process.once('exit', () => rmSync(directory, { recursive: true, force: true }))
const lab = await launchApp({ root: ROOT })
try {
  const { page } = lab
  const [sample] = await call<{ id: string }[]>(page, 'corpora.samples', {})
  const { token, probe } = await call<{ token: string; probe: string }>(page, 'corpora.openSample', { id: sample.id })
  const started = { corpora: [token], encoding: 'auto', configuration: SETTING, name: 'watched', probe }
  const { run, kernel } = await call<{ run: string; kernel: string }>(page, 'training.start', started)
  await call(page, 'settings.change', { room: 'train', run })
  await page.reload()
  await page.getByText('What it writes now').waitFor()
  await call(page, 'training.pause', { run })
  process.stdout.write(`lstm 128, batch 16, sequence 48, one worker; ${seconds} s a turn; kernel here ${kernel}\n`)
  for (let round = 1; round <= rounds; round++) {
    const alone = await measureCommandLine(directory, kernel)
    await call(page, 'training.resume', { run })
    const watched = await look(lab, run, (until) => moveAbout(page, until))
    await call(page, 'training.pause', { run })
    process.stdout.write(
      `${round}: ${speeds('command line', alone)}, ${speeds('watched', watched)}, ` +
        `ratio ${(watched.speed / alone.speed).toFixed(3)} of wall time, ` +
        `${(watched.alone / alone.alone).toFixed(3)} of the thread's own  ${watched.line}\n`,
    )
  }
  await call(page, 'training.stop', { run })
} finally {
  await lab.close()
}

const long = addLongRun(join(directory, 'long'))
const other = await launchApp({ root: ROOT, dataDirectory: long.directory })
try {
  const { page } = other
  await call(page, 'settings.change', { room: 'train', run: long.run })
  await page.reload()
  await page.getByText('What it writes now').waitFor()
  await page.waitForTimeout(2000)
  const { line } = await look(other, null, (until) => zoomAbout(page, until))
  process.stdout.write(`a curve of a million points, zoomed and moved: ${line}\n`)
} finally {
  await other.close()
}
