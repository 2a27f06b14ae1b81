/** The bundled texts are what their scripts write, long enough for a network to win, and free of grammar left-overs. */
import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createGrammar } from '../../scripts/texts/grammar.mjs'
import { withParticles } from '../../scripts/texts/particles.mjs'
import { createRandom } from '../../scripts/texts/random.mjs'
import { temporaryDirectory } from '../lab/support/temporary'

const CORPORA = resolve('resources/corpora')
const LEAST_BYTES = 300_000
const MOST_BYTES_IN_ALL = 3_000_000
const INDEX = JSON.parse(readFileSync(join(CORPORA, 'index.json'), 'utf8')) as readonly {
  readonly file: string
  readonly probe: string
}[]
const FILES = INDEX.map(({ file }) => file)

describe('the bundled texts', () => {
  it('are written again, byte for byte, by their scripts', () => {
    const folder = temporaryDirectory()
    for (const script of ['scripts/texts/write.mjs', 'scripts/apple/write.mjs']) {
      execFileSync(process.execPath, [resolve(script), folder])
    }
    expect(readdirSync(folder).sort()).toEqual([...FILES].sort())
    for (const file of FILES) {
      expect(readFileSync(join(folder, file)).equals(readFileSync(join(CORPORA, file))), file).toBe(true)
    }
  })

  it('are long enough each and not too large together', () => {
    const sizes = FILES.map((file) => statSync(join(CORPORA, file)).size)
    expect(Math.min(...sizes)).toBeGreaterThanOrEqual(LEAST_BYTES)
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(MOST_BYTES_IN_ALL)
  })

  it.each(INDEX)('$file can be read with its probe, and holds nothing of the grammar', ({ file, probe }) => {
    const text = readFileSync(join(CORPORA, file), 'utf8')
    const symbols = new Set(text)
    expect([...probe].filter((symbol) => !symbols.has(symbol))).toEqual([])
    expect(text).not.toMatch(/[{}[\]|$]|undefined|\([^()]*\/[^()]*\)| {2}|\ban? an? /)
    expect(text.endsWith('\n') && !text.endsWith('\n\n')).toBe(true)
  })

  it.each(FILES.filter((file) => file.includes('.ko.')))('%s has particles that follow their syllables', (file) => {
    const text = readFileSync(join(CORPORA, file), 'utf8')
    const hasFinal = (syllable: string): boolean => (syllable.charCodeAt(0) - 0xac00) % 28 !== 0
    // Unambiguous only where a particle ends a word: 를 and 을 after any noun.
    const wrong = [...text.matchAll(/([가-힣])([을를])(?=[ ,.\n])/g)].filter(
      ([, before, particle]) => hasFinal(before) !== (particle === '을'),
    )
    expect(
      wrong.map(([, before, particle]) => before + particle).filter((word) => !['가을', '마을', '노을'].includes(word)),
    ).toEqual([])
  })
})

describe('a Korean particle', () => {
  it.each([
    ['손님(이/가) 왔다', '손님이 왔다'],
    ['아이(이/가) 왔다', '아이가 왔다'],
    ['할머니(과/와) 나', '할머니와 나'],
    ['서울(으로/로)', '서울로'],
    ['부산(으로/로)', '부산으로'],
    ['강릉(으로/로)', '강릉으로'],
    ['‘달’(이라고/라고)', '‘달’이라고'],
  ])('%s becomes %s', (pattern, sentence) => {
    expect(withParticles(pattern)).toBe(sentence)
  })

  it('needs a syllable before it', () => {
    expect(() => withParticles('A(이/가)')).toThrow('no syllable stands before the particle (이/가)')
  })
})

describe('a grammar', () => {
  const words = { bird: ['a gull', 'a wren'] }

  it('fills values and choices, deals every word before one returns, and begins sentences with capitals', () => {
    const { write } = createGrammar(createRandom(1), words)
    const written = Array.from({ length: 4 }, () => write('{bird} [sings|sings] to {who}. it [flies].', { who: 'Ann' }))
    expect([...written.slice(0, 2)].sort()).toEqual([
      'A gull sings to Ann. It flies.',
      'A wren sings to Ann. It flies.',
    ])
    expect([...written.slice(2)].sort()).toEqual([...written.slice(0, 2)].sort())
  })

  it('is the same for the same seed', () => {
    const lines = (seed: number) => {
      const { write } = createGrammar(createRandom(seed), words)
      return Array.from({ length: 20 }, () => write('{bird} [a|b|c]'))
    }
    expect(lines(7)).toEqual(lines(7))
    expect(lines(7)).not.toEqual(lines(8))
  })

  it('names a value that nothing gives', () => {
    expect(() => createGrammar(createRandom(1), words).write('{fish}')).toThrow('no list and no value is named fish')
  })
})
