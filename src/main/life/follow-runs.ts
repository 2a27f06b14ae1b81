/** What the system is told of runs: progress on the taskbar and in the title, no sleep while one trains, and its end. */
import { Notification, powerSaveBlocker } from 'electron'
import type { BrowserWindow } from 'electron'
import type { Lab } from '../../lab'
import type { RunRow, RunStatus } from '../../shared'
import type { Texts } from '../texts'

type Told = Extract<RunStatus, 'finished' | 'diverged' | 'crashed'>
const TOLD: Readonly<Record<Told, keyof Texts>> = {
  finished: 'runFinished',
  diverged: 'runDiverged',
  crashed: 'runCrashed',
}
/** Of one that isn't trained. */
const TOLD_OF_EXPERIMENTS: typeof TOLD = { ...TOLD, finished: 'experimentFinished', crashed: 'experimentCrashed' }

export interface RunFollower {
  readonly setWindow: (window: BrowserWindow) => void
  /** The lab is closed: another follows. */
  readonly end: () => void
}

export function followRuns(lab: Lab, texts: () => Texts): RunFollower {
  let window: BrowserWindow | null = null
  let pageTitle = 'Engram Lab'
  let blocker: number | null = null
  const running = new Map<string, RunRow>()

  const isOpen = (): boolean => window !== null && !window.isDestroyed()

  function show(): void {
    const [row] = running.values()
    const share = row?.totalSteps ? row.steps / row.totalSteps : null
    if (window !== null && isOpen()) {
      window.setProgressBar(share ?? -1)
      window.setTitle(row && share !== null ? `${Math.floor(share * 100)} % – ${row.name} · ${pageTitle}` : pageTitle)
    }
    if (running.size > 0 && blocker === null) blocker = powerSaveBlocker.start('prevent-app-suspension')
    if (running.size === 0 && blocker !== null) {
      powerSaveBlocker.stop(blocker)
      blocker = null
    }
  }

  function tell(row: RunRow): void {
    const key = (row.kind === 'training' ? TOLD : TOLD_OF_EXPERIMENTS)[row.status as Told]
    if (key === undefined || !Notification.isSupported()) return
    if (window !== null && isOpen() && window.isFocused()) return
    const notification = new Notification({ title: texts()[key], body: row.name })
    notification.on('click', () => {
      if (window !== null && isOpen()) window.focus()
    })
    notification.show()
  }

  function followTitle(event: { readonly preventDefault: () => void }, title: string): void {
    event.preventDefault()
    pageTitle = title
    show()
  }

  const unlisten = lab.listen({
    run: (row) => {
      const was = running.has(row.run)
      if (row.status === 'running' && row.here) running.set(row.run, row)
      else running.delete(row.run)
      if (was && !running.has(row.run)) tell(row)
      show()
    },
  })
  return {
    setWindow: (next) => {
      window = next
      next.on('page-title-updated', followTitle)
    },
    end: () => {
      unlisten()
      running.clear()
      show()
      if (window !== null && isOpen()) window.off('page-title-updated', followTitle)
      window = null
    },
  }
}
