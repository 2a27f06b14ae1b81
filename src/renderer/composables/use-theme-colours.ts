/** The tokens' colours for canvases, read again whenever the theme changes. */
import { computed } from 'vue'
import type { ComputedRef } from 'vue'
import { useAppStore } from '../stores/app.store'

export type ColourName =
  | 'background'
  | 'surface'
  | 'sunken'
  | 'ink'
  | 'soft'
  | 'faint'
  | 'line'
  | 'line-strong'
  | 'accent'
  | 'accent-wash'
  | 'warning'
  | 'series-1'
  | 'series-2'
  | 'series-3'
  | 'series-4'
  | 'series-5'
  | 'series-6'
  | 'series-7'
  | 'series-8'
  | 'cell-on'
  | 'cell-off'
  | 'cell-line'

export interface ThemeColours {
  readonly dark: boolean
  readonly colour: (name: ColourName) => string
}

export function useThemeColours(): ComputedRef<ThemeColours> {
  const app = useAppStore()
  return computed(() => {
    const dark = app.theme === 'dark'
    const style = getComputedStyle(document.documentElement)
    return { dark, colour: (name: ColourName) => style.getPropertyValue(`--${name}`).trim() }
  })
}
