/** What a file becomes, and what is refused with a sentence before anything of it is decoded or taken. */
import { describe, expect, it } from 'vitest'
import {
  bestThreshold,
  fitToGrid,
  lightness,
  realCue,
  withinOne,
} from '../../../src/renderer/rooms/recall/import/picture-cue'
import { readPictureHeader } from '../../../src/renderer/rooms/recall/import/picture-header'
import { readImport } from '../../../src/renderer/rooms/recall/import/read-import'
import { errorOf } from '../../lab/support/errors'

const text = (value: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(value)
const never = (): Promise<ImageData> => Promise.reject(new Error('decoded'))

function chunk(type: string, data: readonly number[]): number[] {
  return [0, 0, data.length >> 8, data.length & 255, ...text(type), ...data, 0, 0, 0, 0]
}
const four = (n: number): number[] => [(n >>> 24) & 255, (n >>> 16) & 255, (n >>> 8) & 255, n & 255]
const png = (width: number, height: number, ...between: number[][]): Uint8Array<ArrayBuffer> =>
  Uint8Array.from([
    0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a,
    ...chunk('IHDR', [...four(width), ...four(height), 8, 2, 0, 0, 0]),
    ...between.flat(),
    ...chunk('IDAT', [1, 2, 3]),
  ]) // prettier-ignore
const jpeg = (width: number, height: number): Uint8Array<ArrayBuffer> =>
  Uint8Array.from([
    0xff, 0xd8, 0xff, 0xe0, 0, 4, 0, 0, 0xff, 0xc0, 0, 11, 8, height >> 8, height & 255, width >> 8, width & 255, 1, 1, 0x11, 0,
  ]) // prettier-ignore

describe('a picture’s header', () => {
  it('tells its size', () => {
    expect(readPictureHeader(png(640, 480))).toEqual({ kind: 'png', width: 640, height: 480 })
    expect(readPictureHeader(jpeg(300, 200))).toEqual({ kind: 'jpeg', width: 300, height: 200 })
  })

  it('of a size beyond reason, of an animation or a drawing is refused before decoding', async () => {
    await expect(readImport('big.png', png(20_000, 10), never)).rejects.toEqual(
      errorOf('E_PICTURE_TOO_LARGE', { width: 20_000 }),
    )
    const moving = png(10, 10, chunk('acTL', [0, 0, 0, 2, 0, 0, 0, 0]))
    await expect(readImport('a.png', moving, never)).rejects.toEqual(errorOf('E_PICTURE_ANIMATED'))
    await expect(readImport('a.gif', text('GIF89a…'), never)).rejects.toEqual(errorOf('E_PICTURE_ANIMATED'))
    const webp = (flags: number): Uint8Array<ArrayBuffer> =>
      Uint8Array.from([...Buffer.from('RIFF\0\0\0\0WEBPVP8X'), 10, 0, 0, 0, flags, 0, 0, 0, 9, 0, 0, 9, 0, 0])
    await expect(readImport('a.webp', webp(2), never)).rejects.toEqual(errorOf('E_PICTURE_ANIMATED'))
    for (const other of [webp(0), text('BM\0\0\0\0\0\0\0\0\0\0\0\0\0'), text('\0\0\0\u0020ftypavif')]) {
      await expect(readImport('a', other, never)).rejects.toEqual(errorOf('E_PICTURE'))
    }
    for (const svg of ['<svg xmlns="x"/>', '<?xml version="1.0"?>\n<svg>', '  <SVG >']) {
      await expect(readImport('a.svg', text(svg), never)).rejects.toEqual(errorOf('E_PICTURE_SVG'))
    }
  })

  it('cut off anywhere is damaged, and never read beyond its end', () => {
    for (const whole of [png(64, 64), jpeg(64, 64)]) {
      for (let length = 8; length < whole.length; length++) {
        const header = readPictureHeader(whole.subarray(0, length))
        expect(['refused', 'png', 'jpeg']).toContain(header.kind)
      }
      expect(readPictureHeader(whole.subarray(0, 10))).toEqual({ kind: 'refused', why: 'damaged' })
    }
  })

  it('that is right, of a picture that is not, is told as damaged', async () => {
    await expect(readImport('a.png', png(8, 8), never)).rejects.toEqual(errorOf('E_PICTURE'))
  })
})

describe('a picture on a grid', () => {
  it('is averaged over each cell with its proportions kept, paper around it', () => {
    const pixels = new Uint8ClampedArray(4 * 4 * 2).fill(255) // 4 × 2, white
    for (const i of [0, 1, 4, 5]) pixels.set([0, 0, 0, 255], 4 * i) // its left half black
    const picture = lightness(pixels, 4, 2)
    expect([...fitToGrid(picture, 2, 2)].map((x) => Number(x.toFixed(6)))).toEqual([0.5, 1, 0.5, 1])
    expect([...fitToGrid(picture, 4, 4)]).toEqual([1, 1, 1, 1, 0, 0, 1, 1, 0, 0, 1, 1, 1, 1, 1, 1])
  })

  it('takes what is transparent for paper', () => {
    expect(lightness(Uint8ClampedArray.of(0, 0, 0, 0), 1, 1).light[0]).toBe(1)
  })

  it('becomes real numbers around the threshold that parts dark from light', () => {
    const light = Float32Array.of(0.1, 0.12, 0.15, 0.8, 0.82, 0.9)
    const threshold = bestThreshold(light)
    expect(threshold).toBeGreaterThan(0.15)
    expect(threshold).toBeLessThanOrEqual(0.8)
    const cue = realCue(light, threshold, false)
    expect([...cue].map(Math.sign)).toEqual([1, 1, 1, -1, -1, -1])
    expect(Math.max(...cue.map(Math.abs))).toBeLessThanOrEqual(1)
    expect([...realCue(light, threshold, true)]).toEqual([...cue].map((value) => -value))
    expect(bestThreshold(Float32Array.of(0, 1, 1))).toBeCloseTo(0.5, 2)
    expect(bestThreshold(Float32Array.of(0.2, 0.2, 0.6))).toBeCloseTo(0.4, 2)
  })
})

describe('patterns and cues', () => {
  it('are told from each other by what is in them', async () => {
    expect(await readImport('a.txt', text('# A\n#.#\n.#.\n###\n'))).toMatchObject({
      kind: 'patterns',
      patterns: [{ name: 'A' }],
    })
    const cue = await readImport('a.json', text('{"values":[[0.5,-1],[0,1]]}'))
    expect(cue).toMatchObject({ kind: 'cue', cue: { width: 2, height: 2 } })
  })

  const letter = '# A\n#.#\n.#.\n###\n'
  it.each([
    ['a ragged row', '# A\n#.#\n.#\n###\n', 'E_PATTERN_RAGGED'],
    ['a cell that is none', '# A\n#.#\n.2.\n###\n', 'E_PATTERN_CELL'],
    ['another size', `${letter}# B\n####\n####\n####\n`, 'E_PATTERN_SIZE'],
    ['two rows', '# A\n###\n#.#\n', 'E_PATTERN_SIDES'],
    ['nothing', '   \n', 'E_PATTERN_EMPTY'],
    ['JSON of no pattern', '{"width":3,"height":3,"patterns":[]}', 'E_PATTERN_EMPTY'],
    ['JSON of neither', '{}', 'E_PATTERN_JSON'],
    ['JSON cut off', '{"width":3,', 'E_PATTERN_JSON'],
    ['numbers for rows', '{"width":1,"height":1,"patterns":[{"name":"a","rows":[1]}]}', 'E_PATTERN_JSON'],
    [
      'a cell in JSON that is none',
      '{"width":3,"height":3,"patterns":[{"name":"a","rows":["#x#","...","..."]}]}',
      'E_PATTERN_CELL',
    ],
    ['a number that is not finite', '{"values":[[1e999,1]]}', 'E_PATTERN_VALUES'],
  ] as const)('with %s are refused', async (_what, content, code) => {
    await expect(readImport('a', text(content))).rejects.toEqual(errorOf(code))
  })

  it('of real numbers beyond ±1 are scaled to it, whatever their size; others stay as they are', () => {
    expect(Array.from(withinOne(Float64Array.of(200, -50, 0, 100)))).toEqual([1, -0.25, 0, 0.5])
    expect(Array.from(withinOne(Float64Array.of(1e300, -1e300, 1)))).toEqual([1, -1, expect.closeTo(0, 12)])
    expect(Array.from(withinOne(Float64Array.of(0.5, -0.25)))).toEqual([0.5, -0.25])
  })

  it('have names on one line that a set can keep', async () => {
    const rows = ['###', '...', '###']
    const names = ['a\n# b', `${'x'.repeat(199)}🧠`, '  ']
    const json = JSON.stringify({ width: 3, height: 3, patterns: names.map((name) => ({ name, rows })) })
    const found = await readImport('mine.json', text(json))
    if (found.kind !== 'patterns') throw new Error('no patterns')
    expect(found.patterns.map(({ name }) => name)).toEqual(['a # b', 'x'.repeat(199), 'mine'])
  })

  it('of more than a thousand are refused', async () => {
    const limit = { count: 1001, limit: 1000 }
    await expect(readImport('a', text(letter.repeat(1001)))).rejects.toEqual(errorOf('E_PATTERNS_TOO_MANY', limit))
  })

  it('that are no text are refused', async () => {
    for (const bytes of [
      [0xff, 0xfe, 0, 1],
      [0, 1, 2],
    ]) {
      await expect(readImport('a', Uint8Array.from(bytes))).rejects.toEqual(errorOf('E_PATTERN_FORMAT'))
    }
  })
})
