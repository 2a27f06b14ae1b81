/** A window that prefers nothing, or less motion; tests run without a window. Undone by `vi.unstubAllGlobals`. */
import { vi } from 'vitest'

export function stubMatchMedia(lessMotion = false): void {
  vi.stubGlobal('matchMedia', (query: string) => ({
    matches: lessMotion && query.includes('reduced-motion'),
    addEventListener: () => undefined,
  }))
}
