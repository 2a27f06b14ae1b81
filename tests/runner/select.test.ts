/** Which tests run for the words after `npm test --`, and which for a change. */
import { renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parseModule } from '../../scripts/test/imports.mjs'
import { selectByPaths, selectChanged } from '../../scripts/test/select.mjs'
import { parseWords } from '../../scripts/test/words.mjs'
import { makeProject } from './project'

describe('the words', () => {
  it.each([
    [[], { changed: false, base: null, paths: [] }],
    [['engine', 'tests/a b.test.ts:3'], { changed: false, paths: ['engine', 'tests/a b.test.ts:3'] }],
    [['--changed'], { changed: true, base: null, paths: [] }],
    [['--changed', 'main'], { changed: true, base: 'main' }],
    [['--changed=v1~2'], { changed: true, base: 'v1~2' }],
    [['--help'], { help: true }],
  ])('%j', (words, expected) => expect(parseWords(words)).toMatchObject(expected))

  it.each([
    [['--watch'], /no option --watch/],
    [['--changed', '--watch'], /--changed alone, without --watch/],
    [['--changed', 'a', 'b'], /one commit, not a and b/],
    [['--changed='], /needs a commit/],
  ])('%j are refused', (words, sentence) => expect(() => parseWords(words)).toThrow(sentence))
})

describe('a module', () => {
  it('is read for what it takes and gives, without types', () => {
    const text = [
      "import whole, { type Nothing } from './whole'",
      "import {\n  first,\n  type Second,\n  third as other,\n} from './names'",
      "import type { Third } from './types'",
      "import { type Fourth } from './types-too'",
      "import { readFileSync } from 'node:fs'",
      "import './style.css'",
      "export { a, type B, c as d } from './passed'",
      "export * as all from './all'",
      "export * from './star'",
      "const later = () => import('./later')",
      "new Worker(new URL('./worker.mjs', import.meta.url))",
      'export const own = 1, not = 2',
      'export async function work() {}',
      'const local = 3\nexport { local as given }',
    ].join('\n')
    const { imports, passed, stars, defines } = parseModule(text)
    expect(imports).toEqual([
      { from: './whole', names: null },
      { from: './names', names: ['first', 'third'] },
      { from: './style.css', names: null },
      { from: './later', names: null },
      { from: './worker.mjs', names: null },
    ])
    expect([...passed]).toEqual([
      ['a', { from: './passed', name: 'a' }],
      ['d', { from: './passed', name: 'c' }],
      ['all', { from: './all', name: null }],
    ])
    expect([stars, [...defines]]).toEqual([['./star'], ['own', 'work', 'given']])
  })
})

describe('a path', () => {
  it.each<[string, string[], string[]]>([
    ['tests/engine', ['tests/engine/more.test.ts', 'tests/engine/sum.test.ts'], []],
    ['tests/engine/', ['tests/engine/more.test.ts', 'tests/engine/sum.test.ts'], []],
    ['./tests/engine/sum.test.ts', ['tests/engine/sum.test.ts'], []],
    ['tests/engine/sum.test.ts:3', ['tests/engine/sum.test.ts:3'], []],
    ['tests/e2e', [], ['tests/e2e/recall-letters.e2e.ts', 'tests/e2e/shell.e2e.ts']],
    ['tests/e2e/shell.e2e.ts:1', [], ['tests/e2e/shell.e2e.ts:1']],
    // A source: the tests that import it, through an index.ts or their own support.
    ['src/engine/sum.ts', ['tests/engine/sum.test.ts'], []],
    ['src/engine/more.ts', ['tests/engine/more.test.ts'], []],
    ['src/engine', ['tests/engine/more.test.ts', 'tests/engine/sum.test.ts'], []],
    ['src/engine/one.ts', ['tests/engine/sum.test.ts'], []],
    ['tests/support/helper.ts', ['tests/engine/more.test.ts'], []],
    // A word.
    ['built', ['tests/built.test.ts'], []],
    ['recall', [], ['tests/e2e/recall-letters.e2e.ts']],
  ])('%s', (word, unit, window) => {
    const { root } = makeProject()
    const selection = selectByPaths([word], root, root)
    expect([selection.unit, selection.window, selection.checked]).toEqual([unit, window, []])
  })

  it('is that of the folder in which it was typed, else of the project', () => {
    const { root, write } = makeProject()
    expect(selectByPaths(['sum.test.ts'], join(root, 'tests/engine'), root).unit).toEqual(['tests/engine/sum.test.ts'])
    expect(selectByPaths(['tests/engine'], join(root, 'tests'), root).unit).toHaveLength(2)
    write({ 'tests/a folder/it’s.test.ts': '' })
    expect(selectByPaths(['tests/a folder'], root, root).unit).toEqual(['tests/a folder/it’s.test.ts'])
  })

  it('that several words name runs once', () => {
    const { root } = makeProject()
    expect(selectByPaths(['tests/engine', 'sum'], root, root).unit).toHaveLength(2)
  })

  it('needs a build only where something built is used', () => {
    const { root } = makeProject()
    const builtFor = (word: string): boolean => selectByPaths([word], root, root).isBuilt
    expect([builtFor('tests/engine'), builtFor('tests/built.test.ts'), builtFor('tests/e2e')]).toEqual([
      false,
      true,
      true,
    ])
  })

  it.each([
    ['nothing-like-it', /no test, folder or source "nothing-like-it"/],
    ['tests/gone.test.ts', /no test, folder or source "tests\/gone\.test\.ts"/],
    ['', /no test, folder or source ""/],
    ['../elsewhere', /no test, folder or source/],
    ['src/engine/alone.ts', /No test imports src\/engine\/alone\.ts/],
    ['src/engine/zero.ts', /No test imports src\/engine\/zero\.ts, directly or by one import/],
    ['src/engine/sum.ts:3', /is no file of tests/],
  ])('%j is told in a sentence', (word, sentence) => {
    const { root } = makeProject()
    expect(() => selectByPaths([word], root, root)).toThrow(sentence)
  })
})

