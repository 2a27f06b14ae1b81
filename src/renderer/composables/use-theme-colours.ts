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
  | 'changed-on'
  | 'changed-off'

export interface ThemeColours {
  readonly dark: boolean
  readonly colour: (name: ColourName) => string
}

export function useThemeColours(): ComputedRef<ThemeColours> {
  const app = useAppStore()
  return computed(() => {
    const dark = app.theme === 'dark'
    const style = getComputedStyle(document.documentElement)
    // Asking the style in every frame would make the page compute it in every frame.
    const known = new Map<ColourName, string>()
    const colour = (name: ColourName): string => {
      const value = known.get(name) ?? style.getPropertyValue(`--${name}`).trim()
      known.set(name, value)
      return value
    }
    return { dark, colour }
  })
}
