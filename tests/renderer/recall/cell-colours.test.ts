/** Changed cells of a large grid have no outline: their tints must be told from the other two colours and from each other. */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { tintedPixels } from '../../../src/renderer/rooms/recall/editor/draw-grid'

const css = readFileSync(resolve(import.meta.dirname, '../../../src/renderer/styles/tokens.css'), 'utf8')

function colourOf(theme: string, name: string): string {
  const [, block] = css.split(`:root[data-theme='${theme}'] {`)
  return new RegExp(`--${name}: (#[0-9a-f]{6});`).exec(block)?.[1] ?? ''
}

/** WCAG 2.2, relative luminance. */
function luminance(hex: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function contrast(a: string, b: string): number {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y)
  return (high + 0.05) / (low + 0.05)
}

/** Four colours share the way from ink to paper: +1 and −1 as far apart as lines must be, a change half as far again. */
const SIGN = 3
const CHANGE = 1.9

describe.each(['light', 'dark'])('in the %s theme', (theme) => {
  const [on, off, changedOn, changedOff] = ['cell-on', 'cell-off', 'changed-on', 'changed-off'].map((name) =>
    colourOf(theme, name),
  )

  it('+1 and −1 are told apart, changed or not', () => {
    expect(contrast(on, off)).toBeGreaterThanOrEqual(SIGN)
    expect(contrast(changedOn, changedOff)).toBeGreaterThanOrEqual(SIGN)
  })

  it('what changed is told from what did not', () => {
    expect(contrast(on, changedOn)).toBeGreaterThanOrEqual(CHANGE)
    expect(contrast(off, changedOff)).toBeGreaterThanOrEqual(CHANGE)
  })
})

it('each cell has the colour of its sign, and another where it differs from the cue', () => {
  const pixels = new Uint32Array(4)
  const colours = { on: 1, off: 2, changedOn: 3, changedOff: 4 }
  tintedPixels(pixels, Int8Array.of(1, -1, 1, -1), Int8Array.of(1, -1, -1, 1), colours)
  expect(Array.from(pixels)).toEqual([1, 2, 3, 4])
})
