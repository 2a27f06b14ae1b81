/** Sets the app up, step by step, and opens the lab beside the window so that neither waits for the other. */
import { join, resolve } from 'node:path'
import type { BrowserWindow } from 'electron'
import { app, dialog, ipcMain, Menu, nativeTheme, session, shell } from 'electron'
import { createNodeHost, findDataPlace } from '../lab'
import type { DataPlace, Lab } from '../lab'
import { DEFAULT_SETTINGS, EVENT_CHANNEL, reportError } from '../shared'
import type { LabEvent, Settings } from '../shared'
import { FileTokens } from './ipc/file-tokens'
import { createHandlers } from './ipc/handlers'
import { PageChannel } from './ipc/page-channel'
import { registerCalls } from './ipc/register-calls'
import { DataKeeper } from './life/data-keeper'
import { followRuns } from './life/follow-runs'
import type { RunFollower } from './life/follow-runs'
import { leaveBoundsToMemory } from './life/kernel-faults'
import { LabHolder } from './life/lab-holder'
import { openLog } from './life/log-file'
import type { Log } from './life/log-file'
import { PageLeaving } from './life/page-leaving'
import { guardQuit } from './life/quit'
import { menuTemplate } from './menu/menu-template'
import { declarePageScheme, servePage } from './protocol/serve-page'
import { refuseNavigation } from './security/refuse-navigation'
import { refusePermissions } from './security/refuse-permissions'
import { refuseWindows } from './security/refuse-windows'
import { languageOf, TEXTS } from './texts'
import type { Texts } from './texts'
import { createWindow, preloadFile } from './window/create-window'
import { answerPageCrashes } from './window/page-crashes'

/** What is true only where the lab runs from its sources. */
const development = {
  server: app.isPackaged ? null : (process.env.ELECTRON_RENDERER_URL ?? null),
  sqliteBinding: app.isPackaged ? null : (process.env.ENGRAM_SQLITE_BINDING ?? null),
  answersItself: !app.isPackaged && process.env.ENGRAM_ANSWER_DIALOGS === 'default',
}

/** Chromium cannot sandbox the processes of root; the scripts start it without, and forcing it would end them all. */
const isRootInDevelopment = !app.isPackaged && process.getuid?.() === 0

const resources = app.isPackaged ? join(process.resourcesPath, 'resources') : resolve(__dirname, '../../resources')

/** `--data-dir=DIR` or `--data-dir DIR` among the words the app was started with. */
function dataDirOption(words: readonly string[]): string | null {
  const at = words.findIndex((word) => word === '--data-dir' || word.startsWith('--data-dir='))
  if (at < 0) return null
  const [, attached] = words[at].split(/=(.*)/s)
  return attached ?? words[at + 1] ?? null
}

export function setUpApp(): void {
  const findPlace = (): DataPlace => findDataPlace(dataDirOption(process.argv))
  let place: DataPlace
  try {
    place = findPlace()
  } catch (error) {
    return refuseToStart(error)
  }
  app.setPath('userData', join(place.directory, 'electron'))
  if (!app.requestSingleInstanceLock()) {
    app.quit()
    return
  }
  const log = openLog(join(place.directory, 'logs'))
  if (!isRootInDevelopment) app.enableSandbox()
  declarePageScheme()
  new Shell(place.directory, findPlace, log).start()
}

/** Nothing is written where it isn't known where the data lie. */
function refuseToStart(error: unknown): void {
  const { message } = reportError(error)
  void app.whenReady().then(() => {
    if (!development.answersItself)
      dialog.showErrorBox(TEXTS[languageOf('system', app.getLocale())].openFailed, message)
    else process.stderr.write(`error: ${message}\n`)
    app.exit(1)
  })
}

class Shell {
  readonly #dataDirectory: string
  readonly #log: Log
  readonly #holder: LabHolder
  readonly #keeper: DataKeeper
  readonly #tokens = new FileTokens(() => performance.now())
  readonly #leaving = new PageLeaving()
  #follower: RunFollower | null = null
  #window: BrowserWindow | null = null
  #channel: PageChannel | null = null
  #settings: Settings = DEFAULT_SETTINGS

