/** The lab's window: sandboxed, isolated, shown once there is something to see, and found where it was left. */
import { join } from 'node:path'
import { BrowserWindow, nativeTheme, screen } from 'electron'
import { PAGE_URL } from '../security/is-own-page'
import { fitWindow, LEAST, readWindowState, writeWindowState } from './window-state'

export interface WindowChoice {
  readonly stateFile: string
  readonly preload: string
  readonly icon: string
  /** Address of the development server; null: the built page. */
  readonly devServer: string | null
  readonly log: (line: string) => void
}

const SAVE_AFTER_MS = 400
const BACKGROUND = { light: '#F7F6F3', dark: '#131417' }

export function createWindow({ stateFile, preload, icon, devServer, log }: WindowChoice): BrowserWindow {
  const main = screen.getPrimaryDisplay()
  const others = screen.getAllDisplays().filter(({ id }) => id !== main.id)
  const state = fitWindow(
    readWindowState(stateFile),
    [main, ...others].map(({ workArea }) => workArea),
  )
  const window = new BrowserWindow({
    ...state.bounds,
    minWidth: LEAST.width,
    minHeight: LEAST.height,
    show: false,
    icon,
    title: 'Engram Lab',
    backgroundColor: nativeTheme.shouldUseDarkColors ? BACKGROUND.dark : BACKGROUND.light,
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webviewTag: false,
      spellcheck: false,
      devTools: devServer !== null,
    },
  })
  if (state.isMaximized) window.maximize()
  window.once('ready-to-show', () => window.show())
  keepState(window, stateFile, log)
  void window.loadURL(devServer ?? PAGE_URL).catch((error: unknown) => log(`the page did not load: ${String(error)}`))
  return window
}

function keepState(window: BrowserWindow, file: string, log: (line: string) => void): void {
  let timer: NodeJS.Timeout | null = null
  const save = (): void => {
    if (window.isDestroyed()) return
    const state = { bounds: window.getNormalBounds(), isMaximized: window.isMaximized() }
    try {
      writeWindowState(file, state)
    } catch (error) {
      log(`window state: ${String(error)}`)
    }
  }
  const soon = (): void => {
    if (timer !== null) clearTimeout(timer)
    timer = setTimeout(save, SAVE_AFTER_MS)
  }
  window.on('resize', soon)
  window.on('move', soon)
  window.on('maximize', soon)
  window.on('unmaximize', soon)
  window.on('close', () => {
    if (timer !== null) clearTimeout(timer)
    save()
  })
}

export function preloadFile(mainFolder: string): string {
  return join(mainFolder, '../preload/index.cjs')
}
