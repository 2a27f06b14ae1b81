/** What a person's file holds, told by its content: patterns, a cue of real numbers, or a picture. */
import { looksLikeJson, parsePatternJson, parsePatternText } from '../../../../engine'
import type { GridPattern, RealCue } from '../../../../engine'
import { LabError, MOST_SIDE, withEngineErrors } from '../../../../shared'
import { MOST_PATTERNS } from '../memory/shelf'
import { lightness } from './picture-cue'
import type { LightPicture } from './picture-cue'
import { readPictureHeader } from './picture-header'

const LEAST_SIDE = 3
const MOST_NAME = 200
/** The largest side of a picture that is decoded, and the size it is decoded to. */
const MOST_PICTURE_SIDE = 4096
const DECODED_SIDE = 1024

export type Import =
  | { readonly kind: 'patterns'; readonly name: string; readonly patterns: readonly GridPattern[] }
  | { readonly kind: 'cue'; readonly name: string; readonly cue: RealCue }
  | { readonly kind: 'picture'; readonly name: string; readonly picture: LightPicture }

export type DecodePicture = (bytes: Uint8Array<ArrayBuffer>, mostSide: number) => Promise<ImageData>

/** @throws LabError E_PATTERN_*, E_PICTURE_* */
export async function readImport(
  name: string,
  bytes: Uint8Array<ArrayBuffer>,
  decode: DecodePicture = decodePicture,
): Promise<Import> {
  const header = readPictureHeader(bytes)
  if (header.kind === 'refused') {
    if (header.why === 'unknown') return readPatterns(name, bytes)
    throw new LabError(REFUSALS[header.why], { file: name })
  }
  const { width, height } = header
  if (Math.max(width, height) > MOST_PICTURE_SIDE || Math.min(width, height) < 1) {
    throw new LabError('E_PICTURE_TOO_LARGE', { file: name, width, height, limit: MOST_PICTURE_SIDE })
  }
  const pixels = await decode(bytes, DECODED_SIDE).catch((error: unknown) => {
    throw new LabError('E_PICTURE', { file: name }, { cause: error })
  })
  return { kind: 'picture', name, picture: lightness(pixels.data, pixels.width, pixels.height) }
}

const REFUSALS = { svg: 'E_PICTURE_SVG', animated: 'E_PICTURE_ANIMATED', damaged: 'E_PICTURE' } as const

function readPatterns(name: string, bytes: Uint8Array): Import {
  const text = decodeText(name, bytes)
  return withEngineErrors(() => {
    const found = looksLikeJson(text)
      ? parsePatternJson(text, name)
      : { kind: 'patterns' as const, patterns: parsePatternText(text, name.replace(/\.\w+$/, '')) }
    if (found.kind === 'cue') return { ...found, name }
    assertSet(name, found.patterns)
    const fallback = name.replace(/\.\w+$/, '')
    return {
      kind: 'patterns',
      name,
      patterns: found.patterns.map((one) => ({ ...one, name: tidyName(one.name, fallback) })),
    }
  })
}

/** A name on one line, no longer than a set keeps it, without half a character at its end. */
export function tidyName(name: string, fallback: string): string {
  let tidy = ''
  for (const letter of name.replace(/[\s\p{Cc}]+/gu, ' ').trim() || fallback) {
    if (tidy.length + letter.length > MOST_NAME) break
    tidy += letter
  }
  return tidy
}

function decodeText(name: string, bytes: Uint8Array): string {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    if (text.includes('\0')) throw new Error('a NUL is in it')
    return text
  } catch (error) {
    throw new LabError('E_PATTERN_FORMAT', { name }, { cause: error })
  }
}

function assertSet(name: string, patterns: readonly GridPattern[]): void {
  if (patterns.length > MOST_PATTERNS) {
    throw new LabError('E_PATTERNS_TOO_MANY', { count: patterns.length, limit: MOST_PATTERNS })
  }
  const [{ width, height }] = patterns
  if (Math.min(width, height) < LEAST_SIDE || Math.max(width, height) > MOST_SIDE) {
    throw new LabError('E_PATTERN_SIDES', { name, width, height, least: LEAST_SIDE, most: MOST_SIDE })
  }
  for (const pattern of patterns) {
    if (pattern.width === width && pattern.height === height) continue
    const wanted = { wantedWidth: width, wantedHeight: height }
    throw new LabError('E_PATTERN_SIZE', {
      name: pattern.name,
      width: pattern.width,
      height: pattern.height,
      ...wanted,
    })
  }
}

/** By the browser, no larger than it needs to be. */
async function decodePicture(bytes: Uint8Array<ArrayBuffer>, mostSide: number): Promise<ImageData> {
  const whole = await createImageBitmap(new Blob([bytes]))
  const scale = Math.min(1, mostSide / Math.max(whole.width, whole.height))
  const width = Math.max(1, Math.round(whole.width * scale))
  const height = Math.max(1, Math.round(whole.height * scale))
  const pen = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true })
  if (!pen) throw new Error('no canvas to decode on')
  pen.imageSmoothingQuality = 'high'
  pen.drawImage(whole, 0, 0, width, height)
  whole.close()
  return pen.getImageData(0, 0, width, height)
}
