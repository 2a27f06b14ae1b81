/** Dialogs for the data directory as a whole: main asks where, the page sees what would happen and says whether it shall. */
import { app, dialog } from 'electron'
import type { Lab } from '../../lab'
import type { LabHandlers } from '../../shared'
import type { DataKeeper } from '../life/data-keeper'
import type { FileTokens } from './file-tokens'
import type { DialogContext } from './person-dialogs'

interface DataContext extends DialogContext {
  readonly lab: Promise<Lab>
  readonly tokens: FileTokens
  readonly keeper: DataKeeper
}

export function dataHandlers(context: DataContext, contentsId: number): LabHandlers['data'] {
  const { keeper, tokens, texts } = context

  async function askToOpen(options: Electron.OpenDialogOptions): Promise<string | null> {
    const window = context.windowOf(contentsId)
    const { canceled, filePaths } = await (window
      ? dialog.showOpenDialog(window, options)
      : dialog.showOpenDialog(options))
    return canceled ? null : (filePaths[0] ?? null)
  }

  return {
    where: () => keeper.where(),
    chooseBackup: async () => {
      const file = await askToOpen({
        defaultPath: app.getPath('documents'),
        properties: ['openFile'],
        filters: [
          { name: texts().backupFile, extensions: ['zip'] },
          { name: texts().allFiles, extensions: ['*'] },
        ],
      })
      return file === null ? null : { ...(await keeper.look(file)), token: tokens.issue(file, contentsId) }
    },
    restore: async ({ token }) => {
      await keeper.restore(tokens.resolve(token, contentsId))
      return null
    },
    choosePlace: async () => {
      const folder = await askToOpen({
        title: texts().choosePlace,
        properties: ['openDirectory', 'createDirectory', 'promptToCreate'],
      })
      if (folder === null) return null
      const place = await keeper.examine(folder)
      return { ...place, token: tokens.issue(place.directory, contentsId) }
    },
    move: async ({ token }) => {
      await keeper.move(tokens.resolve(token, contentsId))
      return null
    },
    cancel: async () => {
      keeper.cancel()
      return null
    },
    removeOld: async ({ place }) => {
      await keeper.removeOld(place)
      return null
    },
    freeable: async () => (await context.lab).runs.freeable(),
    free: async ({ what }) => {
      await (await context.lab).runs.free(what)
      return null
    },
  }
}
