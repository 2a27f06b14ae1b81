/** Leaving, and what the system is told of runs: with a stand-in for Electron that notes what is asked of it. */
import { EventEmitter } from 'node:events'
import type { BrowserWindow, Session, WebContents } from 'electron'
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import type { Lab, LabListener } from '../../src/lab'
import { followRuns } from '../../src/main/life/follow-runs'
import { PageLeaving } from '../../src/main/life/page-leaving'
import { guardQuit } from '../../src/main/life/quit'
import { refuseNavigation } from '../../src/main/security/refuse-navigation'
import { refusePermissions } from '../../src/main/security/refuse-permissions'
import { refuseWindows } from '../../src/main/security/refuse-windows'
import { TEXTS } from '../../src/main/texts'
import { answerPageCrashes } from '../../src/main/window/page-crashes'
import type { RunRow } from '../../src/shared'

const electron = vi.hoisted(() => ({
  quits: 0,
  listeners: new Map<string, (event: { preventDefault: () => void }) => void>(),
  answer: 0,
  asked: [] as unknown[],
  boxes: [] as string[],
  notified: [] as { title: string; body: string }[],
  blockers: new Set<number>(),
  started: 0,
}))

vi.mock('electron', () => ({
  app: {
    on: (name: string, listener: () => void) => void electron.listeners.set(name, listener),
    quit: () => void (electron.quits += 1),
  },
  dialog: {
    showMessageBox: async (...input: unknown[]) => {
      electron.asked.push(input.at(-1))
      return { response: electron.answer }
    },
    showErrorBox: (title: string) => void electron.boxes.push(title),
  },
  Notification: class {
    static isSupported = () => true
    #told: { title: string; body: string }
    constructor(told: { title: string; body: string }) {
      this.#told = told
    }
    on = () => undefined
    show = () => void electron.notified.push(this.#told)
  },
  powerSaveBlocker: {
    start: () => {
      electron.started += 1
      electron.blockers.add(electron.started)
      return electron.started
    },
    stop: (id: number) => void electron.blockers.delete(id),
  },
}))

beforeEach(() => {
  Object.assign(electron, { quits: 0, answer: 0, asked: [], boxes: [], notified: [], started: 0 })
  electron.blockers.clear()
})

/** Asks to quit, as Electron does. @returns whether it may */
function mayQuit(): boolean {
  let isPrevented = false
  electron.listeners.get('before-quit')?.({ preventDefault: () => void (isPrevented = true) })
  return !isPrevented
}

function guarded(active: readonly string[], answersItself = false, experiments: readonly string[] = []) {
  const did: string[] = []
  const lab = {
    training: { active: () => active },
    experiments: { active: () => experiments },
    close: async () => void did.push('closed'),
  } as unknown as Lab
  const before = {
    SIGHUP: process.listeners('SIGHUP'),
    SIGINT: process.listeners('SIGINT'),
    SIGTERM: process.listeners('SIGTERM'),
  }
  onTestFinished(() => {
    for (const signal of ['SIGHUP', 'SIGINT', 'SIGTERM'] as const) {
      for (const listener of process.listeners(signal)) {
        if (!before[signal].includes(listener)) process.off(signal, listener)
      }
    }
  })
  const gate = guardQuit({
    lab: () => lab,
    window: () => null,
    texts: () => TEXTS.en,
    answersItself,
    letPageWrite: async () => void did.push('written'),
    log: (line) => void did.push(line),
    finish: async () => void did.push('flushed'),
  })
  return { gate, did }
}

describe('a page that is left', () => {
  it('is waited for until it has written', async () => {
    const leaving = new PageLeaving()
    const told: string[] = []
    const done = leaving.ask(() => void told.push('asked'), true, 60_000).then(() => void told.push('gone on'))
    expect(told).toEqual(['asked'])
    leaving.answered()
    await done
    expect(told).toEqual(['asked', 'gone on'])
  })

  it('is not waited for where there is none, and not for ever where it hangs', async () => {
    const leaving = new PageLeaving()
    let asked = 0
    await leaving.ask(() => (asked += 1), false, 60_000)
    await leaving.ask(() => (asked += 1), true, 1)
    expect(asked).toBe(1)
    leaving.answered() // late: nothing happens
  })
})

describe('leaving', () => {
  it('without a run closes the lab, then the log, then the app', async () => {
    const { did } = guarded([])
    expect(mayQuit()).toBe(false)
    expect(mayQuit()).toBe(false) // once more while it is tidied up
    await vi.waitFor(() => expect(electron.quits).toBe(1))
    expect(did).toEqual(['written', 'closed', 'flushed'])
    expect(mayQuit()).toBe(true)
    expect(electron.asked).toEqual([])
  })

  it('with a run asks first, and is taken back by Cancel', async () => {
    const { gate, did } = guarded(['r'])
    electron.answer = 1
    mayQuit()
    expect(gate.isLeaving()).toBe(true)
    await vi.waitFor(() => expect(gate.isLeaving()).toBe(false))
    expect(electron.asked).toMatchObject([{ buttons: ['Save and quit', 'Cancel'], defaultId: 0, cancelId: 1 }])
    expect([electron.quits, did]).toEqual([0, []])
    electron.answer = 0
    mayQuit()
    await vi.waitFor(() => expect(electron.quits).toBe(1))
    expect(did).toEqual(['written', 'closed', 'flushed'])
  })

  it('with an experiment asks first, and says that it ends', async () => {
    const { gate, did } = guarded([], false, ['e'])
    electron.answer = 1
    mayQuit()
    await vi.waitFor(() => expect(gate.isLeaving()).toBe(false))
    expect(electron.asked).toMatchObject([
      { message: TEXTS.en.closeExperimentTitle, detail: TEXTS.en.closeExperimentDetail, defaultId: 0, cancelId: 1 },
    ])
    expect([electron.quits, did]).toEqual([0, []])
    electron.answer = 0
    mayQuit()
    await vi.waitFor(() => expect(electron.quits).toBe(1))
    expect(did).toEqual(['written', 'closed', 'flushed'])
  })

  it('with both asks once, of both', async () => {
    const { did } = guarded(['r'], false, ['e'])
    mayQuit()
    await vi.waitFor(() => expect(did).toEqual(['written', 'closed', 'flushed']))
    expect(electron.asked).toMatchObject([{ message: TEXTS.en.closeBothTitle, detail: TEXTS.en.closeBothDetail }])
  })

  it.each(['SIGHUP', 'SIGINT', 'SIGTERM'] as const)('at %s asks nobody', async (signal) => {
    const { did } = guarded(['r'])
    process.listeners(signal).at(-1)?.(signal)
    mayQuit()
    await vi.waitFor(() => expect(did).toEqual(['written', 'closed', 'flushed']))
    expect(electron.asked).toEqual([])
  })

  it('begins with the window’s close button', async () => {
    const { gate } = guarded([])
    const window = new EventEmitter()
    gate.guard(window as unknown as BrowserWindow)
    let prevented = 0
    window.emit('close', { preventDefault: () => (prevented += 1) })
    expect([prevented, electron.quits]).toEqual([1, 1])
  })

  it('goes on when the lab cannot be closed', async () => {
    const { did, gate } = guarded([], true)
    expect(gate.isLeaving()).toBe(false)
    const failing = guardQuit({
      lab: () =>
        ({
          training: { active: () => [] },
          experiments: { active: () => [] },
          close: () => Promise.reject(new Error('no')),
        }) as unknown as Lab,
      window: () => null,
      texts: () => TEXTS.en,
      answersItself: true,
      letPageWrite: async () => undefined,
      log: (line) => void did.push(line),
      finish: async () => undefined,
    })
    mayQuit()
    await vi.waitFor(() => expect(electron.quits).toBe(1))
    expect(failing.isLeaving()).toBe(true)
    expect(did).toEqual(['closing: Error: no'])
  })
})

function followed(isFocused = false) {
  let listener: LabListener = {}
  const lab = { listen: (given: LabListener) => void (listener = given) } as unknown as Lab
  const shown: { title: string; progress: number } = { title: '', progress: NaN }
  const window = Object.assign(new EventEmitter(), {
    isDestroyed: () => false,
    isFocused: () => isFocused,
    setTitle: (title: string) => void (shown.title = title),
    setProgressBar: (share: number) => void (shown.progress = share),
  })
  followRuns(lab, () => TEXTS.ko).setWindow(window as unknown as BrowserWindow)
  const tell = (status: RunRow['status'], steps = 0, changes: Partial<RunRow> = {}): void =>
    listener.run?.({
      run: 'r',
      kind: 'training',
      name: '가',
      status,
      steps,
      totalSteps: 200,
      here: true,
      ...changes,
    } as RunRow)
  return { tell, shown, window }
}

describe('the system', () => {
  it('is told how far a run is, is kept awake by it, and hears of its end', () => {
    const { tell, shown } = followed()
    tell('running', 85)
    expect(shown).toEqual({ title: '42 % – 가 · Engram Lab', progress: 0.425 })
    tell('running', 100)
    tell('running', 150, { run: 'other' })
    expect(electron.blockers.size).toBe(1)
    tell('finished', 200)
    expect(electron.blockers.size).toBe(1)
    tell('crashed', 150, { run: 'other' })
    expect([electron.blockers.size, electron.started]).toEqual([0, 1])
    expect(shown).toEqual({ title: 'Engram Lab', progress: -1 })
    expect(electron.notified).toEqual([
      { title: '학습이 끝났습니다', body: '가' },
      { title: '학습이 비정상 종료되었습니다', body: '가' },
    ])
  })

  it('hears of an experiment as such', () => {
    const { tell } = followed()
    for (const status of ['finished', 'crashed', 'stopped'] as const) {
      tell('running', 1, { kind: 'capacity' })
      tell(status, 2, { kind: 'capacity' })
    }
    expect(electron.notified.map(({ title }) => title)).toEqual(['실험이 끝났습니다', '오류로 실험이 멈췄습니다'])
  })

  it.each(['queued', 'running', 'paused', 'finished', 'stopped', 'diverged', 'crashed', 'interrupted'] as const)(
    'may sleep again after running and %s, and then the end',
    (status) => {
      const { tell } = followed()
      tell('running')
      tell(status)
      expect(electron.blockers.size).toBe(status === 'running' ? 1 : 0)
      tell('stopped')
      expect(electron.blockers.size).toBe(0)
    },
  )

  it('does not hear of runs of another process, nor of an end that somebody sees', () => {
    const other = followed()
    other.tell('running', 5, { here: false })
    other.tell('finished', 200, { here: false })
    expect([electron.started, electron.notified]).toEqual([0, []])
    const seen = followed(true)
    seen.tell('running')
    seen.tell('finished')
    expect(electron.notified).toEqual([])
  })
})

/** What an emitter's event is answered with: whether it was prevented. */
function isPrevented(emitter: EventEmitter, name: string): boolean {
  let prevented = false
  emitter.emit(name, { preventDefault: () => (prevented = true) })
  return prevented
}

describe('a page', () => {
  it('goes nowhere', () => {
    const contents = new EventEmitter()
    refuseNavigation(contents as unknown as WebContents)
    for (const name of ['will-navigate', 'will-redirect', 'will-frame-navigate'])
      expect(isPrevented(contents, name)).toBe(true)
  })

  it('opens no window and holds no other page', () => {
    let open: (() => unknown) | null = null
    const contents = Object.assign(new EventEmitter(), {
      setWindowOpenHandler: (given: () => unknown) => (open = given),
    })
    refuseWindows(contents as unknown as WebContents)
    expect((open as unknown as () => unknown)()).toEqual({ action: 'deny' })
    expect(isPrevented(contents, 'will-attach-webview')).toBe(true)
  })

  it('is given no permission and no device', () => {
    const answers: unknown[] = []
    const session = {
      setPermissionRequestHandler: (ask: (a: null, b: string, answer: (is: boolean) => void) => void) =>
        ask(null, 'media', (is) => answers.push(is)),
      setPermissionCheckHandler: (ask: () => boolean) => answers.push(ask()),
      setDevicePermissionHandler: (ask: () => boolean) => answers.push(ask()),
    }
    refusePermissions(session as unknown as Session)
    expect(answers).toEqual([false, false, false])
  })

  it('that dies is loaded again, and at the third time within a minute left with a sentence', () => {
    let reloads = 0
    const contents = Object.assign(new EventEmitter(), { reload: () => (reloads += 1) })
    const window = { webContents: contents, isDestroyed: () => false } as unknown as BrowserWindow
    const log: string[] = []
    answerPageCrashes(
      window,
      () => TEXTS.en,
      (line) => void log.push(line),
    )
    contents.emit('render-process-gone', {}, { reason: 'clean-exit' })
    expect(reloads).toBe(0)
    for (const reason of ['oom', 'crashed', 'killed']) contents.emit('render-process-gone', {}, { reason })
    expect(reloads).toBe(2)
    expect(electron.boxes).toEqual([TEXTS.en.pageGone])
    expect(log).toHaveLength(4)
  })
})
