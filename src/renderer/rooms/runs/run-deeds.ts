/** What is done with runs: marked, deleted and brought back, repeated, carried away. Every deed tells what came of it. */
import { onScopeDispose } from 'vue'
import { useI18n } from 'vue-i18n'
import type { RunId, RunPatch, RunRow, RunsChanged } from '../../../shared'
import { onEvent } from '../../bridge/events'
import { currentBridge, lab, open } from '../../bridge/lab'
import { useFormat } from '../../i18n/format'
import { useAppStore } from '../../stores/app.store'
import { useNoticesStore } from '../../stores/notices.store'
import { useRunsStore } from '../../stores/runs.store'
import { useBrowseStore } from './browse/browse.store'

/** How long what was deleted can be brought back by one press; later it lies in the bin. */
const UNDO_MS = 10_000
const TOLD_MS = 6000

/**
 * Runs seen in training that may be repeating another: their verdict is told when it is there. Of the whole page, since
 * more than one place listens and each verdict is told once.
 */
const awaited = new Set<RunId>()

export function useRunDeeds() {
  const { t } = useI18n()
  const format = useFormat()
  const app = useAppStore()
  const notices = useNoticesStore()
  const browse = useBrowseStore()
  const known = useRunsStore()
  let deleted: readonly RunId[] = []

  const tell = (text: string): number => notices.show({ kind: 'done', text, forMs: TOLD_MS })

  function tellRefused({ refused }: RunsChanged): void {
    if (refused) notices.show({ kind: 'error', text: t('runs.refused', { status: t(`run.status.${refused.status}`) }) })
  }

  const afterChange = async (changed: RunsChanged): Promise<void> => {
    tellRefused(changed)
    await browse.refresh()
  }

  const change = (runs: readonly RunId[], patch: RunPatch) =>
    notices.attempt(async () => afterChange(await lab.runs.change({ runs: [...runs], patch })))
  const tag = (runs: readonly RunId[], name: string, isThere: boolean) =>
    notices.attempt(async () => afterChange(await lab.runs.tag({ runs: [...runs], tag: name, isThere })))

  async function remove(runs: readonly RunId[]): Promise<void> {
    if (runs.length === 0) return
    await notices.attempt(async () => {
      const changed = await lab.runs.delete({ runs: [...runs] })
      await afterChange(changed)
      if (changed.done.length === 0) return
      deleted = changed.done
      const id = notices.show({
        kind: 'done',
        text: t('runs.deleted', { count: format.value.whole(deleted.length) }, deleted.length),
        action: { label: t('runs.undo'), run: () => void undo() },
        forMs: UNDO_MS,
      })
      shownUndo = id
    })
  }
  let shownUndo: number | null = null

  async function restore(runs: readonly RunId[]): Promise<void> {
    await notices.attempt(async () => {
      const changed = await lab.runs.restore({ runs: [...runs] })
      await afterChange(changed)
      tell(t('runs.restored', { count: format.value.whole(changed.done.length) }, changed.done.length))
    })
  }

  /** Of the last deletion. */
  async function undo(): Promise<void> {
    const runs = deleted
    deleted = []
    if (shownUndo !== null) notices.dismiss(shownUndo)
    if (runs.length > 0) await restore(runs)
  }

  const emptyBin = () =>
    notices.attempt(async () => {
      const count = await lab.runs.emptyBin({})
      deleted = []
      await browse.refresh()
      tell(t('runs.emptied', { count: format.value.whole(count) }, count))
    })

  async function repeat(row: RunRow, seed: number | null): Promise<void> {
    await notices.attempt(async () => {
      const name = seed === null ? '' : `${row.name} · ${t('runs.seedName', { seed })}`
      const begun = await lab.training.repeat({ run: row.run, seed, name: name.slice(0, 200) })
      known.put(begun)
      if (seed === null) awaited.add(begun.run)
      await browse.refresh()
      tell(t(seed === null ? 'runs.repeating' : 'runs.repeatingSeed', { name: row.name, seed: seed ?? 0 }))
    })
  }

  function judge(row: RunRow): void {
    const isLive = row.pid !== null || row.status === 'queued'
    if (isLive && row.parent !== null) awaited.add(row.run)
    if (isLive || !awaited.delete(row.run) || row.verdict === null) return
    const isEqual = row.verdict === 'equal'
    const text = t(isEqual ? 'runs.digestEqual' : 'runs.digestOther', {
      name: row.name,
      digest: row.digest?.slice(0, 12) ?? '–',
    })
    notices.show({ kind: isEqual ? 'done' : 'error', text })
  }
  onScopeDispose(onEvent('run', ({ row }) => judge(row)))

  const goOn = (row: RunRow, steps: number) =>
    notices.attempt(async () => {
      known.put(await lab.training.goOn({ run: row.run, steps }))
      await app.change({ run: row.run, room: 'train' })
    })

  const saved = (file: { readonly name: string } | null): void => {
    if (file) tell(t('saving.saved', { name: file.name }))
  }
  const exportRuns = (runs: readonly RunId[], withCorpus: boolean) =>
    notices.attempt(async () => saved(await lab.carry.exportRuns({ runs: [...runs], withCorpus })))
  const saveModel = (run: RunId, best: boolean) =>
    notices.attempt(async () => saved(await lab.carry.saveModel({ run, best })))
  const handOff = (run: RunId) => notices.attempt(async () => saved(await lab.carry.handOff({ run })))
  const backUp = () => notices.attempt(async () => saved(await lab.carry.backUp({})))

  async function brought(carried: readonly { readonly isNew: boolean }[] | null): Promise<void> {
    if (carried === null) return
    await browse.refresh()
    const fresh = carried.filter(({ isNew }) => isNew).length
    tell(t('runs.imported', { fresh: format.value.whole(fresh), known: format.value.whole(carried.length - fresh) }))
  }
  const importRuns = () => notices.attempt(async () => brought(await lab.carry.importRuns({})))
  const dropRuns = (files: readonly File[]) =>
    notices.attempt(async () => brought(open(await currentBridge().dropRuns(files))))

  return {
    change,
    tag,
    remove,
    restore,
    undo,
    emptyBin,
    repeat,
    goOn,
    exportRuns,
    saveModel,
    handOff,
    backUp,
    importRuns,
    dropRuns,
  }
}
export type RunDeeds = ReturnType<typeof useRunDeeds>