  constructor(dataDirectory: string, findPlace: () => DataPlace, log: Log) {
    this.#dataDirectory = dataDirectory
    this.#log = log
    leaveBoundsToMemory()
    const host = createNodeHost({
      workersDirectory: __dirname,
      kernelsDirectory: join(__dirname, '../kernels'),
      resourcesDirectory: resources,
      dataDirectory,
      shell: 'app',
      version: app.getVersion(),
      sqliteBinding: development.sqliteBinding,
      log: log.write,
    })
    this.#holder = new LabHolder(host, {
      adopt: (lab) => this.#adopt(lab),
      release: () => this.#follower?.end(),
      fail: (error) => this.#failToOpen(error),
    })
    this.#keeper = new DataKeeper({
      holder: this.#holder,
      place: findPlace,
      tell: (progress) => this.#push({ type: 'data', progress }),
      letPageWrite: () => this.#letPageWrite(),
      reloadPage: () => this.#window?.webContents.reload(),
      startAgain: () => {
        app.relaunch()
        app.quit()
      },
    })
  }

  start(): void {
    app.on('web-contents-created', (_event, contents) => {
      refuseNavigation(contents)
      refuseWindows(contents)
    })
    app.on('second-instance', () => this.#focus())
    this.#guardEnd()
    void app.whenReady().then(() => {
      refusePermissions(session.defaultSession)
      servePage(session.defaultSession, resolve(__dirname, '../renderer'))
      this.#registerCalls()
      this.#setMenu()
      this.#openWindow()
    })
  }

  #texts(): Texts {
    return TEXTS[languageOf(this.#settings.language, app.isReady() ? app.getLocale() : 'en')]
  }

  #focus(): void {
    if (this.#window?.isMinimized()) this.#window.restore()
    this.#window?.focus()
  }

  #push(event: LabEvent): void {
    this.#channel?.push(event)
  }

  #adopt(lab: Lab): void {
    lab.listen({
      run: (row) => this.#push({ type: 'run', row }),
      points: (run, points) => this.#push({ type: 'points', run, points }),
      snapshot: (snapshot) => this.#push({ type: 'snapshot', snapshot }),
      recall: (batch) => this.#push({ type: 'recall', batch }),
      experiment: (progress) => this.#push({ type: 'experiment', progress }),
      settings: (settings) => {
        this.#take(settings)
        this.#push({ type: 'settings', settings })
      },
      changedElsewhere: () => this.#push({ type: 'resync' }),
    })
    const follower = followRuns(lab, () => this.#texts())
    this.#follower = follower
    void app.whenReady().then(async () => {
      this.#take(await lab.settings.read())
      if (this.#window) follower.setWindow(this.#window)
    })
  }

  #take(settings: Settings): void {
    const isOther = settings.language !== this.#settings.language
    this.#settings = settings
    if (nativeTheme.themeSource !== settings.theme) nativeTheme.themeSource = settings.theme
    if (isOther) this.#setMenu()
  }

  #failToOpen(error: unknown): void {
    const { message } = reportError(error)
    this.#log.write(`the lab did not open: ${error instanceof Error ? (error.stack ?? message) : message}`)
    void app.whenReady().then(() => {
      if (!development.answersItself) dialog.showErrorBox(this.#texts().openFailed, message)
      else process.stderr.write(`error: ${message}\n`)
      app.exit(1)
    })
  }

  #registerCalls(): void {
    const holder = this.#holder
    const pages = createHandlers({
      get lab() {
        return holder.lab
      },
      tokens: this.#tokens,
      channelOf: () => this.#channel,
      windowOf: () => this.#window,
      texts: () => this.#texts(),
      dataDirectory: this.#dataDirectory,
      keeper: this.#keeper,
      pageLeft: () => this.#leaving.answered(),
    })
    registerCalls(ipcMain, {
      handlers: pages.handlersFor,
      drop: pages.drop,
      dropRuns: pages.dropRuns,
      dropModel: pages.dropModel,
      pages: { has: (id) => this.#window?.webContents.id === id, devServer: development.server },
      log: this.#log.write,
    })
  }

  #letPageWrite(): Promise<void> {
    return this.#leaving.ask(() => this.#push({ type: 'leaving' }), this.#channel?.isHeard ?? false)
  }

  #setMenu(): void {
    if (!app.isReady()) return
    const actions = {
      command: (command: (LabEvent & { type: 'command' })['command']) => this.#push({ type: 'command', command }),
      openData: () => void shell.openPath(this.#dataDirectory),
      openLogs: () => void shell.openPath(this.#log.folder),
      quit: () => app.quit(),
    }
    Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(this.#texts(), process.platform, actions)))
  }

  #openWindow(): void {
    const window = createWindow({
      stateFile: join(app.getPath('userData'), 'window.json'),
      preload: preloadFile(__dirname),
      icon: join(resources, 'icon', 'icon.png'),
      devServer: development.server,
      log: this.#log.write,
    })
    this.#window = window
    const { webContents } = window
    this.#channel = new PageChannel({
      send: (batch) => {
        if (!webContents.isDestroyed()) webContents.send(EVENT_CHANNEL, batch)
      },
      later: (work, milliseconds) => {
        const timer = setTimeout(work, milliseconds)
        return () => clearTimeout(timer)
      },
    })
    answerPageCrashes(window, () => this.#texts(), this.#log.write)
    this.#gate?.guard(window)
    window.on('closed', () => {
      this.#channel?.close()
      this.#channel = null
      this.#window = null
    })
  }

  #gate: ReturnType<typeof guardQuit> | null = null

  #guardEnd(): void {
    this.#gate = guardQuit({
      lab: () => this.#holder.opened,
      window: () => this.#window,
      texts: () => this.#texts(),
      answersItself: development.answersItself,
      letPageWrite: async () => {
        this.#keeper.cancel()
        await this.#holder.settled()
        if (this.#holder.opened !== null) await this.#letPageWrite()
      },
      log: this.#log.write,
      finish: this.#log.flushed,
    })
  }
}
