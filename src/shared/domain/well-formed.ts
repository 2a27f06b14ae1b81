/** Text that a person wrote, as it crosses the border between the processes: no half of a character. */
import * as v from 'valibot'

const LONE_SURROGATE = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/

/** At most so many UTF-16 units. */
export const textUpTo = (most: number) =>
  v.pipe(
    v.string(),
    v.maxLength(most),
    v.check((text) => !LONE_SURROGATE.test(text), 'text with a lone surrogate'),
  )

/** A tag as it is kept: composed, on one line, so that what looks alike is one and can be typed again. */
export function tagOf(text: string): string {
  return text
    .normalize('NFC')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
}

/** The same, and more than spaces. */
export const wordsUpTo = (most: number) =>
  v.pipe(
    textUpTo(most),
    v.check((text) => text.trim() !== '', 'nothing but spaces'),
  )
