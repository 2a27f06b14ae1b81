/** What a person set, and what they drew and have not stored. */
import * as v from 'valibot'
import { NamedViewSchema, SettingsSchema } from '../../../shared'
import type { Settings, SettingsPatch } from '../../../shared'
import { statement } from '../connection'
import type { Connection } from '../connection'

type Entry = { readonly key: string; readonly value: string }

/** A value that this version doesn't know (a later one wrote it) counts as not set, and stays where it is. */
export function readSettings(db: Connection): Settings {
  const stored = new Map(
    statement<[], Entry>(db, 'SELECT key, value FROM settings')
      .all()
      .map(({ key, value }) => [key, JSON.parse(value) as unknown]),
  )
  const known = Object.entries(SettingsSchema.entries).flatMap(([key, schema]) => {
    const parsed = v.safeParse(schema, key === 'runsViews' ? readableViews(stored.get(key)) : stored.get(key))
    return stored.has(key) && parsed.success ? [[key, parsed.output]] : []
  })
  return v.parse(SettingsSchema, Object.fromEntries(known))
}

/** Of views under a name those that are known whole: one that isn't must not take the others along when one more is kept. */
function readableViews(stored: unknown): unknown {
  return Array.isArray(stored) ? stored.filter((view) => v.is(NamedViewSchema, view)) : stored
}

export function writeSettings(db: Connection, patch: SettingsPatch): void {
  const write = statement(db, 'INSERT OR REPLACE INTO settings (key, value) VALUES (?, ?)')
  for (const [key, value] of Object.entries(patch)) {
    if (value !== undefined) write.run(key, JSON.stringify(value))
  }
}

export function readDraft(db: Connection, key: string): string | null {
  return statement<[string], Entry>(db, 'SELECT value FROM drafts WHERE key = ?').get(key)?.value ?? null
}

export function writeDraft(db: Connection, key: string, value: string | null): void {
  if (value === null) statement(db, 'DELETE FROM drafts WHERE key = ?').run(key)
  else statement(db, 'INSERT OR REPLACE INTO drafts (key, value) VALUES (?, ?)').run(key, value)
}
