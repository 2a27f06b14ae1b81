/** Files as they are brought: read to numbers with every change counted, or refused by name. */
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import iconv from 'iconv-lite'
import { describe, expect, it } from 'vitest'
import type { CorpusRequest } from '../../../src/lab/corpora/corpus-api'
import { BYTE_SYMBOLS } from '../../../src/engine'
import { STABLE } from '../../../src/lab/corpora/code-points'
import { Normaliser } from '../../../src/lab/corpora/normaliser'
import { openTextFile } from '../../../src/lab/corpora/open-text-file'
import { readCorpus } from '../../../src/lab/corpora/read-corpus'
import { errorOf, failureOf } from '../support/errors'
import { temporaryDirectory } from '../support/temporary'

function fileWith(content: string | Uint8Array, name = 'book.txt'): string {
  const file = join(temporaryDirectory(), name)
  writeFileSync(file, content)
  return file
}

function read(files: string | readonly string[], changes: Partial<CorpusRequest> = {}) {
  const request = { files: [files].flat(), encoding: 'auto', tokens: 'character', copyTo: null, ...changes } as const
  const { summaries, ids, vocabulary } = readCorpus(request)
  return { summary: summaries[0], summaries, ids, vocabulary, text: Array.from(ids, (id) => vocabulary[id]).join('') }
}

const refusalOf = (file: string, changes: Partial<CorpusRequest> = {}): unknown => failureOf(() => read(file, changes))
const utf16be = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16()

describe('encodings', () => {
  const text = '첫 줄, 똠방각하\nline two 가나다'

  it.each([
    ['utf-8', Buffer.from(text), 0],
    ['utf-8', Buffer.from(`\ufeff${text}`), 1],
    ['utf-16le', Buffer.from(`\ufeff${text}`, 'utf16le'), 1],
    ['utf-16be', utf16be(`\ufeff${text}`), 1],
    ['cp949', iconv.encode(text, 'cp949'), 0],
  ] as const)('%s is found out', (encoding, bytes, bom) => {
    const { summary, text: found } = read(fileWith(bytes))
    expect(found).toBe(text)
    expect(summary).toMatchObject({ encoding, characters: [...text].length, changes: { bom, lineEnds: 0, nfc: 0 } })
  })

  it('without a mark is named by the person', () => {
    const file = fileWith(utf16be(text))
    expect(read(file, { encoding: 'utf-16be' }).text).toBe(text)
    expect(refusalOf(file, { encoding: 'utf-8' })).toEqual(errorOf('E_ENCODING', { encoding: 'utf-8' }))
  })

  it('keeps a second mark as a symbol', () => {
    expect(read(fileWith('\ufeff\ufeffab')).text).toBe('\ufeffab')
  })

  it('that fail name the byte, counted from the beginning of the file', () => {
    const bytes = Buffer.concat([
      Buffer.from(`\ufeff${'가나 '.repeat(200_000)}`),
      Buffer.of(0xff, 0xff),
      Buffer.from('끝'),
    ])
    const offset = bytes.length - 5
    const file = fileWith(bytes)
    expect(bytes.length).toBeGreaterThan(1024 * 1024)
    expect(refusalOf(file)).toEqual(errorOf('E_ENCODING', { file: 'book.txt', encoding: 'utf-8', offset }))
  })

  it('that neither UTF-8 nor CP949 reads are refused with the byte where UTF-8 ends', () => {
    expect(refusalOf(fileWith(Buffer.from([0x61, 0xff, 0xff, 0x62])))).toEqual(
      errorOf('E_ENCODING', { encoding: 'utf-8', offset: 1 }),
    )
    expect(refusalOf(fileWith(Buffer.from('ab', 'utf16le').subarray(0, 3)), { encoding: 'utf-16le' })).toEqual(
      errorOf('E_ENCODING', { encoding: 'utf-16le', offset: 2 }),
    )
  })

  it('decode the same over the borders of chunks', () => {
    const long = `${'x'.repeat(1024 * 1024 - 1)}한글\r\n${'각'.normalize('NFD')}${'y'.repeat(1024 * 1024)}\r`
    const { text: found, summary } = read(fileWith(long))
    expect(found === long.replace(/\r\n?/g, '\n').normalize('NFC')).toBe(true)
    expect(summary.changes).toEqual({ bom: 0, lineEnds: 2, nfc: 1, replaced: 0 })
  })
})

