/** `backup.json`: what a backup says of itself, so that a person can be told before it is unpacked. */
import * as v from 'valibot'
import { LabError } from '../../shared'
import { newestVersion } from '../database/migrate'
import { CarryFailure } from './carry-failure'

const FORMAT = 'engram-backup'
const VERSION = 1
const count = v.pipe(v.number(), v.integer(), v.minValue(0))

const AboutSchema = v.object({
  format: v.literal(FORMAT),
  version: v.literal(VERSION),
  runs: count,
  /** Milliseconds since 1970; the first backups didn't tell. */
  madeAt: v.optional(v.nullable(v.pipe(v.number(), v.minValue(0), v.maxValue(8.64e15))), null),
  /** The format of its database; the same. */
  database: v.optional(v.nullable(count), null),
})
const NewerSchema = v.object({ format: v.literal(FORMAT), version: v.pipe(count, v.gtValue(VERSION)) })

export type BackupAbout = Omit<v.InferOutput<typeof AboutSchema>, 'format' | 'version'>

export function encodeAbout(about: BackupAbout): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify({ format: FORMAT, version: VERSION, ...about })}\n`)
}

/** @throws CarryFailure; LabError E_DATABASE_NEWER */
export function decodeAbout(bytes: Uint8Array): BackupAbout {
  let json: unknown
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch (error) {
    throw new CarryFailure('E_BACKUP_ABOUT', {}, { cause: error })
  }
  if (v.is(NewerSchema, json)) throw new LabError('E_DATABASE_NEWER', { found: json.version, known: VERSION })
  if (!v.is(AboutSchema, json)) throw new CarryFailure('E_BACKUP_ABOUT')
  const { runs, madeAt, database } = v.parse(AboutSchema, json)
  if (database !== null && database > newestVersion()) {
    throw new LabError('E_DATABASE_NEWER', { found: database, known: newestVersion() })
  }
  return { runs, madeAt, database }
}
