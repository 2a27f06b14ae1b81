/** Settings, what the system says, and which room is open. */
import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { AppInfo, Room, Settings, SettingsPatch } from '../../shared'
import { DEFAULT_SETTINGS } from '../../shared'
import { onEvent } from '../bridge/events'
import { lab } from '../bridge/lab'
import { i18n } from '../i18n'
import type { Language } from '../i18n'

export const useAppStore = defineStore('app', () => {
  const settings = shallowRef<Settings>(DEFAULT_SETTINGS)
  const info = shallowRef<AppInfo | null>(null)
  const systemDark = ref(matchMedia('(prefers-color-scheme: dark)').matches)
  const systemReduced = ref(matchMedia('(prefers-reduced-motion: reduce)').matches)

  const theme = computed<'light' | 'dark'>(() =>
    settings.value.theme === 'system' ? (systemDark.value ? 'dark' : 'light') : settings.value.theme,
  )
  const language = computed<Language>(() => {
    if (settings.value.language !== 'system') return settings.value.language
    return info.value?.locale.startsWith('ko') ? 'ko' : 'en'
  })
  const reducedMotion = computed(() => settings.value.motion === 'reduced' || systemReduced.value)
  const room = computed<Room>(() => settings.value.room)

  function apply(): void {
    const root = document.documentElement
    root.dataset.theme = theme.value
    root.dataset.motion = reducedMotion.value ? 'reduced' : 'full'
    root.lang = language.value
    i18n.global.locale.value = language.value
  }

  function take(next: Settings): void {
    settings.value = next
    apply()
  }

  /** Changes at once for the eye, then on the disk; a refusal brings the old value back. */
  async function change(patch: SettingsPatch): Promise<void> {
    const before = settings.value
    take({ ...before, ...patch })
    try {
      take(await lab.settings.change(patch))
    } catch (error) {
      take(before)
      throw error
    }
  }

  let hasArrived = false

  async function go(next: Room): Promise<void> {
    if (next === room.value) return
    hasArrived = true
    await change({ room: next })
  }

  /** Whether a person has just gone to the room; answered once. */
  function takeArrival(): boolean {
    const taken = hasArrived
    hasArrived = false
    return taken
  }

  async function load(): Promise<void> {
    const [nextSettings, nextInfo] = await Promise.all([lab.settings.read({}), lab.app.info({})])
    info.value = nextInfo
    take(nextSettings)
  }

  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', (event) => {
    systemDark.value = event.matches
    apply()
  })
  matchMedia('(prefers-reduced-motion: reduce)').addEventListener('change', (event) => {
    systemReduced.value = event.matches
    apply()
  })
  onEvent('settings', (event) => take(event.settings))

  return { settings, info, theme, language, reducedMotion, room, change, go, takeArrival, load }
})