describe('the summary', () => {
  it('counts symbols, most frequent first, equals by code point', () => {
    const { summary } = read(fileWith('bbaac'))
    expect(summary).toMatchObject({ sizeBytes: 5, tokens: 5, vocabularySize: 3, name: 'book.txt' })
    expect(summary.frequent).toEqual([
      { symbol: 'a', count: 2 },
      { symbol: 'b', count: 2 },
      { symbol: 'c', count: 1 },
    ])
  })

  it.each(['한글 NFC.txt', '한글.txt'.normalize('NFD'), 'it’s "a;$(rm) %20.txt', 'line\nend.txt', '-n', '👩‍👩‍👧.txt'])(
    'names the file %j whole',
    (name) => {
      expect(read(fileWith('abc', name)).summary.name).toBe(name)
    },
  )

  it('shows the beginning whole, and never half a character', () => {
    expect(read(fileWith('hello')).summary.excerpt).toBe('hello')
    const { excerpt } = read(fileWith(`a${'👩'.repeat(1000)}`)).summary
    expect(Buffer.from(excerpt).toString()).toBe(excerpt)
    expect(excerpt.startsWith('a👩')).toBe(true)
    expect(excerpt.length).toBeLessThanOrEqual(600)
  })

  it('accepts what is strange but text', () => {
    const strange = 'a\u202eb\u200b\ufffdz\u0324\u0300\u2028'
    expect(read(fileWith(strange)).text).toBe(strange.normalize('NFC'))
  })
})

describe('the vocabulary', () => {
  it('is the sorted set of code points of all files, and the files are joined by a line end', () => {
    const { vocabulary, text, summaries } = read([fileWith('b👩a'), fileWith('\uffee가b', 'two.txt')])
    expect(vocabulary).toEqual(['\n', 'a', 'b', '가', '\uffee', '👩'])
    expect(text).toBe('b👩a\n\uffee가b')
    expect(summaries.map(({ tokens, vocabularySize }) => [tokens, vocabularySize])).toEqual([
      [3, 3],
      [3, 3],
    ])
  })

  it('of up to 256 symbols takes a byte each, of more two', () => {
    const symbols = (count: number): string =>
      Array.from({ length: count }, (_, i) => String.fromCodePoint(0xac00 + i)).join('')
    const small = read(fileWith(symbols(256)))
    expect(small.ids).toBeInstanceOf(Uint8Array)
    expect(small.ids.buffer).toBeInstanceOf(SharedArrayBuffer)
    const large = read(fileWith(`${symbols(3000)}${symbols(300)}`))
    expect(large.ids).toBeInstanceOf(Uint16Array)
    expect(large.vocabulary).toHaveLength(3000)
    expect(large.text).toBe(`${symbols(3000)}${symbols(300)}`)
    expect(large.summary.frequent[0]).toEqual({ symbol: '가', count: 2 })
  })

  it('of more symbols than two bytes hold is refused', () => {
    const symbols = Array.from({ length: 65_536 }, (_, i) => String.fromCodePoint(0x40000 + i)).join('')
    expect(refusalOf(fileWith(symbols))).toEqual(errorOf('E_VOCABULARY_TOO_LARGE', { limit: 65_535 }))
  })
})

describe('jamo', () => {
  it('are the parts of syllables, and all else as it is', () => {
    const { text, summary, vocabulary } = read(fileWith('각 가e\u0301ㄱ\r\n힣'), { tokens: 'jamo' })
    expect(text).toBe('각 가'.normalize('NFD') + 'éㄱ\n' + '힣'.normalize('NFD'))
    expect(text.normalize('NFC')).toBe('각 가éㄱ\n힣')
    expect(summary).toMatchObject({ characters: 7, tokens: [...text].length, encoding: 'utf-8' })
    expect(vocabulary).toEqual([...new Set(text)].sort())
  })

  it('lose nothing of a long text, in the memory that is there', () => {
    const long = Array.from({ length: 30_000 }, (_, i) => String.fromCodePoint(0xac00 + ((i * 7919) % 11_172))).join('')
    expect(read(fileWith(iconv.encode(long, 'cp949')), { tokens: 'jamo' }).text.normalize('NFC') === long).toBe(true)
  })
})

