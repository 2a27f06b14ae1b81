/** English and Korean say the same things: same keys, same placeholders, nothing missing, nothing unused. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ERROR_SENTENCES } from '../../src/shared'
import { messages } from '../../src/renderer/i18n'

type Tree = { readonly [key: string]: string | Tree }

function flatten(tree: Tree, prefix = ''): Map<string, string> {
  const entries = Object.entries(tree).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[prefix + key, value]] : [...flatten(value, `${prefix}${key}.`)],
  )
  return new Map(entries)
}

const placeholders = (text: string): string[] => [...new Set(text.match(/\{\w+\}/g) ?? [])].sort()
const en = flatten(messages.en as unknown as Tree)
const ko = flatten(messages.ko as unknown as Tree)

const root = join(import.meta.dirname, '../../src/renderer')
const sources = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.(vue|ts)$/.test(file) && !/(messages|common|errors)\.(en|ko)\.ts$/.test(file))
  .map((file) => readFileSync(join(root, file), 'utf8'))
  .join('\n')

/** Keys written out, and beginnings of keys that end in a variable part. */
const literal = new Set([...sources.matchAll(/['"`]([a-z]\w*(?:\.\w+)+)['"`]/gi)].map((match) => match[1]))
const beginnings = [...sources.matchAll(/`([a-z]\w*(?:\.\w+)*\.)\$\{/gi)].map((match) => match[1])
const called = [...sources.matchAll(/\bt\(\s*['"]([\w.]+)['"]/g)].map((match) => match[1])

describe('messages', () => {
  it('have the same keys in both languages', () => {
    expect([...ko.keys()].sort()).toEqual([...en.keys()].sort())
  })

  it('have the same placeholders in both languages', () => {
    for (const [key, text] of en) expect([key, placeholders(ko.get(key) ?? '')]).toEqual([key, placeholders(text)])
  })

  it('are all there: every key the page asks for exists', () => {
    for (const key of called) expect(en.has(key), key).toBe(true)
    for (const beginning of beginnings.filter((text) =>
      /^(rooms|run|errors|recall|train|inspect|runs|settings)\./.test(text),
    )) {
      expect(
        [...en.keys()].some((key) => key.startsWith(beginning)),
        beginning,
      ).toBe(true)
    }
  })

  it('are all used', () => {
    const unused = [...en.keys()].filter(
      (key) =>
        !key.startsWith('errors.') && !literal.has(key) && !beginnings.some((beginning) => key.startsWith(beginning)),
    )
    expect(unused).toEqual([])
  })

  it('cover every error', () => {
    for (const [code, sentence] of Object.entries(ERROR_SENTENCES)) {
      expect([code, placeholders(ko.get(`errors.${code}`) ?? '')]).toEqual([code, placeholders(sentence)])
    }
  })

  it('join no particle to a placeholder in Korean', () => {
    for (const [key, text] of ko)
      expect([key, text.match(/\}(을|를|이|가|은|는|와|과|으로|로)(?=[\s,.])/)]).toEqual([key, null])
  })
})
