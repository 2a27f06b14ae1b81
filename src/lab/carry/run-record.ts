/** `run.json` of a bundle: everything that is kept of a run but its points and files. */
import * as v from 'valibot'
import {
  CELLS,
  ENCODINGS,
  ExperimentRequestSchema,
  KERNELS,
  LIVE_STATUSES,
  REPEAT_VERDICTS,
  RUN_KINDS,
  RUN_STATUSES,
  RunConfigurationSchema,
  toStoredConfiguration,
} from '../../shared'
import type { CorpusSummary, RunStatus } from '../../shared'
import type { CarriedRun } from '../database/database-api'
import { bestOf } from '../models/thinning'
import { CarryFailure } from './carry-failure'
import { FindingsSchema } from './experiment-findings'

export const RECORD_VERSION = 1
export const MOST_RECORD_BYTES = 16 * 1024 ** 2

/** What a date can be. */
const MOST_MS = 8.64e15

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0))
const finite = v.pipe(v.number(), v.finite())
const text = (most: number) => v.pipe(v.string(), v.maxLength(most))
const identifier = v.pipe(v.string(), v.regex(/^[\w-]{1,64}$/))
const hash = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/))
const words = v.record(text(200), text(1000))

const SummarySchema = v.object({
  name: text(1000),
  sizeBytes: count,
  encoding: v.picklist([...ENCODINGS, 'bytes']),
  characters: count,
  tokens: count,
  vocabularySize: count,
  sha256: hash,
  changes: v.object({ bom: count, lineEnds: count, nfc: count, replaced: count }),
  frequent: v.pipe(v.array(v.object({ symbol: text(16), count })), v.maxLength(1000)),
  excerpt: text(10_000),
  probe: text(10_000),
})

/** Unknown fields are passed over, but in the configuration: what decides the bits must be understood. */
const RecordSchema = v.object({
  version: v.literal(RECORD_VERSION),
  run: identifier,
  kind: v.picklist(RUN_KINDS),
  status: v.picklist(RUN_STATUSES),
  reason: v.nullable(text(10_000)),
  name: text(10_000),
  corpus: v.nullable(text(100_000)),
  cell: v.nullable(v.picklist(CELLS)),
  hidden: v.nullable(v.pipe(count, v.minValue(1))),
  layers: v.nullable(v.pipe(count, v.minValue(1))),
  parameters: v.nullable(count),
  vocabularySize: v.nullable(count),
  steps: count,
  totalSteps: v.nullable(count),
  trainLoss: v.nullable(finite),
  validationLoss: v.nullable(finite),
  bestValidationLoss: v.nullable(finite),
  /** Bundles of earlier versions don't tell it: then it is that of the best checkpoint. */
  bestStep: v.optional(v.nullable(count)),
  charactersPerSecond: v.nullable(finite),
  seconds: v.pipe(finite, v.minValue(0)),
  kernel: v.nullable(v.picklist(KERNELS)),
  workers: v.nullable(v.pipe(count, v.minValue(1))),
  digest: v.nullable(hash),
  tags: v.pipe(v.array(v.pipe(text(1000), v.minLength(1))), v.maxLength(1000)),
  createdAt: v.pipe(v.number(), v.safeInteger(), v.minValue(-MOST_MS), v.maxValue(MOST_MS)),
  starred: v.boolean(),
  archived: v.boolean(),
  parent: v.nullable(identifier),
  verdict: v.optional(v.nullable(v.picklist(REPEAT_VERDICTS)), null),
  modelStep: v.nullable(count),
  configuration: v.nullable(RunConfigurationSchema),
  corpora: v.pipe(v.array(SummarySchema), v.maxLength(64)),
  note: text(1_000_000),
  probe: v.nullable(text(100_000)),
  sample: v.nullable(text(100_000)),
  machine: words,
  versions: words,
  nonFinite: v.boolean(),
  /** The last, and the best where that is another. */
  checkpoints: v.pipe(
    v.array(
      v.object({
        step: count,
        model: v.picklist(['model.safetensors', 'best.safetensors']),
        state: v.nullable(v.literal('state')),
        validationLoss: v.nullable(finite),
        digest: hash,
      }),
    ),
    v.maxLength(2),
  ),
  experiment: v.optional(
    v.nullable(v.object({ settings: ExperimentRequestSchema, result: v.nullable(FindingsSchema) })),
    null,
  ),
})

/** @param withText whether the text itself goes along: else nothing that quotes it */
export function encodeRecord(
  { detail, nonFinite, checkpoints, experiment }: CarriedRun,
  withText: boolean,
): Uint8Array {
  const corpora = withText ? detail.corpora : detail.corpora.map(withoutText)
  const record = {
    version: RECORD_VERSION,
    ...detail,
    configuration: detail.configuration === null ? null : toStoredConfiguration(detail.configuration),
    status: atRest(detail.status),
    corpora,
    nonFinite,
    checkpoints,
    experiment,
  }
  return new TextEncoder().encode(`${JSON.stringify(record, null, 2)}\n`)
}

function withoutText(summary: CorpusSummary): CorpusSummary {
  return { ...summary, excerpt: '', probe: '', frequent: [] }
}

/** Nobody trains a run that is carried; one that paused goes on when somebody wants it to. */
function atRest(status: RunStatus): RunStatus {
  return LIVE_STATUSES.includes(status) && status !== 'paused' ? 'interrupted' : status
}

/** @throws CarryFailure */
export function decodeRecord(bytes: Uint8Array): CarriedRun {
  let json: unknown
  try {
    json = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch (error) {
    throw new CarryFailure('E_BUNDLE_RECORD', {}, { cause: error })
  }
  const version = (json as { version?: unknown } | null)?.version
  if (typeof version === 'number' && version > RECORD_VERSION) {
    throw new CarryFailure('E_BUNDLE_NEWER', { found: version, known: RECORD_VERSION })
  }
  const parsed = v.safeParse(RecordSchema, json)
  if (!parsed.success) {
    const field = v.getDotPath(parsed.issues[0])
    throw field === null ? new CarryFailure('E_BUNDLE_RECORD') : new CarryFailure('E_BUNDLE_FIELD', { field })
  }
  const { version: _version, nonFinite, checkpoints, experiment, ...detail } = parsed.output
  const kinds = [experiment?.settings.kind, experiment?.result?.kind].filter((kind) => kind !== undefined)
  if (kinds.some((kind) => kind !== detail.kind)) throw new CarryFailure('E_BUNDLE_FIELD', { field: 'experiment' })
  return {
    detail: {
      ...detail,
      status: atRest(detail.status),
      bestStep: detail.bestStep === undefined ? (bestOf(checkpoints)?.step ?? null) : detail.bestStep,
    },
    nonFinite,
    checkpoints,
    experiment: experiment as CarriedRun['experiment'],
  }
}