describe('bytes', () => {
  it('are the file as it is, of whatever kind', () => {
    const bytes = Buffer.from([0xef, 0xbb, 0xbf, 0x0d, 0x0a, 0, 255, 0xea, 0xb0])
    const { ids, vocabulary, summary } = read([fileWith(bytes), fileWith('가', 'two.txt')], { tokens: 'byte' })
    expect([...ids]).toEqual([...bytes, 0x0a, ...Buffer.from('가')])
    expect(vocabulary).toEqual(BYTE_SYMBOLS)
    expect([vocabulary[0], vocabulary[10], vocabulary[255]]).toEqual(['00', '0a', 'ff'])
    expect(summary).toMatchObject({ encoding: 'bytes', tokens: 9, characters: 9, vocabularySize: 256 })
    expect(summary.changes).toEqual({ bom: 0, lineEnds: 0, nfc: 0, replaced: 0 })
  })
})

describe('read from the end', () => {
  it('has the same tokens the other way round', () => {
    const file = fileWith('한글 abc')
    for (const tokens of ['character', 'jamo', 'byte'] as const) {
      const [there, back] = [read(file, { tokens }), read(file, { tokens, reverse: true })]
      expect([...back.ids].reverse()).toEqual([...there.ids])
      expect(back.summaries).toEqual(there.summaries)
    }
  })
})

describe('UTF-8 that needs no change', () => {
  it('is told from what NFC may change or join', () => {
    const joins = new Set<string>()
    for (let code = 0; code < 0x110000; code++) {
      if (code >= 0xd800 && code < 0xe000) continue
      const [, ...following] = String.fromCodePoint(code).normalize('NFD')
      for (const symbol of following) if (code < 0xac00 || code > 0xd7a3) joins.add(symbol)
    }
    for (let code = 0; code < 0x110000; code++) {
      if (STABLE[code] === 0) continue
      const symbol = String.fromCodePoint(code)
      if (symbol.normalize('NFC') !== symbol || joins.has(symbol) || /\p{M}/u.test(symbol))
        expect(symbol).toBe('stable')
    }
  })

  it('is read as all else is, wherever the two meet', () => {
    const symbol = fc.constantFrom(
      ...'\r\n a\u0301\u0323한ᄒ\u1161\u11ab각가か\u3099漢\uf900é\u1160\u0344',
      '👩',
      '\u{1d15e}',
      '가'.repeat(6000),
      'x\r\n'.repeat(6000),
      'y\r',
    )
    fc.assert(
      fc.property(fc.array(symbol, { minLength: 1, maxLength: 12 }), (symbols) => {
        const given = symbols.join('')
        const expected = `!${given}?`.replace(/\r\n?/g, '\n').normalize('NFC')
        const { text, summary } = read(fileWith(`!${given}?`))
        expect(text === expected).toBe(true)
        const normaliser = new Normaliser()
        normaliser.write(`!${given}?`)
        normaliser.end()
        expect(summary.changes).toMatchObject(normaliser.changes)
        expect(expected.startsWith(summary.excerpt)).toBe(true)
      }),
      { numRuns: 300, seed: 20264 },
    )
  })
})

