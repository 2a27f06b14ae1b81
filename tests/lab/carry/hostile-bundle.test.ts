/** Bundles that somebody made to do harm, or that a disk has damaged anywhere: refused, or what they were; nothing stays. */
import { createHash } from 'node:crypto'
import { lstatSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Lab } from '../../../src/lab'
import { openZip } from '../../../src/lab/carry/zip-read'
import { encodeState, readState } from '../../../src/lab/models/state-file'
import { startSmall } from '../support/carried'
import { linked, recordsOf, rewritten, written } from '../support/changed-zip'
import type { ZipChange } from '../support/changed-zip'
import { errorOf, errorsOf } from '../support/errors'
import { temporaryDirectory } from '../support/temporary'
import { openTestLab } from '../support/test-lab'

type Json = Record<string, unknown>

async function prepare() {
  const { lab, directory: home } = await openTestLab()
  const run = await startSmall(lab, 20)
  await lab.training.settled(run)
  const file = join(temporaryDirectory(), 'a.engram')
  await lab.carry.exportRuns([run], { file, overwrite: false, withCorpus: true })
  const zip = await openZip(file)
  const name = `runs/${run}/run.json`
  const entry = zip.entries.find((one) => one.name === name)
  if (!entry) throw new Error('no record')
  const record = JSON.parse(Buffer.from(await zip.read(entry, 1e6)).toString('utf8')) as Json
  zip.close()
  const changed = (changes: Readonly<Record<string, ZipChange>>): Promise<string> =>
    rewritten(file, Object.fromEntries(Object.entries(changes).map(([part, to]) => [`runs/${run}/${part}`, to])))
  const recorded = (json: unknown): Promise<string> => changed({ 'run.json': JSON.stringify(json) })
  const whole = [await lab.runs.show(run), await lab.runs.points(run)]
  const { lab: other, directory } = await openTestLab()
  return { lab: other, directory, home, run, file, record, changed, recorded, whole }
}

/** What a lab keeps of runs. */
const filesIn = (directory: string): string[] =>
  (readdirSync(directory, { recursive: true }) as string[]).filter((name) => !/^(lab\.sqlite|logs)/.test(name)).sort()

async function expectNothing(lab: Lab, directory: string): Promise<void> {
  expect(await lab.runs.list()).toEqual([])
  expect(filesIn(directory)).toEqual(['corpora', 'models'])
}

const REFUSED = errorsOf(/^E_(?:ZIP|BUNDLE)/)

async function expectRefused(lab: Lab, directory: string, bundle: string, error: unknown): Promise<void> {
  await expect(lab.carry.importBundle(bundle)).rejects.toEqual(error)
  await expectNothing(lab, directory)
}

/** Removed for good, so that the next one finds nothing. */
async function forget(lab: Lab, run: string): Promise<void> {
  await lab.runs.delete(run)
  await lab.runs.emptyBin(-1)
  await lab.runs.free('orphans')
}

