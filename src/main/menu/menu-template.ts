/** The application's menu as data: what each item is called, its keys, and what it does. */
import type { MenuItemConstructorOptions } from 'electron'
import type { MenuCommand } from '../../shared'
import type { Texts } from '../texts'

export interface MenuActions {
  readonly command: (command: MenuCommand) => void
  readonly openData: () => void
  readonly openLogs: () => void
  readonly quit: () => void
}

type Item = MenuItemConstructorOptions

export function menuTemplate(texts: Texts, platform: NodeJS.Platform, actions: MenuActions): Item[] {
  const separator: Item = { type: 'separator' }
  const page = (label: string, command: MenuCommand, accelerator?: string): Item => ({
    label,
    accelerator,
    click: () => actions.command(command),
  })
  const isMac = platform === 'darwin'
  return [
    ...(isMac ? [{ role: 'appMenu' } satisfies Item] : []),
    {
      label: texts.file,
      submenu: [
        page(texts.newRun, 'new-run', 'CmdOrCtrl+N'),
        page(texts.openCorpus, 'open-corpus', 'CmdOrCtrl+O'),
        separator,
        page(texts.importRuns, 'import-runs'),
        page(texts.backUp, 'back-up'),
        page(texts.restoreBackup, 'restore-backup'),
        separator,
        { label: texts.openData, click: actions.openData },
        ...(isMac ? [] : [separator, { label: texts.quit, accelerator: 'CmdOrCtrl+Q', click: actions.quit }]),
      ],
    },
    {
      label: texts.edit,
      submenu: [
        page(texts.undo, 'undo', 'CmdOrCtrl+Z'),
        page(texts.redo, 'redo', 'CmdOrCtrl+Shift+Z'),
        separator,
        { role: 'cut', label: texts.cut },
        { role: 'copy', label: texts.copy },
        { role: 'paste', label: texts.paste },
        { role: 'selectAll', label: texts.selectAll },
      ],
    },
    {
      label: texts.view,
      submenu: [
        page(texts.recall, 'room-recall', 'CmdOrCtrl+1'),
        page(texts.train, 'room-train', 'CmdOrCtrl+2'),
        page(texts.inspect, 'room-inspect', 'CmdOrCtrl+3'),
        page(texts.runs, 'room-runs', 'CmdOrCtrl+4'),
        page(texts.settings, 'room-settings', 'CmdOrCtrl+,'),
        separator,
        { role: 'zoomIn', label: texts.zoomIn, accelerator: 'CmdOrCtrl+=' },
        { role: 'zoomOut', label: texts.zoomOut },
        { role: 'resetZoom', label: texts.zoomReset },
        { role: 'togglefullscreen', label: texts.fullScreen },
      ],
    },
    { label: texts.run, submenu: [page(texts.stopRun, 'stop-run', 'CmdOrCtrl+.')] },
    { label: texts.window, submenu: [{ role: 'minimize', label: texts.minimize }] },
    { label: texts.help, submenu: [{ label: texts.openLogs, click: actions.openLogs }] },
  ]
}
