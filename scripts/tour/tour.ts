/**
 * The guided tour: the real app, driven through the main job of each room on what comes with the lab, leaving numbered
 * screenshots and a report in tour/. It ends with 1 and one sentence when something did not happen that should have.
 */
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { launchApp } from './launch-app.ts'
import type { LaunchedApp } from './launch-app.ts'
import { inspectStep } from './steps/inspect.ts'
import { inspectViewsStep } from './steps/inspect-views.ts'
import { otherLooksStep } from './steps/other-looks.ts'
import { recallStep } from './steps/recall.ts'
import { recallMoreStep } from './steps/recall-more.ts'
import { runsStep } from './steps/runs.ts'
import { trainStep } from './steps/train.ts'
import { trainCellsStep } from './steps/train-cells.ts'
import type { Tour, TourStep } from './tour-step.ts'

const folder = resolve(import.meta.dirname, '../../tour')
const STEPS: readonly TourStep[] = [
  recallStep,
  recallMoreStep,
  trainStep,
  inspectStep,
  inspectViewsStep,
  runsStep,
  trainCellsStep,
  otherLooksStep,
]

function createTour(lab: LaunchedApp, lines: string[]): Tour {
  let pictures = 0
  return {
    ...lab,
    picture: async (name) => {
      pictures += 1
      const file = `${String(pictures).padStart(2, '0')}-${name}.png`
      await lab.page.screenshot({ path: join(folder, file) })
      lines.push(`- \`${file}\``)
    },
    note: (line) => void lines.push(`- ${line}`),
  }
}

async function walk(): Promise<void> {
  const started = performance.now()
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true })
  const lines = ['# The tour', '']
  const lab = await launchApp()
  const opened = ((performance.now() - started) / 1000).toFixed(1)
  lines.push(`The window was there after ${opened} s.`, '')
  process.stdout.write(`The window was there after ${opened} s.\n`)
  try {
    const tour = createTour(lab, lines)
    for (const step of STEPS) {
      const begun = performance.now()
      lines.push(`## ${step.title}`, '')
      await step.walk(tour)
      lines.push('')
      process.stdout.write(`${step.title}: ${((performance.now() - begun) / 1000).toFixed(1)} s\n`)
    }
    if (lab.complaints.length > 0) throw new Error(`the page complained: ${lab.complaints.join('; ')}`)
  } finally {
    await writeFile(join(folder, 'report.md'), `${lines.join('\n').trimEnd()}\n`)
    await lab.close()
  }
  process.stdout.write('The pictures and the report are in tour/.\n')
}

walk().catch((error: unknown) => {
  const message = error instanceof Error ? error.message : String(error)
  process.stderr.write(`error: the tour stopped: ${message.split('\n')[0]}; what it saw is in tour/.\n`)
  if (process.env.ENGRAM_DEBUG === '1') process.stderr.write(`${message}\n`)
  process.exitCode = 1
})
