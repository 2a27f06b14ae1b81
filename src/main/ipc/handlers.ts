/** Every call of the contract, answered by the lab. */
import { availableParallelism } from 'node:os'
import { app, dialog, shell } from 'electron'
import type { BrowserWindow } from 'electron'
import type { Lab } from '../../lab'
import type { CarriedIn, ChosenCorpus, ChosenModel, EncodingChoice, LabHandlers, TokenKind } from '../../shared'
import type { Texts } from '../texts'
import type { FileTokens } from './file-tokens'
import type { PageChannel } from './page-channel'
import type { DataKeeper } from '../life/data-keeper'
import { carryHandlers, importBundles, lookAtModel } from './carry-dialogs'
import { dataHandlers } from './data-handlers'
import { fileHandlers } from './person-dialogs'
import { runHandlers } from './run-handlers'

export interface HandlerContext {
  /** Resolves when the data directory is open; another one after the data were exchanged. */
  readonly lab: Promise<Lab>
  readonly tokens: FileTokens
  readonly channelOf: (contentsId: number) => PageChannel | null
  readonly windowOf: (contentsId: number) => BrowserWindow | null
  readonly texts: () => Texts
  readonly dataDirectory: string
  readonly keeper: DataKeeper
  /** The page has written what it had. */
  readonly pageLeft: () => void
}

export interface LabPages {
  readonly handlersFor: (contentsId: number) => LabHandlers
  readonly drop: (contentsId: number, paths: readonly string[]) => Promise<readonly ChosenCorpus[]>
  readonly dropRuns: (paths: readonly string[]) => Promise<readonly CarriedIn[]>
  readonly dropModel: (contentsId: number, paths: readonly string[]) => Promise<ChosenModel>
}

export function createHandlers(context: HandlerContext): LabPages {
  const { tokens } = context

  async function look(path: string, owner: number, encoding: EncodingChoice, kind: TokenKind): Promise<ChosenCorpus> {
    const summary = await (await context.lab).corpora.inspect(path, encoding, kind)
    return { ...summary, token: tokens.issue(path, owner) }
  }

  async function lookAtAll(paths: readonly string[], owner: number): Promise<readonly ChosenCorpus[]> {
    const chosen: ChosenCorpus[] = []
    for (const path of paths) chosen.push(await look(path, owner, 'auto', 'character'))
    return chosen
  }

  return {
    drop: (contentsId, paths) => lookAtAll(paths, contentsId),
    dropRuns: async (paths) => importBundles(await context.lab, paths),
    dropModel: (contentsId, [path]) => lookAtModel(context, contentsId, path),
    handlersFor: (contentsId) => ({
      app: appHandlers(context),
      settings: {
        read: async () => (await context.lab).settings.read(),
        change: async (patch) => (await context.lab).settings.change(patch),
      },
      corpora: {
        choose: async () => {
          const paths = await chooseFiles(context, contentsId)
          return paths === null ? null : lookAtAll(paths, contentsId)
        },
        baseline: async ({ run, onlyKnown }) => {
          const { corpora } = await context.lab
          return onlyKnown ? corpora.knownBaselineOf(run) : corpora.baselineOf(run)
        },
        generate: async (request) => {
          const path = await (await context.lab).corpora.generate(request)
          return look(path, contentsId, 'utf-8', 'character')
        },
        samples: async () => (await context.lab).corpora.samples(),
        openSample: async ({ id }) => {
          const path = await (await context.lab).corpora.sampleFile(id)
          return look(path, contentsId, 'utf-8', 'character')
        },
        inspect: ({ token, encoding, tokens: kind }) =>
          look(tokens.resolve(token, contentsId), contentsId, encoding, kind),
        alphabet: async ({ token, encoding, tokens: kind }) =>
          (await context.lab).corpora.alphabet(tokens.resolve(token, contentsId), encoding, kind),
      },
      training: {
        start: async ({ corpora, beginWith, ...request }) => {
          const files = corpora.map((token) => tokens.resolve(token, contentsId))
          const { runs, training } = await context.lab
          const init = beginWith === null ? null : await runs.modelFile(beginWith, false)
          return training.start({ ...request, files, init })
        },
        machine: async () => (await context.lab).training.machine(),
        save: async ({ run }) => nothing((await context.lab).training.save(run)),
        changeRate: async ({ run, learningRate }) =>
          nothing((await context.lab).training.changeRate(run, learningRate)),
        pause: async ({ run }) => nothing((await context.lab).training.pause(run)),
        resume: async ({ run }) => nothing((await context.lab).training.resume(run)),
        stop: async ({ run }) => nothing((await context.lab).training.stop(run)),
        repeat: async ({ run, seed, name }) =>
          (await context.lab).training.repeat(run, { name, ...(seed === null ? {} : { seed }) }),
        fork: async ({ run, configuration, name }) => (await context.lab).training.repeat(run, { configuration, name }),
        goOn: async ({ run, steps }) => (await context.lab).training.resume(run, { configuration: { steps } }),
        watch: async ({ run, probe, temperature }) =>
          nothing((await context.lab).training.watch(run, probe, temperature)),
      },
      runs: runHandlers(context),
      carry: carryHandlers(context, contentsId),
      data: dataHandlers(context, contentsId),
      inspect: {
        models: async () => (await context.lab).analysis.bundled(),
        kept: async ({ run }) => (await context.lab).analysis.kept(run),
        trace: async ({ text, top, skipUnknown, lane, ...model }) =>
          (await context.lab).analysis.read(model, { text, top, skipUnknown, lane }),
        compare: async ({ text, changed, top, skipUnknown, ...model }) =>
          (await context.lab).analysis.compare(model, { text, changed, top, skipUnknown }),
        tensor: async ({ name, ...model }) => (await context.lab).analysis.tensor(model, name),
        states: async ({ text, skipUnknown, quantity, from, to, ...model }) =>
          (await context.lab).analysis.states(model, { text, skipUnknown, quantity, from, to }),
        gradients: async ({ text, skipUnknown, at, ...model }) =>
          (await context.lab).analysis.paths(model, { text, skipUnknown, at }),
        stopGradients: async () => nothing((await context.lab).analysis.stopPaths()),
        spectrum: async ({ layer, ...model }) => (await context.lab).analysis.spectrum(model, layer),
        stopSpectrum: async () => nothing((await context.lab).analysis.stopSpectrum()),
        answers: async ({ task, distances, seed, ...model }) =>
          (await context.lab).analysis.answers(model, { task, distances, seed }),
        sample: async ({ prompt, length, temperature, seed, ...model }) =>
          (await context.lab).analysis.sample(model, { prompt, length, temperature, seed, topK: null, topP: null }),
      },
      recall: {
        start: async (request) => (await context.lab).recall.start(request, true),
        follow: async ({ recall, visit }) => nothing((await context.lab).recall.follow(recall, visit)),
        stop: async ({ recall }) => {
          context.channelOf(contentsId)?.forgetRecall(recall)
          return nothing((await context.lab).recall.stop(recall))
        },
        weights: async (request) => (await context.lab).recall.weights(request),
        overlaps: async ({ set }) => (await context.lab).recall.overlaps(set),
      },
      experiments: {
        start: async ({ request, name }) => (await context.lab).experiments.start(request, name),
        stop: async ({ run }) => (await context.lab).experiments.stop(run),
        show: async ({ run }) => (await context.lab).experiments.show(run),
      },
      patterns: {
        sets: async () => (await context.lab).patterns.sets(),
        open: async ({ id }) => (await context.lab).patterns.open(id),
        save: async ({ id, title, set }) => (await context.lab).patterns.save(id, title, set),
        rename: async ({ id, title }) => (await context.lab).patterns.rename(id, title),
        duplicate: async ({ id, title }) => (await context.lab).patterns.duplicate(id, title),
        remove: async ({ id }) => nothing((await context.lab).patterns.remove(id)),
        restore: async ({ id }) => (await context.lab).patterns.restore(id),
      },
      files: fileHandlers(context, contentsId),
      drafts: {
        read: async ({ key }) => (await context.lab).settings.readDraft(key),
        write: async ({ key, value }) => nothing((await context.lab).settings.writeDraft(key, value)),
      },
      events: {
        subscribe: async () => {
          context.channelOf(contentsId)?.subscribe()
          return null
        },
        acknowledge: async ({ sequence }) => {
          context.channelOf(contentsId)?.acknowledge(sequence)
          return null
        },
      },
    }),
  }
}

