/** Dialogs for a person's files: the page says what it has or wants, main asks where, and alone knows the path. */
import { basename, join } from 'node:path'
import { app, dialog } from 'electron'
import type { BrowserWindow, FileFilter } from 'electron'
import { readPersonFile, readPersonFileHead, writePersonFile } from '../../lab'
import { HEAD_BYTES, kindOfFile, MOST_CHOSEN, MOST_OPENED_BYTES } from '../../shared'
import type { LabHandlers, OpenKind, SaveKind } from '../../shared'
import type { Texts } from '../texts'
import type { FileTokens } from './file-tokens'

export interface DialogContext {
  readonly windowOf: (contentsId: number) => BrowserWindow | null
  readonly texts: () => Texts
}

/** What one of the three platforms takes in no name. */
const NOT_IN_A_NAME = /[\\/:*?"<>|]|\p{Cc}/gu

/** A name that a dialog can propose, with the kind's ending. */
export function proposedName(name: string, kind: string): string {
  const plain = name
    .replace(NOT_IN_A_NAME, ' ')
    .replace(/\s+/g, ' ')
    .replace(/^[. ]+| +$/g, '')
  return `${plain || 'engram'}.${kind}`
}

function saveFilters(kind: SaveKind, texts: Texts): FileFilter[] {
  return [{ name: texts[`${kind}File`], extensions: [kind] }]
}

function openFilters(kind: OpenKind, texts: Texts): FileFilter[] {
  const own =
    kind === 'patterns'
      ? { name: texts.patternFiles, extensions: ['txt', 'json'] }
      : { name: texts.pictureFiles, extensions: ['png', 'jpg', 'jpeg'] }
  return [own, { name: texts.allFiles, extensions: ['*'] }]
}

/** Everything that Runs → Import takes in. */
const IMPORTED = ['engram', 'safetensors', 'txt', 'md', 'json', 'png', 'jpg', 'jpeg']

export function fileHandlers(
  { windowOf, texts, tokens }: DialogContext & { readonly tokens: FileTokens },
  contentsId: number,
): LabHandlers['files'] {
  return {
    choose: async () => {
      const options: Electron.OpenDialogOptions = {
        properties: ['openFile', 'multiSelections'],
        filters: [
          { name: texts().importFiles, extensions: IMPORTED },
          { name: texts().allFiles, extensions: ['*'] },
        ],
      }
      const window = windowOf(contentsId)
      const { canceled, filePaths } = await (window
        ? dialog.showOpenDialog(window, options)
        : dialog.showOpenDialog(options))
      if (canceled || filePaths.length === 0) return null
      return Promise.all(
        filePaths.slice(0, MOST_CHOSEN).map(async (path) => {
          const name = basename(path)
          const head = await readPersonFileHead(path, HEAD_BYTES)
          const kind = kindOfFile(name, head, new TextDecoder().decode(head))
          return { kind, name, token: tokens.issue(path, contentsId) }
        }),
      )
    },
    read: async ({ token }) => {
      const path = tokens.resolve(token, contentsId)
      return { name: basename(path), bytes: await readPersonFile(path, MOST_OPENED_BYTES) }
    },
    save: async ({ kind, name, bytes }) => {
      const options = {
        defaultPath: join(app.getPath('documents'), proposedName(name, kind)),
        filters: saveFilters(kind, texts()),
      }
      const window = windowOf(contentsId)
      const { canceled, filePath } = await (window
        ? dialog.showSaveDialog(window, options)
        : dialog.showSaveDialog(options))
      if (canceled || !filePath) return null
      await writePersonFile(filePath, bytes)
      return { name: basename(filePath) }
    },
    open: async ({ kind }) => {
      const options: Electron.OpenDialogOptions = {
        properties: ['openFile'],
        filters: openFilters(kind, texts()),
      }
      const window = windowOf(contentsId)
      const { canceled, filePaths } = await (window
        ? dialog.showOpenDialog(window, options)
        : dialog.showOpenDialog(options))
      const [path] = filePaths
      if (canceled || path === undefined) return null
      return { name: basename(path), bytes: await readPersonFile(path, MOST_OPENED_BYTES) }
    },
  }
}
