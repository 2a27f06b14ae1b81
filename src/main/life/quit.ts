/** Leaving: a run that trains and an experiment that runs are asked about, saved, and only then the lab is closed. Nothing is opened meanwhile. */
import { app, dialog } from 'electron'
import type { BrowserWindow } from 'electron'
import type { Lab } from '../../lab'
import type { Texts } from '../texts'

export interface QuitChoice {
  readonly lab: () => Lab | null
  readonly window: () => BrowserWindow | null
  readonly texts: () => Texts
  /** Answers the question with its default, for tests. */
  readonly answersItself: boolean
  /** Lets the page write what waits; resolves when it has, or when it does not answer. */
  readonly letPageWrite: () => Promise<void>
  readonly log: (line: string) => void
  readonly finish: () => Promise<void>
}

type Stage = 'open' | 'asking' | 'cleaning' | 'done'

export interface QuitGate {
  readonly isLeaving: () => boolean
  /** A window's close button means leaving. */
  readonly guard: (window: BrowserWindow) => void
}

/** What is said of that which goes on; null: nothing does. */
function wordsOf(lab: Lab, texts: Texts): { readonly message: string; readonly detail: string } | null {
  const isTraining = lab.training.active().length > 0
  if (lab.experiments.active().length === 0) {
    return isTraining ? { message: texts.closeTitle, detail: texts.closeDetail } : null
  }
  return isTraining
    ? { message: texts.closeBothTitle, detail: texts.closeBothDetail }
    : { message: texts.closeExperimentTitle, detail: texts.closeExperimentDetail }
}

export function guardQuit(choice: QuitChoice): QuitGate {
  let stage: Stage = 'open'
  let isSignalled = false

  async function mayLeave(): Promise<boolean> {
    const lab = choice.lab()
    const texts = choice.texts()
    const words = lab && wordsOf(lab, texts)
    if (words === null || isSignalled || choice.answersItself) return true
    const options: Electron.MessageBoxOptions = {
      type: 'question',
      ...words,
      buttons: [texts.saveAndQuit, texts.cancel],
      defaultId: 0,
      cancelId: 1,
    }
    const window = choice.window()
    const { response } = await (window ? dialog.showMessageBox(window, options) : dialog.showMessageBox(options))
    return response === 0
  }

  async function leave(): Promise<void> {
    stage = 'asking'
    if (!(await mayLeave())) {
      stage = 'open'
      return
    }
    stage = 'cleaning'
    try {
      await choice.letPageWrite()
      await choice.lab()?.close()
    } catch (error) {
      choice.log(`closing: ${String(error)}`)
    }
    await choice.finish()
    stage = 'done'
    app.quit()
  }

  app.on('before-quit', (event) => {
    if (stage === 'done') return
    event.preventDefault()
    if (stage === 'open') void leave()
  })
  app.on('window-all-closed', () => app.quit())
  for (const signal of ['SIGHUP', 'SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      isSignalled = true
      app.quit()
    })
  }
  return {
    isLeaving: () => stage !== 'open',
    guard: (window) => {
      window.on('close', (event) => {
        if (stage === 'done') return
        event.preventDefault()
        app.quit()
      })
    },
  }
}
