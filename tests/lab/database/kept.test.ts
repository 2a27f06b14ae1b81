/** What a person set, drew and stored comes back as it was. */
import { describe, expect, it } from 'vitest'
import { openConnection } from '../../../src/lab/database/connection'
import { createDatabaseApi } from '../../../src/lab/database/create-database-api'
import { DEFAULT_SETTINGS } from '../../../src/shared'
import { openTestDatabase } from '../support/database'
import { errorOf, failureOf } from '../support/errors'

describe('settings', () => {
  it('are the defaults at first, and a change touches nothing else', () => {
    const { api } = openTestDatabase()
    expect(api.readSettings()).toEqual(DEFAULT_SETTINGS)
    expect(api.changeSettings({ theme: 'dark' })).toEqual({ ...DEFAULT_SETTINGS, theme: 'dark' })
    expect(api.changeSettings({ run: 'r1', language: undefined })).toEqual({
      ...DEFAULT_SETTINGS,
      theme: 'dark',
      run: 'r1',
    })
    expect(api.changeSettings({ run: null }).run).toBeNull()
  })

  it('of a later version count as not set, and stay', () => {
    const { api, db } = openTestDatabase()
    api.changeSettings({ language: 'ko' })
    db.prepare('INSERT OR REPLACE INTO settings VALUES (?, ?), (?, ?)').run('theme', '"sepia"', 'sound', '"loud"')
    expect(api.readSettings()).toEqual({ ...DEFAULT_SETTINGS, language: 'ko' })
    api.changeSettings({ motion: 'reduced' })
    expect(db.prepare("SELECT value FROM settings WHERE key = 'theme'").get()).toEqual({ value: '"sepia"' })
  })
})

describe('drafts', () => {
  it.each(['', '{"cells":[1,-1]}', 'nul\0 and 한글 👩‍👩‍👧', 'x'.repeat(1_000_000)])('come back (%#)', (value) => {
    const { api } = openTestDatabase()
    expect(api.readDraft('editor')).toBeNull()
    api.writeDraft('editor', value)
    expect(api.readDraft('editor')).toBe(value)
    api.writeDraft('editor', null)
    expect(api.readDraft('editor')).toBeNull()
  })
})

describe('pattern sets', () => {
  const set = { width: 3, height: 2, patterns: [{ name: 'it’s "A" % \0 가', rows: ['#.#', '.#.'] }] }

  it('come back, and are replaced under their own id', () => {
    const { api } = openTestDatabase()
    const info = api.savePatternSet(null, 'Mine', set)
    expect(info).toMatchObject({ bundled: false, title: { en: 'Mine', ko: 'Mine' }, width: 3, height: 2, count: 1 })
    expect(api.openPatternSet(info.id)).toEqual(set)
    const other = { ...set, patterns: [...set.patterns, { name: 'B', rows: ['###', '###'] }] }
    expect(api.savePatternSet(info.id, 'Ours', other)).toMatchObject({ id: info.id, count: 2 })
    expect(api.openPatternSet(info.id)).toEqual(other)
    expect(api.listPatternSets()).toHaveLength(1)
  })

  it('are not made under an id that nobody gave', () => {
    const { api } = openTestDatabase()
    expect(failureOf(() => api.savePatternSet('made-up', 'x', set))).toEqual(
      errorOf('E_PATTERN_UNKNOWN', { name: 'made-up' }),
    )
    expect(api.openPatternSet('made-up')).toBeNull()
    expect(api.listPatternSets()).toEqual([])
  })
})

describe('two connections', () => {
  it('see that the other one wrote', () => {
    const { api, file } = openTestDatabase()
    const db = openConnection({ file, nativeBinding: null })
    const other = createDatabaseApi({ db, directory: '', now: () => 0 })
    const before = other.dataVersion()
    other.writeDraft('own', 'write')
    expect(other.dataVersion()).toBe(before)
    api.writeDraft('their', 'write')
    expect(other.dataVersion()).not.toBe(before)
    db.close()
  })
})
