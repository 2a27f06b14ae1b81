/** The quick check of the command line: it holds as long as nothing changed that the full check depends on. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import ready from '../../scripts/engram/ready.cjs'

let root = ''
let note = ''

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'engram-ready-'))
  note = join(root, '.ready')
  mkdirSync(join(root, 'src', 'deep'), { recursive: true })
  for (const name of ['src/deep/a.ts', 'package.json', 'node']) writeFileSync(join(root, name), name)
})
afterEach(() => {
  vi.restoreAllMocks()
  rmSync(root, { recursive: true, force: true })
})

const known = () => ({ node: join(root, 'node'), watched: ['src', 'package.json', 'missing'] })

/** Notes it as at a later time. */
function write(): void {
  const later = Date.now() + 60_000
  vi.spyOn(Date, 'now').mockReturnValue(later)
  ready.write(note, root, known())
}
const isCurrent = (): boolean => ready.isCurrent(root, ready.read(note))

describe('what was noted of a set-up', () => {
  it('holds while nothing changes', () => {
    expect(isCurrent()).toBe(false)
    write()
    expect(isCurrent()).toBe(true)
  })

  const CHANGES: readonly (readonly [string, () => void])[] = [
    ['a source is edited', () => writeFileSync(join(root, 'src/deep/a.ts'), 'something longer than before')],
    [
      'a source is edited to the same length, and its time set back',
      () => {
        const file = join(root, 'src/deep/a.ts')
        const before = new Date(2020, 1, 1)
        writeFileSync(file, 'src/deep/b.ts')
        utimesSync(file, before, before)
      },
    ],
    ['a source is added', () => writeFileSync(join(root, 'src/deep/new.ts'), '')],
    ['a source is removed', () => rmSync(join(root, 'src/deep/a.ts'))],
    ['what was missing is there', () => writeFileSync(join(root, 'missing'), '')],
    ['the project’s own Node is gone', () => rmSync(join(root, 'node'))],
    ['the note is damaged', () => writeFileSync(note, readFileSync(note, 'utf8').slice(0, -5))],
  ]

  it.each(CHANGES)('does not hold any more when %s', (_what, change) => {
    write()
    change()
    expect(isCurrent()).toBe(false)
  })

  it('is not kept while a file is so new that another change could have its time', () => {
    ready.write(note, root, known())
    expect(ready.read(note)).toBeNull()
  })
})
