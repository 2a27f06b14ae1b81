/** Where one goes on from a run: into another room, to the same setting with other seeds, to a comparison of them. */
import { useI18n } from 'vue-i18n'
import type { Ref } from 'vue'
import { MOST_COMPARED, MOST_ROWS_AT_ONCE } from '../../../shared'
import type { RunDetail, RunId } from '../../../shared'
import { lab } from '../../bridge/lab'
import { useAppStore } from '../../stores/app.store'
import { useNoticesStore } from '../../stores/notices.store'
import { useRunsStore } from '../../stores/runs.store'
import { usePrepareStore } from '../train/prepare.store'
import type { RunDeeds } from './run-deeds'

const TOLD_MS = 6000
const MOST_SEED = 2 ** 32 - 1

/** One more than the largest; the smallest that is free where there is no larger. */
export function unusedSeed(used: ReadonlySet<number>): number {
  const next = [...used].reduce((most, seed) => Math.max(most, seed), 0) + 1
  if (next <= MOST_SEED) return next
  let free = 0
  while (used.has(free)) free += 1
  return free
}

interface Ways {
  readonly deeds: RunDeeds
  readonly detail: Readonly<Ref<RunDetail | null>>
  readonly compared: Ref<readonly RunId[] | null>
}

export function useRunWays({ deeds, detail, compared }: Ways) {
  const { t } = useI18n()
  const app = useAppStore()
  const known = useRunsStore()
  const notices = useNoticesStore()
  const prepare = usePrepareStore()

  async function openIn(room: 'train' | 'inspect'): Promise<void> {
    const target = detail.value
    await notices.attempt(async () => {
      if (target) known.put(target)
      await app.change({ ...(target ? { run: target.run } : {}), room })
    })
  }

  async function otherSeed(of: RunDetail): Promise<void> {
    await notices.attempt(async () => {
      const siblings = await lab.runs.siblings({ run: of.run })
      const used = new Set([of.configuration?.seed ?? 0])
      for (let from = 0; from < siblings.length; from += MOST_ROWS_AT_ONCE) {
        const runs = siblings.slice(from, from + MOST_ROWS_AT_ONCE)
        for (const { seed } of await lab.runs.rows({ runs, atStep: null })) used.add(seed ?? 0)
      }
      await deeds.repeat(of, unusedSeed(used))
    })
  }

  async function changeSetting(of: RunDetail): Promise<void> {
    prepare.change(of)
    await notices.attempt(() => app.change({ run: null, room: 'train' }))
  }

  async function compareSeeds(run: RunId): Promise<void> {
    await notices.attempt(async () => {
      const siblings = await lab.runs.siblings({ run })
      if (siblings.length === 0) notices.show({ kind: 'done', text: t('runs.noSeeds'), forMs: TOLD_MS })
      else compared.value = [run, ...siblings].slice(0, MOST_COMPARED)
    })
  }

  return { openIn, otherSeed, changeSetting, compareSeeds }
}