const QUICK_MS = 20

function soon<Value>(value: Value): Promise<Value> {
  return new Promise((resolve) => setTimeout(() => resolve(value), QUICK_MS))
}

async function nothing(work: Promise<unknown>): Promise<null> {
  await work
  return null
}

function appHandlers({ dataDirectory, keeper, lab, pageLeft }: HandlerContext): LabHandlers['app'] {
  return {
    info: async () => ({
      version: app.getVersion(),
      platform: process.platform,
      cores: availableParallelism(),
      versions: {
        electron: process.versions.electron,
        chrome: process.versions.chrome,
        node: process.versions.node,
        v8: process.versions.v8,
      },
      dataDirectory,
      locale: app.getLocale(),
      // Choosing one takes a moment: the page doesn't wait for it.
      kernel: await Promise.race([lab.then((opened) => opened.kernel()), soon('auto')]),
      restored: keeper.takeNews(),
    }),
    openDataFolder: async () => {
      await shell.openPath(dataDirectory)
      return null
    },
    left: async () => {
      pageLeft()
      return null
    },
  }
}

/** @returns the chosen paths; null when the dialog was cancelled */
async function chooseFiles(context: HandlerContext, contentsId: number): Promise<readonly string[] | null> {
  const texts = context.texts()
  const options: Electron.OpenDialogOptions = {
    title: texts.chooseText,
    properties: ['openFile', 'multiSelections'],
    filters: [
      { name: texts.textFiles, extensions: ['txt', 'md', 'text', 'csv', 'json', 'html', 'xml', 'tex', 'log'] },
      { name: texts.allFiles, extensions: ['*'] },
    ],
  }
  const window = context.windowOf(contentsId)
  const { canceled, filePaths } = await (window
    ? dialog.showOpenDialog(window, options)
    : dialog.showOpenDialog(options))
  return canceled || filePaths.length === 0 ? null : filePaths
}
