/** Dialogs for what is carried away and brought in: main asks where, the lab reads and writes, the page learns a base name. */
import { basename, join } from 'node:path'
import { app, dialog } from 'electron'
import type { FileFilter } from 'electron'
import { readPersonFile, writePersonFile } from '../../lab'
import type { Lab } from '../../lab'
import type { CarriedIn, ChosenModel, LabHandlers } from '../../shared'
import type { FileTokens } from './file-tokens'
import { proposedName } from './person-dialogs'
import type { DialogContext } from './person-dialogs'

interface CarryContext extends DialogContext {
  readonly lab: Promise<Lab>
  readonly tokens: FileTokens
}

/** The largest model there can be (4 layers of 4,096 units) is smaller. */
const MOST_MODEL_BYTES = 2 * 1024 ** 3 - 1

/** Bundles that were dropped or chosen, one after another. */
export async function importBundles(lab: Lab, files: readonly string[]): Promise<readonly CarriedIn[]> {
  const carried: CarriedIn[] = []
  for (const file of files) {
    for (const { run, isNew } of await lab.carry.importBundle(file)) carried.push({ run, isNew })
  }
  return carried
}

/** A model's file that was dropped or chosen: what it holds, and the name by which the page takes it in. */
export async function lookAtModel(
  { lab, tokens }: Pick<CarryContext, 'lab' | 'tokens'>,
  contentsId: number,
  file: string,
): Promise<ChosenModel> {
  const held = await (await lab).carry.lookAtModel(file)
  return { ...held, token: tokens.issue(file, contentsId), name: basename(file) }
}

export function carryHandlers(context: CarryContext, contentsId: number): LabHandlers['carry'] {
  const { lab, tokens, windowOf, texts } = context

  async function askToSave(name: string, ending: string, label: string): Promise<string | null> {
    const options = {
      defaultPath: join(app.getPath('documents'), proposedName(name, ending)),
      filters: [{ name: label, extensions: [ending] }],
    }
    const window = windowOf(contentsId)
    const { canceled, filePath } = await (window
      ? dialog.showSaveDialog(window, options)
      : dialog.showSaveDialog(options))
    return canceled || !filePath ? null : filePath
  }

  async function askToOpen(options: Electron.OpenDialogOptions): Promise<readonly string[] | null> {
    const window = windowOf(contentsId)
    const { canceled, filePaths } = await (window
      ? dialog.showOpenDialog(window, options)
      : dialog.showOpenDialog(options))
    return canceled || filePaths.length === 0 ? null : filePaths
  }

  const filters = (name: string, ending: string): FileFilter[] => [
    { name, extensions: [ending] },
    { name: texts().allFiles, extensions: ['*'] },
  ]

  const modelDialog = (): Electron.OpenDialogOptions => ({
    properties: ['openFile'],
    filters: filters(texts().modelFile, 'safetensors'),
  })

  return {
    exportRuns: async ({ runs, withCorpus }) => {
      const { runs: service, carry } = await lab
      const name = runs.length === 1 ? (await service.show(runs[0])).name : 'runs'
      const file = await askToSave(name, 'engram', texts().bundleFile)
      if (file === null) return null
      // The dialog has asked whether a file that is there may be replaced.
      await carry.exportRuns(runs, { file, overwrite: true, withCorpus })
      return { name: basename(file) }
    },
    importRuns: async ({ tokens: chosen }) =>
      importBundles(
        await lab,
        chosen.map((token) => tokens.resolve(token, contentsId)),
      ),
    saveModel: async ({ run, best }) => {
      const { runs } = await lab
      const model = await runs.modelFile(run, best)
      const file = await askToSave((await runs.show(run)).name, 'safetensors', texts().modelFile)
      if (file === null) return null
      await writePersonFile(file, await readPersonFile(model, MOST_MODEL_BYTES))
      return { name: basename(file) }
    },
    chooseModel: async () => {
      const files = await askToOpen(modelDialog())
      return files === null ? null : lookAtModel(context, contentsId, files[0])
    },
    lookAtModel: ({ token }) => lookAtModel(context, contentsId, tokens.resolve(token, contentsId)),
    takeModel: async ({ token, alphabet, probe, parent }) => {
      const symbols = [...(alphabet?.symbols ?? '')]
      const choice = { parent, name: '', probe, alphabet: alphabet && { tokens: alphabet.tokens, symbols } }
      return (await lab).carry.importModel(tokens.resolve(token, contentsId), choice)
    },
    handOff: async ({ run }) => {
      const folders = await askToOpen({
        title: texts().chooseFolder,
        properties: ['openDirectory', 'createDirectory'],
      })
      if (folders === null) return null
      await (await lab).carry.handOff(run, { folder: folders[0], overwrite: false, best: false })
      return { name: basename(folders[0]) }
    },
    backUp: async () => {
      const name = `engram-lab-${new Date().toISOString().slice(0, 10)}`
      const file = await askToSave(name, 'zip', texts().backupFile)
      if (file === null) return null
      await (await lab).carry.backUp(file, true)
      return { name: basename(file) }
    },
  }
}
