/** Opens the built app in a real window with a data directory of its own, for the tour and the end-to-end tests. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { _electron } from 'playwright'
import type { ElectronApplication, Page } from 'playwright'

export interface LaunchChoice {
  /** Another data directory than a new one; null: the one that the app finds by itself. It is not removed at the end. */
  readonly dataDirectory?: string | null
  /** The page's size; null: as the window was left. */
  readonly size?: { readonly width: number; readonly height: number } | null
  readonly environment?: Readonly<Record<string, string>>
  /** Where the built app lies; the project by default. */
  readonly root?: string
}

export interface LaunchedApp {
  readonly app: ElectronApplication
  readonly page: Page
  /** As it was asked for; empty where the app found it by itself. */
  readonly dataDirectory: string
  /** What the page complained of, in order. */
  readonly complaints: readonly string[]
  /** Addresses that the page asked for. */
  readonly requests: readonly string[]
  readonly close: () => Promise<void>
}

const SIZE = { width: 1280, height: 800 }

export async function launchApp(choice: LaunchChoice = {}): Promise<LaunchedApp> {
  const executablePath = process.env.ENGRAM_ELECTRON
  if (!executablePath) throw new Error('ENGRAM_ELECTRON is not set: start this by "npm start -- --tour" or "npm test"')
  const isNew = choice.dataDirectory === undefined
  const dataDirectory = isNew ? await mkdtemp(join(tmpdir(), 'engram-lab-')) : (choice.dataDirectory ?? '')
  const app = await _electron.launch({
    executablePath,
    args: [
      choice.root ?? resolve(import.meta.dirname, '../..'),
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--disable-gpu',
      '--force-device-scale-factor=1',
      ...(dataDirectory === '' ? [] : [`--data-dir=${dataDirectory}`]),
    ],
    env: { ...definedEnvironment(), ENGRAM_ANSWER_DIALOGS: 'default', LANG: 'en_GB.UTF-8', ...choice.environment },
  })
  const page = await app.firstWindow()
  const complaints: string[] = []
  const requests: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.stack ?? error.message))
  page.on('request', (request) => requests.push(request.url()))
  if (choice.size !== null) await resizeWindow(app, choice.size ?? SIZE)
  await page.getByRole('heading', { level: 1 }).waitFor()
  return {
    app,
    page,
    dataDirectory,
    complaints,
    requests,
    close: async () => {
      await app.close()
      if (isNew) await rm(dataDirectory, { recursive: true, force: true })
    },
  }
}

/** The page's own size, whatever frame the window has. */
export async function resizeWindow(app: ElectronApplication, size: typeof SIZE): Promise<void> {
  await app.evaluate(({ BrowserWindow }, { width, height }) => {
    const [window] = BrowserWindow.getAllWindows()
    window.setMenuBarVisibility(false)
    window.setContentSize(width, height)
  }, size)
  // The window system answers later, and may grant less.
  for (let i = 0; i < 40; i++) {
    const [width, height] = await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0].getContentSize())
    if (width === size.width && height === size.height) return
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
}

function definedEnvironment(): Record<string, string> {
  return Object.fromEntries(Object.entries(process.env).filter(([, value]) => value !== undefined)) as Record<
    string,
    string
  >
}
