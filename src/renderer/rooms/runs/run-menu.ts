/** What can be done with the runs that are meant, as a menu: only what makes sense for them is offered. */
import {
  Archive,
  ArchiveRestore,
  ChartSpline,
  Dices,
  FastForward,
  FileDown,
  FileUp,
  FolderOutput,
  GitFork,
  HardDriveDownload,
  Layers,
  Pencil,
  Play,
  RotateCcw,
  Star,
  Trash2,
} from '@lucide/vue'
import { LIVE_STATUSES } from '../../../shared'
import type { RunDetail, RunId } from '../../../shared'
import type { MenuItem } from '../../components/UiMenu.vue'
import { canResume, canTrainFurther, wasTrained } from '../../stores/run-state'
import type { RunDeeds } from './run-deeds'

export interface MenuContext {
  readonly t: (key: string) => string
  readonly deeds: RunDeeds
  /** What the deeds are about. */
  readonly runs: readonly RunId[]
  /** Of the only one, where there is one. */
  readonly detail: RunDetail | null
  readonly isBin: boolean
  readonly rename: () => void
  readonly otherSeed: (detail: RunDetail) => void
  readonly changeSetting: (detail: RunDetail) => void
  readonly trainFurther: () => void
  readonly watch: () => void
  readonly compareSeeds: (run: RunId) => void
  readonly importModel: (parent: RunId) => void
}

export function runMenu(context: MenuContext): readonly (readonly MenuItem[])[] {
  const { t, deeds, runs, detail } = context
  if (context.isBin) return [[{ label: t('runs.menu.restore'), icon: RotateCcw, run: () => void deeds.restore(runs) }]]
  return [resumeItems(context), markItems(context), againItems(context), carryItems(context)]
    .filter((group) => group.length > 0)
    .map((group) =>
      group.map((item) => ({ ...item, disabled: item.disabled ?? (runs.length === 0 && detail === null) })),
    )
}

function resumeItems({ t, deeds, detail }: MenuContext): MenuItem[] {
  if (detail === null || !canResume(detail)) return []
  return [{ label: t('runs.resume'), icon: Play, run: () => void deeds.resume(detail) }]
}

function markItems({ t, deeds, runs, detail, rename }: MenuContext): MenuItem[] {
  const isStarred = detail?.starred === true
  const isArchived = detail?.archived === true
  return [
    ...(detail ? [{ label: t('runs.rename'), icon: Pencil, keys: 'F2', run: rename }] : []),
    {
      label: t(isStarred ? 'runs.menu.unstar' : 'runs.menu.star'),
      icon: Star,
      run: () => void deeds.change(runs, { starred: !isStarred }),
    },
    {
      label: t(isArchived ? 'runs.menu.unarchive' : 'runs.menu.archive'),
      icon: isArchived ? ArchiveRestore : Archive,
      run: () => void deeds.change(runs, { archived: !isArchived }),
    },
    { label: t('runs.menu.delete'), icon: Trash2, keys: 'Del', run: () => void deeds.remove(runs) },
  ]
}

function againItems({ t, deeds, detail, ...context }: MenuContext): MenuItem[] {
  if (detail === null || detail.kind !== 'training') return []
  const isLive = LIVE_STATUSES.includes(detail.status)
  const cannot = isLive || detail.configuration === null || !detail.modelStep
  return [
    { label: t('runs.repeat'), icon: RotateCcw, disabled: cannot, run: () => void deeds.repeat(detail, null) },
    { label: t('runs.menu.otherSeed'), icon: Dices, disabled: cannot, run: () => context.otherSeed(detail) },
    {
      label: t('runs.menu.change'),
      icon: GitFork,
      disabled: detail.configuration === null,
      run: () => context.changeSetting(detail),
    },
    {
      label: t('runs.menu.further'),
      icon: FastForward,
      disabled: !canTrainFurther(detail),
      run: context.trainFurther,
    },
    ...(wasTrained(detail) ? [{ label: t('runs.watch'), icon: ChartSpline, run: context.watch }] : []),
    { label: t('runs.menu.seeds'), icon: Layers, run: () => context.compareSeeds(detail.run) },
  ]
}

function carryItems({ t, deeds, runs, detail, importModel }: MenuContext): MenuItem[] {
  const hasModel = detail !== null && detail.modelStep !== null
  return [
    { label: t('runs.menu.export'), icon: FileUp, run: () => void deeds.exportRuns(runs, false) },
    { label: t('runs.menu.exportWithText'), icon: FileUp, run: () => void deeds.exportRuns(runs, true) },
    ...(hasModel
      ? [
          { label: t('runs.menu.saveModel'), icon: FileDown, run: () => void deeds.saveModel(detail.run, false) },
          { label: t('runs.menu.saveBest'), icon: FileDown, run: () => void deeds.saveModel(detail.run, true) },
          { label: t('runs.menu.handOff'), icon: FolderOutput, run: () => void deeds.handOff(detail.run) },
          { label: t('runs.menu.importModel'), icon: HardDriveDownload, run: () => importModel(detail.run) },
        ]
      : []),
  ]
}
