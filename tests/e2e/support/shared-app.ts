/**
 * One app for the tests that are not about starting it. Between two of them it is brought back to what a fresh start on
 * other data shows: nothing runs, the settings are the first ones, the data are those of the next test, and the page is
 * loaded anew. An app that a test has closed or killed is replaced by a fresh one.
 */
import { cp, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { launchApp, resizeWindow } from '../../../scripts/tour/launch-app.ts'
import type { LaunchedApp } from '../../../scripts/tour/launch-app.ts'

const SIZE = { width: 1280, height: 800 }
/** An app that does not answer for so long is replaced. */
const SILENCE_MS = 20_000
const PAGE = 'app://lab/index.html'

interface Dialogs {
  readonly showOpenDialog: unknown
  readonly showSaveDialog: unknown
}

export class SharedApp {
  #lab: LaunchedApp | null = null

  /** @param from a closed data directory whose contents it holds; null: none */
  async open(from: string | null): Promise<LaunchedApp> {
    if (this.#lab !== null && !(await isUsable(this.#lab))) await this.close()
    if (this.#lab === null) {
      this.#lab = await launchApp()
      await keepDialogs(this.#lab)
      if (from === null) return this.#lab
    }
    await beginAgain(this.#lab, from)
    return this.#lab
  }

  async close(): Promise<void> {
    const lab = this.#lab
    this.#lab = null
    if (lab === null) return
    if (await isUsable(lab)) await lab.close()
    else lab.app.process().kill('SIGKILL')
  }
}

/** Its page answers, and it has one window. */
async function isUsable({ app, page }: LaunchedApp): Promise<boolean> {
  if (page.isClosed()) return false
  const answers = async (): Promise<boolean> => {
    const windows = await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().length)
    return windows === 1 && (await page.evaluate(() => window.lab !== undefined))
  }
  // Neither a page that hangs nor a process that is gone answers.
  let timer: NodeJS.Timeout | undefined
  const silence = new Promise<boolean>((done) => (timer = setTimeout(() => done(false), SILENCE_MS)))
  try {
    return await Promise.race([answers(), silence])
  } catch {
    return false
  } finally {
    clearTimeout(timer)
  }
}

/** Tests answer dialogs in their own way. */
function keepDialogs({ app }: LaunchedApp): Promise<void> {
  return app.evaluate(({ dialog }) => {
    const { showOpenDialog, showSaveDialog } = dialog
    Reflect.set(globalThis, 'firstDialogs', { showOpenDialog, showSaveDialog })
  })
}

async function beginAgain(lab: LaunchedApp, from: string | null): Promise<void> {
  const { app, page, dataDirectory } = lab
  await page.evaluate(stopAll)
  await app.evaluate(async ({ BrowserWindow, dialog, session }) => {
    Object.assign(dialog, Reflect.get(globalThis, 'firstDialogs') as Dialogs)
    await BrowserWindow.getAllWindows()[0].loadURL('about:blank')
    await session.defaultSession.clearStorageData()
  })
  await replaceData(dataDirectory, from)
  await resizeWindow(app, SIZE)
  await app.evaluate(({ BrowserWindow }, url) => BrowserWindow.getAllWindows()[0].loadURL(url), PAGE)
  await page.getByRole('heading', { level: 1 }).waitFor()
  for (const told of [lab.complaints, lab.requests] as string[][]) told.length = 0
}

/** In the page: ends what runs, and takes back the settings, which the app's menu and theme follow. */
async function stopAll(): Promise<void> {
  const runs = async () => {
    const answer = await window.lab.runs.list({})
    return answer.ok ? answer.value.filter(({ here, status }) => here && /^(running|queued|paused)$/.test(status)) : []
  }
  for (const { run, kind } of await runs()) {
    await (kind === 'training' ? window.lab.training.stop({ run }) : window.lab.experiments.stop({ run }))
  }
  while ((await runs()).length > 0) await new Promise((next) => requestAnimationFrame(next))
  await window.lab.settings.change({
    theme: 'system',
    language: 'system',
    motion: 'system',
    room: 'recall',
    run: null,
    runsView: null,
    runsViews: [],
  })
}

/** Puts the rows and files of one data directory in the place of those of another, which an app has open. */
async function replaceData(directory: string, from: string | null): Promise<void> {
  const db = new Database(join(directory, 'lab.sqlite'))
  try {
    db.pragma('foreign_keys = OFF')
    if (from !== null) db.prepare('ATTACH ? AS other').run(join(from, 'lab.sqlite'))
    const tables = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
    db.transaction(() => {
      for (const name of tables.pluck().all() as string[]) {
        db.exec(`DELETE FROM "${name}"`)
        if (from !== null) db.exec(`INSERT INTO "${name}" SELECT * FROM other."${name}"`)
      }
    })()
  } finally {
    db.close()
  }
  for (const folder of ['models', 'corpora']) {
    const path = join(directory, folder)
    for (const name of await readdir(path)) await rm(join(path, name), { recursive: true })
    if (from !== null) await cp(join(from, folder), path, { recursive: true })
  }
}
