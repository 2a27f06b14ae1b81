/** What a person set, drew and stored comes back as it was. */
import { describe, expect, it } from 'vitest'
import { openConnection } from '../../../src/lab/database/connection'
import { createDatabaseApi } from '../../../src/lab/database/create-database-api'
import { DEFAULT_RUNS_VIEW, DEFAULT_SETTINGS } from '../../../src/shared'
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

  it('keep the views that are known beside one that is not', () => {
    const { api, db } = openTestDatabase()
    const good = { name: 'good', view: DEFAULT_RUNS_VIEW }
    const gone = { name: 'gone', view: { ...DEFAULT_RUNS_VIEW, columns: [{ name: 'gone', width: 100 }] } }
    db.prepare('INSERT INTO settings VALUES (?, ?)').run('runsViews', JSON.stringify([gone, good, null]))
    expect(api.readSettings().runsViews).toEqual([good])
    db.prepare('UPDATE settings SET value = ?').run('{"no":"list"}')
    expect(api.readSettings().runsViews).toEqual([])
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

  it.each(['“quoted” \'x\' "y"', '100 % _ \\ ;--', '👩‍👩‍👧 🧠', '한글 모음'])(
    'are renamed to %s, and nothing else changes',
    (title) => {
      const { api } = openTestDatabase()
      const { id } = api.savePatternSet(null, 'before', set)
      expect(api.renamePatternSet(id, title)).toMatchObject({ id, title: { en: title, ko: title }, count: 1 })
      expect(api.listPatternSets().map((info) => info.title.ko)).toEqual([title])
      expect(api.openPatternSet(id)).toEqual(set)
    },
  )

  it('are removed, and put back with their id, patterns and place', () => {
    const { api, db } = openTestDatabase()
    const ids = ['a', 'b', 'c'].map((title) => api.savePatternSet(null, title, set).id)
    const before = db.prepare('SELECT * FROM pattern_sets ORDER BY id').all()
    const removed = api.removePatternSet(ids[1])
    expect(api.listPatternSets().map(({ id }) => id)).toEqual([ids[0], ids[2]])
    expect(api.openPatternSet(ids[1])).toBeNull()
    api.restorePatternSet(removed)
    expect(db.prepare('SELECT * FROM pattern_sets ORDER BY id').all()).toEqual(before)
  })

  it('come last when their place was given away', () => {
    const { api } = openTestDatabase()
    const ids = ['a', 'b'].map((title) => api.savePatternSet(null, title, set).id)
    const removed = api.removePatternSet(ids[1])
    const later = api.savePatternSet(null, 'later', set).id
    expect(api.restorePatternSet(removed)).toMatchObject({ id: ids[1] })
    expect(api.listPatternSets().map(({ id }) => id)).toEqual([ids[0], later, ids[1]])
    expect(api.openPatternSet(ids[1])).toEqual(set)
  })

  it('that are not there are neither renamed nor removed', () => {
    const { api } = openTestDatabase()
    const refusal = errorOf('E_PATTERN_SET_UNKNOWN', { id: 'gone' })
    expect(failureOf(() => api.renamePatternSet('gone', 'x'))).toEqual(refusal)
    expect(failureOf(() => api.removePatternSet('gone'))).toEqual(refusal)
  })

  it('are not made under an id that nobody gave', () => {
    const { api } = openTestDatabase()
    expect(failureOf(() => api.savePatternSet('made-up', 'x', set))).toEqual(
      errorOf('E_PATTERN_SET_UNKNOWN', { id: 'made-up' }),
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