describe('a bundle', () => {
  it('cut short anywhere is refused', async () => {
    const { lab, directory, file } = await prepare()
    const bytes = readFileSync(file)
    const records = recordsOf(bytes).flatMap((at) => [at, at + 4, at + 20])
    const everywhere = Array.from({ length: 150 }, (_, i) => Math.floor((i * bytes.length) / 150))
    for (const length of [...records, ...everywhere]) {
      await expectRefused(lab, directory, written(bytes.subarray(0, length)), REFUSED)
    }
  })

  it('with a byte turned over anywhere is refused, or is what it was', async () => {
    const { lab, directory, file, run, whole } = await prepare()
    const bytes = readFileSync(file)
    const inRecords = recordsOf(bytes).flatMap((at) => Array.from({ length: 46 }, (_, i) => at + i))
    const everywhere = Array.from({ length: 200 }, (_, i) => Math.floor((i * bytes.length) / 200))
    let refused = 0
    for (const at of [...inRecords.filter((place) => place < bytes.length), ...everywhere]) {
      const turned = Buffer.from(bytes)
      turned[at] ^= 0x41
      const outcome = await lab.carry.importBundle(written(turned)).catch((error: unknown) => error)
      if (outcome instanceof Error) {
        expect(outcome, `${at}`).toEqual(REFUSED)
        refused += 1
      } else {
        expect([await lab.runs.show(run), await lab.runs.points(run)], `${at}`).toEqual(whole)
        await forget(lab, run)
      }
      expect(await lab.runs.list()).toEqual([])
    }
    expect(refused).toBeGreaterThan(300)
    expect(readdirSync(directory).filter((name) => name.startsWith('.'))).toEqual([])
  })

  it('whose entries say that they are links makes none', async () => {
    const { lab, directory, file, changed } = await prepare()
    const onto = linked(await changed({ 'model.safetensors': '/etc/passwd' }))
    await expectRefused(lab, directory, onto, errorOf('E_BUNDLE_MODEL'))
    await lab.carry.importBundle(linked(file))
    const paths = filesIn(directory).map((name) => join(directory, name))
    expect(paths.filter((path) => lstatSync(path).isSymbolicLink())).toEqual([])
  })

  it('of other names beside its own brings in none of them', async () => {
    const { lab, directory, file, run } = await prepare()
    const more = await rewritten(file, { 'lab.sqlite': 'x', 'models/x/0.safetensors': 'x', 'runs/x/y/run.json': '{' })
    await lab.carry.importBundle(more)
    expect(filesIn(directory).filter((name) => !name.includes(run) && !name.startsWith('corpora/'))).toEqual([
      'corpora',
      'models',
    ])
    expect(await lab.doctor(true)).toMatchObject({ database: 'ok', orphans: [] })
  })

  it('that unpacks to a text without an end is refused at its beginning', async () => {
    const { lab, directory, changed } = await prepare()
    const header = 'step,trainLoss,validationLoss,gradientNorm,learningRate,charactersPerSecond,nonFinite\n'
    const tooLong = (line: number) => errorOf('E_BUNDLE_POINTS_LONG', { line })
    const endless = Buffer.alloc(20 * 1024 ** 2, '1')
    await expectRefused(lab, directory, await changed({ 'points.csv': endless }), tooLong(1))
    const points = Buffer.concat([Buffer.from(header), endless])
    await expectRefused(lab, directory, await changed({ 'points.csv': points }), tooLong(2))
    await expectRefused(lab, directory, await changed({ 'run.json': endless }), errorOf('E_ZIP_LONG'))
    await expectRefused(
      lab,
      directory,
      await changed({ 'run.json': '['.repeat(2_000_000) }),
      errorOf('E_BUNDLE_RECORD'),
    )
  })
})

/** The places of a record and what stands there: every one, lists and objects too. */
function placesOf(value: unknown, path: readonly string[] = []): (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [path]
  return [path, ...Object.entries(value).flatMap(([name, inner]) => placesOf(inner, [...path, name]))]
}

/** As text, since `NaN` and 1e999 are none of JSON's own. */
function withText(record: Json, path: readonly string[], text: string): string {
  if (path.length === 0) return text
  const copy = structuredClone(record)
  let at = copy
  for (const name of path.slice(0, -1)) at = at[name] as Json
  at[path[path.length - 1]] = '@'
  return JSON.stringify(copy).replace('"@"', text)
}

