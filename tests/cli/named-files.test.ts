/** Texts and pattern sets that are named without a path, and folders of texts. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { expandFolder, findFile } from '../../src/cli/frame/named-files'
import { temporaryDirectory } from '../lab/support/temporary'
import { RESOURCES } from '../lab/support/test-lab'
import { documentOf, runCommand } from './support/command-line'

describe('a bundled file', () => {
  const find = (word: string, kind: 'corpora' | 'patterns' = 'corpora') => findFile(word, kind, RESOURCES)

  it('is found by its name, with or without the ending, and by its id', () => {
    const expected = join(RESOURCES, 'corpora', 'sea-village.ko.txt')
    expect(['sea-village.ko', 'sea-village.ko.txt', 'sea-village-ko'].map((word) => find(word))).toEqual([
      expected,
      expected,
      expected,
    ])
    expect(find('letters-16', 'patterns')).toBe(join(RESOURCES, 'patterns', 'letters-16.txt'))
  })

  it('comes after a file of that name on the disk, and never in place of a path', () => {
    const folder = temporaryDirectory()
    const own = join(folder, 'rhymes.en')
    writeFileSync(own, 'my own')
    expect(find(own)).toBe(own)
    expect(find(join(folder, 'rhymes.ko'))).toBe(join(folder, 'rhymes.ko'))
  })

  it('that is meant is named where a plain word is close to it', () => {
    expect(() => find('letters16', 'patterns')).toThrow('letters16: there is no such file, and')
    expect(() => find('letters16', 'patterns')).toThrow('did you mean letters-16?')
    expect(() => find('novel.txt')).toThrow(/use one of rhymes\.en, /)
  })
})

describe('a folder', () => {
  it('stands for its .txt and .md files in order of name', async () => {
    const folder = temporaryDirectory()
    for (const name of ['나.txt', 'b.MD', 'a.txt', '.hidden.txt', 'c.csv', 'A.txt']) {
      writeFileSync(join(folder, name), `${name} `.repeat(40))
    }
    mkdirSync(join(folder, 'deeper.txt'))
    const names = ['A.txt', 'a.txt', 'b.MD', '나.txt']
    expect(expandFolder(folder)).toEqual(names.map((name) => join(folder, name)))
    const directory = temporaryDirectory()
    const words = ['train', '--hidden', '4', '--batch', '2', '--sequence', '8', '--steps', '1', '--corpus', folder]
    const { run } = await documentOf<{ run: string }>(words, directory)
    const { corpora } = await documentOf<{ corpora: { name: string }[] }>(['runs', 'show', run], directory)
    expect(corpora.map(({ name }) => name)).toEqual(names)
  })

  it('without a text is refused, and so is one where a single file is asked for', async () => {
    const folder = temporaryDirectory()
    const trained = await runCommand(['train', '--corpus', folder], temporaryDirectory())
    expect(trained).toMatchObject({ code: 1, stdout: '' })
    expect(trained.stderr).toMatch(/^error: .+: this folder holds no \.txt or \.md file; [^\n]+\n$/)
    const inspected = await runCommand(['corpus', 'inspect', folder], temporaryDirectory())
    expect(inspected.stderr).toMatch(/not a regular file/)
  })

  it('is what a path to a file is not', () => {
    const file = join(temporaryDirectory(), 'a.txt')
    writeFileSync(file, 'a')
    expect(expandFolder(file)).toEqual([file])
  })
})
