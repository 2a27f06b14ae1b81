/**
 * Files on their way into the lab, dropped anywhere or chosen in Runs: bundles of runs, models, patterns, pictures and texts
 * alike, each taken by its own room.
 */
import { useI18n } from 'vue-i18n'
import { HEAD_BYTES, kindOfFile } from '../../shared'
import type { ChosenFile, FileKind } from '../../shared'
import { lab } from '../bridge/lab'
import { useModelFileStore } from '../rooms/inspect/model-file/model-file.store'
import { useImportStore } from '../rooms/recall/import/import.store'
import type { RunDeeds } from '../rooms/runs/run-deeds'
import { usePrepareStore } from '../rooms/train/prepare.store'
import { useAppStore } from '../stores/app.store'
import { useNoticesStore } from '../stores/notices.store'

/** How the files of one kind are taken in, whether they were dropped or chosen. */
interface Taken {
  readonly bundles: () => Promise<unknown>
  readonly model: () => Promise<unknown>
  readonly drawing: () => Promise<unknown>
  readonly texts: () => Promise<unknown>
}

export function useFileImport(deeds: RunDeeds) {
  const { t } = useI18n()
  const app = useAppStore()
  const notices = useNoticesStore()
  const prepare = usePrepareStore()
  const modelFile = useModelFileStore()
  const drawing = useImportStore()

  /** Kinds one after another; the room of the last one stays open. */
  async function take(kinds: readonly FileKind[], taken: Taken): Promise<void> {
    const has = (...wanted: FileKind[]): number => kinds.filter((kind) => wanted.includes(kind)).length
    if (has('bundle') > 0) {
      await app.go('runs')
      await taken.bundles()
    }
    if (has('patterns', 'picture') > 0) {
      if (has('patterns', 'picture') > 1) notices.show({ kind: 'error', text: t('files.oneDrawing') })
      else {
        await app.go('recall')
        await taken.drawing()
      }
    }
    if (has('text') > 0) {
      await app.change({ run: null, room: 'train' })
      await taken.texts()
    }
    if (has('model') > 0) {
      if (has('model') > 1) notices.show({ kind: 'error', text: t('inspect.modelFile.oneAtATime') })
      else {
        await app.go('inspect')
        await taken.model()
      }
    }
  }

  async function drop(files: readonly File[]): Promise<void> {
    await notices.attempt(async () => {
      const kinds = await Promise.all(files.map(kindOf))
      const of = (...wanted: FileKind[]): File[] => files.filter((_, i) => wanted.includes(kinds[i]))
      await take(kinds, {
        bundles: () => deeds.dropRuns(of('bundle')),
        drawing: () => drawing.take(of('patterns', 'picture')[0]),
        texts: () => prepare.drop(of('text')),
        model: () => modelFile.drop(of('model')),
      })
    })
  }

  async function choose(): Promise<void> {
    await notices.attempt(async () => {
      const files = await lab.files.choose({})
      if (files === null) return
      const of = (...wanted: FileKind[]): ChosenFile[] => files.filter(({ kind }) => wanted.includes(kind))
      await take(
        files.map(({ kind }) => kind),
        {
          bundles: () => deeds.importBundles(of('bundle').map(({ token }) => token)),
          drawing: () => drawing.takeChosen(of('patterns', 'picture')[0].token),
          texts: () => prepare.takeChosen(of('text').map(({ token }) => token)),
          model: () => modelFile.takeChosen(of('model')[0].token),
        },
      )
    })
  }

  return { drop, choose }
}

async function kindOf(file: File): Promise<FileKind> {
  const head = new Uint8Array(await file.slice(0, HEAD_BYTES).arrayBuffer())
  return kindOfFile(file.name, head, new TextDecoder().decode(head))
}