describe('refused', () => {
  it.each([
    ['an empty file', '', 0],
    ['a file of a mark alone', '\ufeff', 0],
    ['a file of one character', '각'.normalize('NFD'), 1],
  ])('%s', (_what, content, tokens) => {
    expect(refusalOf(fileWith(content))).toEqual(errorOf('E_CORPUS_TOO_SMALL_FOR_ANY', { name: 'book.txt', tokens }))
  })

  it.each(['aa', 'aaaa', '각각'.normalize('NFD')])('a text of one symbol, %j', (content) => {
    expect(refusalOf(fileWith(content))).toEqual(errorOf('E_CORPUS_ONE_SYMBOL', { name: 'book.txt' }))
  })

  it('what is no text', () => {
    const png = Buffer.concat([Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), Buffer.alloc(500, 7)])
    expect(refusalOf(fileWith(png, 'a.png'))).toEqual(errorOf('E_BINARY', { file: 'a.png' }))
    expect(refusalOf(fileWith(Buffer.from('text without a mark', 'utf16le')))).toEqual(errorOf('E_BINARY'))
    expect(read(fileWith(`${'a few words '.repeat(200)}\0`)).vocabulary).toContain('\0')
  })

  it('a file that is not there, and one below a file', () => {
    const file = fileWith('abc')
    expect(refusalOf(`${file}x`)).toEqual(errorOf('E_FILE_MISSING', { file: 'book.txtx' }))
    expect(refusalOf(join(file, 'x'))).toEqual(errorOf('E_FILE_MISSING', { file: 'x' }))
  })

  it('a directory', () => {
    expect(refusalOf(temporaryDirectory())).toEqual(errorOf('E_FILE_NOT_REGULAR'))
  })

  it.skipIf(process.platform === 'win32')('a pipe nobody writes to, at once', () => {
    const pipe = join(temporaryDirectory(), 'pipe')
    execFileSync('mkfifo', [pipe])
    expect(refusalOf(pipe)).toEqual(errorOf('E_FILE_NOT_REGULAR', { file: 'pipe' }))
  })

  it.skipIf(process.platform === 'win32')('a device that never ends', () => {
    expect(refusalOf('/dev/zero')).toEqual(errorOf('E_FILE_NOT_REGULAR', { file: 'zero' }))
  })

  it.skipIf(process.platform === 'win32')('a link that leads round in a circle, and one that leads nowhere', () => {
    const folder = temporaryDirectory()
    symlinkSync(join(folder, 'b'), join(folder, 'a'))
    symlinkSync(join(folder, 'a'), join(folder, 'b'))
    symlinkSync(join(folder, 'nowhere'), join(folder, 'c'))
    expect(refusalOf(join(folder, 'a'))).toEqual(errorOf('E_FILE_UNREADABLE', { file: 'a', reason: 'ELOOP' }))
    expect(refusalOf(join(folder, 'c'))).toEqual(errorOf('E_FILE_MISSING', { file: 'c' }))
  })

  it('a name that no file can have', () => {
    const name = 'x'.repeat(5000)
    expect(refusalOf(join(temporaryDirectory(), name))).toEqual(
      errorOf('E_FILE_UNREADABLE', { reason: 'ENAMETOOLONG' }),
    )
  })

  it('a file of more than a gigabyte, before a byte of it is read', () => {
    const file = fileWith('a')
    truncateSync(file, 1024 ** 4) // a hole: it takes no room
    expect(refusalOf(file)).toEqual(errorOf('E_FILE_TOO_LARGE', { file: 'book.txt', limit: '1024 MiB' }))
  })

  it('bytes that are all the same', () => {
    expect(refusalOf(fileWith('aaa'), { tokens: 'byte' })).toEqual(errorOf('E_CORPUS_ONE_SYMBOL'))
  })
})

describe('a file that changes while it is read', () => {
  it.each([
    ['grows', (file: string) => writeFileSync(file, 'more', { flag: 'a' })],
    ['shrinks', (file: string) => truncateSync(file, 1)],
  ])('%s', (_what, change) => {
    const path = fileWith('abc')
    const file = openTextFile(path)
    file.assertUnchanged()
    change(path)
    expect(failureOf(() => file.assertUnchanged())).toEqual(errorOf('E_FILE_CHANGED', { file: 'book.txt' }))
    file.close()
  })
})

describe('the copy', () => {
  it('has the exact bytes under their sum, once', () => {
    const folder = temporaryDirectory()
    const bytes = Buffer.from('\ufeffa\r\nb 각'.normalize('NFD'))
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    const other = fileWith(bytes, 'same.txt')
    for (const file of [fileWith(bytes), other]) expect(read(file, { copyTo: folder }).summary.sha256).toBe(sha256)
    expect(readdirSync(folder)).toEqual([sha256])
    expect(readFileSync(join(folder, sha256)).equals(bytes)).toBe(true)
  })

  it('of a text that is refused is not kept', () => {
    const folder = temporaryDirectory()
    expect(refusalOf(fileWith(Buffer.from([0x61, 0xff, 0xff])), { copyTo: folder, encoding: 'utf-8' })).toEqual(
      errorOf('E_ENCODING'),
    )
    expect(readdirSync(folder)).toEqual([])
  })

  it('is not made when a text is only looked at', () => {
    const folder = temporaryDirectory()
    mkdirSync(join(folder, 'corpora'))
    read(fileWith('abc'))
    expect(readdirSync(join(folder, 'corpora'))).toEqual([])
  })
})
