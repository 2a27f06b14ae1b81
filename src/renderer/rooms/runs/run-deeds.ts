/** What is done with runs: marked, deleted and brought back, repeated, carried away. Every deed tells what came of it. */
import { onScopeDispose, ref } from 'vue'
import { useI18n } from 'vue-i18n'
import { errorFromReport, MOST_EXPORTED } from '../../../shared'
import type { RunId, RunPatch, RunRow, RunsChanged } from '../../../shared'
import { onEvent } from '../../bridge/events'
import { currentBridge, lab, open } from '../../bridge/lab'
import { useFormat } from '../../i18n/format'
import { useAppStore } from '../../stores/app.store'
import { useNoticesStore } from '../../stores/notices.store'
import { useRunsStore } from '../../stores/runs.store'
import { useBrowseStore } from './browse/browse.store'
import { changeMany, createOnce } from './change-many'

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
  const once = createOnce()
  /** What can be brought back by one press, the latest last, each with the notice that offers it. */
  const deletions: { readonly runs: readonly RunId[]; readonly notice: number }[] = []

  const tell = (text: string): number => notices.show({ kind: 'done', text, forMs: TOLD_MS })

  function tellRefused({ refused, failed }: RunsChanged): void {
    if (failed) notices.fail(errorFromReport(failed))
    if (refused) notices.show({ kind: 'error', text: t('runs.refused', { status: t(`run.status.${refused.status}`) }) })
  }

  const afterChange = async (changed: RunsChanged): Promise<void> => {
    tellRefused(changed)
    await browse.refresh()
  }

  /** What is being done with many runs: with how many so far, and in all. */
  const busy = ref<{ readonly dealt: number; readonly of: number } | null>(null)
  async function changeAll(
    runs: readonly RunId[],
    call: (some: { runs: RunId[] }) => Promise<RunsChanged>,
  ): Promise<RunsChanged> {
    try {
      const tellBusy = (dealt: number): void => void (busy.value = { dealt, of: runs.length })
      return await changeMany(runs, (some) => call({ runs: some }), tellBusy)
    } finally {
      busy.value = null
    }
  }

  /** Answers whether all of them were changed. */
  async function change(runs: readonly RunId[], patch: RunPatch): Promise<boolean> {
    let isWhole = false
    await notices.attempt(async () => {
      const changed = await changeAll(runs, (some) => lab.runs.change({ ...some, patch }))
      isWhole = changed.failed === null && changed.refused === null
      await afterChange(changed)
    })
    return isWhole
  }
  const tag = (runs: readonly RunId[], name: string, isThere: boolean) =>
    notices.attempt(async () =>
      afterChange(await changeAll(runs, (some) => lab.runs.tag({ ...some, tag: name, isThere }))),
    )

  async function remove(runs: readonly RunId[]): Promise<void> {
    await notices.attempt(async () => {
      const changed = await changeAll(runs, (some) => lab.runs.delete(some))
      await afterChange(changed)
      const { length } = changed.done
      if (length === 0) return
      const notice = notices.show({
        kind: 'done',
        text: t('runs.deleted', { count: format.value.whole(length) }, length),
        action: { label: t('runs.undo'), run: () => void undo(notice) },
        forMs: UNDO_MS,
      })
      deletions.push({ runs: changed.done, notice })
    })
  }

  async function restore(runs: readonly RunId[]): Promise<void> {
    await notices.attempt(async () => {
      const changed = await changeAll(runs, (some) => lab.runs.restore(some))
      await afterChange(changed)
      tell(t('runs.restored', { count: format.value.whole(changed.done.length) }, changed.done.length))
    })
  }

  /** Of the deletion that a notice tells of, else of the last. */
  async function undo(notice = deletions[deletions.length - 1]?.notice): Promise<void> {
    const place = deletions.findIndex((deletion) => deletion.notice === notice)
    if (place < 0) return
    const [{ runs }] = deletions.splice(place, 1)
    notices.dismiss(notice)
    await restore(runs)
  }

  const emptyBin = () =>
    notices.attempt(async () => {
      const count = await lab.runs.emptyBin({})
      deletions.length = 0
      await browse.refresh()
      tell(t('runs.emptied', { count: format.value.whole(count) }, count))
    })

  const repeat = (row: RunRow, seed: number | null) => once(`repeat ${row.run} ${seed}`, () => begin(row, seed))

  async function begin(row: RunRow, seed: number | null): Promise<void> {
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

  const resume = (row: RunRow) =>
    once(`resume ${row.run}`, () =>
      notices.attempt(async () => {
        await lab.training.resume({ run: row.run })
        await app.change({ run: row.run, room: 'train' })
      }),
    )

  const trainFurther = (row: RunRow, steps: number) =>
    notices.attempt(async () => {
      known.put(await lab.training.goOn({ run: row.run, steps }))
      await app.change({ run: row.run, room: 'train' })
    })

  const saved = (file: { readonly name: string } | null): void => {
    if (file) tell(t('saving.saved', { name: file.name }))
  }
  const exportRuns = (runs: readonly RunId[], withCorpus: boolean) =>
    once('export', async () => {
      if (runs.length > MOST_EXPORTED) {
        notices.show({ kind: 'error', text: t('runs.tooManyExported', { most: format.value.whole(MOST_EXPORTED) }) })
        return
      }
      await notices.attempt(async () => saved(await lab.carry.exportRuns({ runs: [...runs], withCorpus })))
    })
  const saveModel = (run: RunId, best: boolean) =>
    notices.attempt(async () => saved(await lab.carry.saveModel({ run, best })))
  const handOff = (run: RunId) => notices.attempt(async () => saved(await lab.carry.handOff({ run })))
  const backUp = () => notices.attempt(async () => saved(await lab.carry.backUp({})))

  async function brought(carried: readonly { readonly isNew: boolean }[]): Promise<void> {
    await browse.refresh()
    const fresh = carried.filter(({ isNew }) => isNew).length
    tell(t('runs.imported', { fresh: format.value.whole(fresh), known: format.value.whole(carried.length - fresh) }))
  }
  const importBundles = (tokens: readonly string[]) =>
    once('import', () => notices.attempt(async () => brought(await lab.carry.importRuns({ tokens: [...tokens] }))))
  const dropRuns = (files: readonly File[]) =>
    notices.attempt(async () => brought(open(await currentBridge().dropRuns(files))))

  return {
    busy,
    change,
    tag,
    remove,
    restore,
    undo,
    emptyBin,
    repeat,
    resume,
    trainFurther,
    exportRuns,
    saveModel,
    handOff,
    backUp,
    importBundles,
    dropRuns,
  }
}
export type RunDeeds = ReturnType<typeof useRunDeeds>
