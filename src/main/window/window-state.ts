/** Where the window was, kept in a small file; nonsense in it, or a screen that is gone, falls back to the default. */
import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import * as v from 'valibot'

export interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

const whole = v.pipe(v.number(), v.integer(), v.minValue(-100_000), v.maxValue(100_000))
const StateSchema = v.object({
  bounds: v.object({ x: whole, y: whole, width: whole, height: whole }),
  isMaximized: v.boolean(),
})
export type WindowState = v.InferOutput<typeof StateSchema>

export const LEAST = { width: 960, height: 640 }
const DEFAULT = { width: 1280, height: 800 }

/** @param areas the work areas of the displays, the first one being the main one's */
export function fitWindow(state: WindowState | null, areas: readonly Box[]): WindowState {
  const area = areas.find((candidate) => state !== null && overlaps(state.bounds, candidate)) ?? areas[0]
  const wanted = state?.bounds ?? DEFAULT
  const width = Math.min(area.width, Math.max(LEAST.width, wanted.width))
  const height = Math.min(area.height, Math.max(LEAST.height, wanted.height))
  const isThere = state !== null && overlaps(state.bounds, area)
  const x = isThere ? state.bounds.x : area.x + Math.floor((area.width - width) / 2)
  const y = isThere ? state.bounds.y : area.y + Math.floor((area.height - height) / 2)
  return {
    bounds: {
      x: Math.min(Math.max(x, area.x), area.x + area.width - width),
      y: Math.min(Math.max(y, area.y), area.y + area.height - height),
      width,
      height,
    },
    isMaximized: state?.isMaximized ?? false,
  }
}

/** Enough of the window to be taken hold of. */
function overlaps(a: Box, b: Box): boolean {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x)
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y)
  return width >= 100 && height >= 100
}

export function readWindowState(file: string): WindowState | null {
  try {
    const parsed = v.safeParse(StateSchema, JSON.parse(readFileSync(file, 'utf8')))
    return parsed.success ? parsed.output : null
  } catch {
    return null // none was kept yet, or it isn't JSON: the default does
  }
}

/** At once, since the app may end right after, and whole: under another name first. */
export function writeWindowState(file: string, state: WindowState): void {
  const temporary = `${file}.tmp`
  writeFileSync(temporary, JSON.stringify(state))
  renameSync(temporary, file)
}
