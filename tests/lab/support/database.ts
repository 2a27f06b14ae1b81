/** A database on a file of its own, and rows to put into it. */
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { openConnection } from '../../../src/lab/database/connection'
import type { Connection } from '../../../src/lab/database/connection'
import { createDatabaseApi } from '../../../src/lab/database/create-database-api'
import type { DatabaseApi, Lease, NewRun, RunProgress } from '../../../src/lab/database/database-api'
import { migrate } from '../../../src/lab/database/migrate'
import { ownIdentity } from '../../../src/lab/process-identity'
import type { ProcessIdentity } from '../../../src/lab/process-identity'
import { DEFAULT_CONFIGURATION } from '../../../src/shared'
import type { CorpusSummary, RunPoint } from '../../../src/shared'
import { temporaryDirectory } from './temporary'

export interface TestDatabase {
  readonly api: DatabaseApi
  readonly db: Connection
  readonly file: string
}

/** @param isAlive whether a lease's holder still runs; by default as the system tells */
export function openTestDatabase(
  isAlive?: (holder: ProcessIdentity) => boolean,
  file = join(temporaryDirectory(), 'lab.sqlite'),
): TestDatabase {
  const db = openConnection({ file, nativeBinding: null })
  migrate(db, file)
  onTestFinished(() => void db.close())
  return { api: createDatabaseApi({ db, directory: file, now: () => 1000, isAlive }), db, file }
}

let tokens = 0

export function newLease(holder: ProcessIdentity = ownIdentity()): Lease {
  tokens += 1
  return { ...holder, token: `token-${tokens}` }
}

export const SUMMARY: CorpusSummary = {
  name: 'book.txt',
  sizeBytes: 10,
  encoding: 'utf-8',
  characters: 10,
  tokens: 10,
  vocabularySize: 3,
  sha256: 'a'.repeat(64),
  changes: { bom: 0, lineEnds: 0, nfc: 0, replaced: 0 },
  frequent: [{ symbol: 'a', count: 4 }],
  excerpt: 'abc',
  probe: 'abc',
}

export function newRun(run: string, changes: Partial<NewRun> = {}): NewRun {
  return {
    run,
    kind: 'training',
    name: 'a run',
    configuration: DEFAULT_CONFIGURATION,
    corpora: [SUMMARY],
    probe: 'abc',
    parameters: 100,
    vocabularySize: 3,
    totalSteps: 50,
    kernel: 'scalar',
    workers: 1,
    machine: { cores: '2' },
    versions: { lab: '0.0.0' },
    tags: [],
    createdAt: 5,
    ...changes,
  }
}

export function point(step: number, changes: Partial<RunPoint> = {}): RunPoint {
  return {
    step,
    trainLoss: 1 / step,
    minTrainLoss: 1 / step,
    maxTrainLoss: 1 / step,
    validationLoss: null,
    gradientNorm: 2,
    learningRate: 0.002,
    charactersPerSecond: 10,
    nonFinite: false,
    ...changes,
  }
}

export function progress(steps: number, changes: Partial<RunProgress> = {}): RunProgress {
  return {
    steps,
    trainLoss: 1.5,
    validationLoss: null,
    bestValidationLoss: null,
    bestStep: null,
    charactersPerSecond: 100,
    seconds: 1,
    sample: null,
    ...changes,
  }
}