describe('a change', () => {
  const touched = (files: string[], root = makeProject().root) => {
    const { unit, window } = selectChanged({ since: 'abc', files }, root)
    return [...(unit ?? []), ...(window ?? [])]
  }

  it.each<[string, string[]]>([
    ['src/engine/sum.ts', ['tests/engine/sum.test.ts']],
    ['src/engine/one.ts', ['tests/engine/sum.test.ts']],
    ['src/engine/zero.ts', []],
    ['src/engine/more.ts', ['tests/engine/more.test.ts']],
    // A file that only passes names on changes nobody who takes one of them.
    ['src/engine/index.ts', []],
    ['tests/engine/sum.test.ts', ['tests/engine/sum.test.ts']],
    ['tests/support/helper.ts', ['tests/engine/more.test.ts']],
    ['tests/e2e/support/lab-test.ts', ['tests/e2e/recall-letters.e2e.ts', 'tests/e2e/shell.e2e.ts']],
    ['src/renderer/rooms/recall/Room.vue', ['tests/e2e/recall-letters.e2e.ts']],
    ['README.md', []],
  ])('of %s', (file, expected) => expect(touched([file])).toEqual(expected))

  it('that deletes or renames a file touches those who still import it', () => {
    const { root } = makeProject()
    rmSync(join(root, 'src/engine/one.ts'))
    expect(touched(['src/engine/one.ts'], root)).toEqual(['tests/engine/sum.test.ts'])
    renameSync(join(root, 'tests/support/helper.ts'), join(root, 'tests/support/other.ts'))
    expect(touched(['tests/support/helper.ts', 'tests/support/other.ts'], root)).toEqual(['tests/engine/more.test.ts'])
    rmSync(join(root, 'tests/built.test.ts'))
    expect(touched(['tests/built.test.ts'], root)).toEqual([])
  })

  it('is checked where it is, and names what does not run', () => {
    const { root } = makeProject()
    const files = ['src/engine/sum.ts', 'src/engine/gone.ts', 'package.json']
    const { checked, leftOut, notes } = selectChanged({ since: 'abc', files }, root)
    expect(checked).toEqual(['src/engine/sum.ts'])
    expect(leftOut).toMatchObject([
      { count: 2, what: 'unit and integration test files' },
      { count: 2, what: 'window test files' },
    ])
    expect(notes.join('\n')).toMatch(/Since abc, 3 files changed: 1 test file is touched/)
    expect(notes.join('\n')).toMatch(/package\.json may concern every test/)
  })

  it('of nothing runs nothing', () => {
    const { root } = makeProject()
    const { unit, window, checked, notes } = selectChanged({ since: 'abc', files: [] }, root)
    expect([unit, window, checked, notes[0]]).toEqual([[], [], [], 'Nothing has changed since abc.'])
  })
})