describe('a record', () => {
  it('with any value in any place is refused, or gives a run that can be shown', async () => {
    const { lab, directory, record, changed } = await prepare()
    const values = ['-1', '1e308', '1e999', '9007199254740991', 'NaN', 'null', '[]']
    let refused = 0
    for (const path of placesOf(record)) {
      for (const text of values) {
        const place = `${path.join('.')} = ${text}`
        const bundle = await changed({ 'run.json': withText(record, path, text) })
        const outcome = await lab.carry.importBundle(bundle).catch((error: unknown) => error)
        if (outcome instanceof Error) {
          expect(outcome, place).toEqual(REFUSED)
          refused += 1
          continue
        }
        const [{ run }] = outcome as { run: string }[]
        const { createdAt, steps, seconds } = await lab.runs.show(run)
        expect(new Date(createdAt).getTime(), place).toBe(createdAt)
        expect([Number.isSafeInteger(steps), Number.isFinite(seconds)], place).toEqual([true, true])
        await lab.runs.curves([run], 100, 0)
        await forget(lab, run)
      }
    }
    expect(refused).toBeGreaterThan(400)
    expect(await lab.doctor(true)).toMatchObject({ database: 'ok' })
    expect(readdirSync(directory).filter((name) => name.startsWith('.'))).toEqual([])
  })

  it('of another network than its model’s is refused', async () => {
    const { lab, directory, record, recorded } = await prepare()
    const configured = (changes: Json) =>
      recorded({ ...record, configuration: { ...(record.configuration as Json), ...changes } })
    const other = errorOf('E_BUNDLE_DIGEST')
    const cases: [Promise<string>, unknown][] = [
      [configured({ hidden: 7 }), other],
      [configured({ cell: 'lstm' }), other],
      [configured({ layers: 2 }), other],
      [configured({ embedding: 3 }), other],
      [configured({ tokens: 'jamo' }), other],
      [configured({ reverse: true }), other],
      [configured({ optimizer: 'sgd' }), errorOf('E_BUNDLE_STATE')],
      [recorded({ ...record, hidden: 9 }), other],
      [recorded({ ...record, version: 2 }), errorOf('E_BUNDLE_NEWER')],
      [recorded({ ...record, version: 1e308 }), errorOf('E_BUNDLE_NEWER')],
      [
        recorded({
          ...record,
          digest: null,
          checkpoints: [{ ...(record.checkpoints as Json[])[0], digest: '0'.repeat(64) }],
        }),
        other,
      ],
    ]
    for (const [bundle, error] of cases) await expectRefused(lab, directory, await bundle, error)
  })

  it('with a state of another making is refused', async () => {
    const { lab, directory, home, run, changed } = await prepare()
    const { header, arrays } = readState<Json>(join(home, 'models', run, '20.state'))
    const made = (to: unknown, of = arrays): Promise<string> =>
      changed({ state: Buffer.concat(encodeState({ header: to, arrays: of })) })
    const trainer = header.trainer as Json
    const damaged = errorOf('E_BUNDLE_STATE')
    const cases: [Promise<string>, unknown][] = [
      [made(null), damaged],
      [made({ ...header, moments: 1e9 }), damaged],
      [made({ ...header, trainer: { ...trainer, position: -5 } }), damaged],
      [made({ ...header, accumulator: { recent: 'x' } }), damaged],
      [made(header, arrays.slice(1)), damaged],
      [
        made(
          header,
          arrays.map((array) => array.slice(1)),
        ),
        damaged,
      ],
      [made({ ...header, trainer: { ...trainer, step: 19 } }), errorOf('E_BUNDLE_STEP', { found: 19, step: 20 })],
    ]
    for (const [bundle, error] of cases) await expectRefused(lab, directory, await bundle, error)
  })

  it('that names another text than its model has learnt comes in, and doesn’t go on with it', async () => {
    const { lab, file, run, record } = await prepare()
    const text = 'xyz\n'.repeat(400)
    const sha256 = createHash('sha256').update(text).digest('hex')
    const [corpus] = record.corpora as Json[]
    const changed = { ...record, corpora: [{ ...corpus, sha256 }] }
    const parts = { [`runs/${run}/run.json`]: JSON.stringify(changed), [`corpora/${sha256}`]: text }
    await lab.carry.importBundle(await rewritten(file, parts))
    const resumed = lab.training.resume(run, { configuration: { steps: 40 } })
    await expect(resumed).rejects.toEqual(errorOf('E_MODEL_OTHER', { what: 'vocabulary' }))
    const { status, pid, steps } = await lab.runs.show(run)
    expect([status, pid, steps]).toEqual(['crashed', null, 20])
  })
})
