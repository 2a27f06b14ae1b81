/** Hand-offs, run by PyTorch where there is one: the loss is ours, it goes on, and the model comes back. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import iconv from 'iconv-lite'
import { describe, expect, it } from 'vitest'
import type { TestContext } from 'vitest'
import type { Lab } from '../../../src/lab'
import { DEFAULT_CONFIGURATION } from '../../../src/shared'
import type { RunConfiguration, RunRow } from '../../../src/shared'
import { errorOf } from '../support/errors'
import { temporaryDirectory } from '../support/temporary'
import { openTestLab, RESOURCES, STORIES } from '../support/test-lab'

const KOREAN = join(STORIES, 'rhymes.ko.txt')
const ENGLISH = join(STORIES, 'rhymes.en.txt')
/** What a loss computed by two libraries in float32 may differ by. */
const LOSS_TOLERANCE = 1e-5

const findPython = (): string | null =>
  ['/usr/bin/python3', 'python3'].find((python) => spawnSync(python, ['-c', 'import torch']).status === 0) ?? null

/** A test that needs PyTorch is passed over where there is none, and says so. */
function pythonOrSkip({ skip }: TestContext): string {
  const python = findPython()
  if (python === null) skip('no python3 with torch on this machine (Debian: python3-torch)')
  return python ?? ''
}

interface Answer {
  readonly loss: number
  readonly file?: string
}

function runPython(python: string, folder: string, words: readonly string[], env: NodeJS.ProcessEnv = {}): Answer {
  const { status, stdout, stderr } = spawnSync(python, words, {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, OMP_NUM_THREADS: '1', ...env },
  })
  if (status !== 0) throw new Error(`exit ${status}: ${stderr}`)
  return JSON.parse(/\{.*\}/.exec(stdout)?.[0] ?? 'null') as Answer
}

async function trained(lab: Lab, files: readonly string[], changes: Partial<RunConfiguration>): Promise<RunRow> {
  const small = { ...DEFAULT_CONFIGURATION, hidden: 7, batch: 4, sequence: 6, steps: 60, learningRate: 0.01 }
  const request = { files, encoding: 'auto' as const, name: '', probe: '' }
  const { run } = await lab.training.start({ ...request, configuration: { ...small, ...changes } })
  return lab.training.settled(run)
}

function cp949File(): string {
  const file = join(temporaryDirectory(), '동요.txt')
  writeFileSync(file, iconv.encode(readFileSync(KOREAN, 'utf8'), 'cp949'))
  return file
}

const CASES: readonly (readonly [string, () => string[], Partial<RunConfiguration>])[] = [
  ['vanilla', () => [ENGLISH], {}],
  ['gru of jamo in CP949', () => [cp949File()], { cell: 'gru', tokens: 'jamo', schedule: 'cosine' }],
  ['lstm of bytes, embedded', () => [KOREAN], { cell: 'lstm', tokens: 'byte', embedding: 5, layers: 2, dropout: 0.2 }],
  ['lstm of two texts, reversed', () => [ENGLISH, KOREAN], { cell: 'lstm', reverse: true, optimizer: 'adagrad' }],
]

describe('a hand-off', () => {
  it.for(CASES)('of %s has our loss in PyTorch, goes on from it and comes back', async ([, textsOf, changes], test) => {
    const python = pythonOrSkip(test)
    const { lab } = await openTestLab()
    const files = textsOf()
    const { run } = await trained(lab, files, changes)
    const folder = join(temporaryDirectory(), 'out')
    await lab.carry.handOff(run, { folder, overwrite: false, best: false })
    const ours = await lab.analysis.evaluate({ run }, { files, encoding: 'auto', skipUnknown: false })
    const before = runPython(python, folder, ['train.py', '--steps', '0'])
    expect(Object.keys(before)).toEqual(['loss'])
    expect(Math.abs(before.loss - ours.loss)).toBeLessThan(LOSS_TOLERANCE)
    const rate = changes.schedule === 'cosine' ? ['--learning-rate', '0.01'] : []
    const after = runPython(python, folder, ['train.py', '--steps', '150', ...rate])
    expect(after.loss).toBeLessThan(before.loss)
    const back = await lab.carry.importModel(join(folder, 'trained.safetensors'), { parent: run, name: '' })
    expect(back).toMatchObject({ parent: run, status: 'finished', modelStep: 0, cell: changes.cell ?? 'vanilla' })
    const found = await lab.analysis.evaluate({ run: back.run }, { files, encoding: 'auto', skipUnknown: false })
    expect(Math.abs(found.loss - after.loss)).toBeLessThan(LOSS_TOLERANCE)
    const trace = await lab.analysis.trace({ run: back.run }, { text: '\n', top: 1, skipUnknown: true })
    expect(trace.tokens.length).toBeGreaterThan(0)
    expect(await lab.doctor(true)).toMatchObject({ database: 'ok', orphans: [] })
  })

  it('of a window has in PyTorch the loss that its formula gives', (test) => {
    const python = pythonOrSkip(test)
    const folder = writeWindow()
    const { loss } = runPython(python, folder, ['train.py', '--steps', '0'])
    expect(Math.abs(loss - windowLoss())).toBeLessThan(LOSS_TOLERANCE)
    expect(runPython(python, folder, ['train.py', '--steps', '100']).loss).toBeLessThan(loss)
  })

  it('goes on over two processes as over one', async (test) => {
    const python = pythonOrSkip(test)
    const { lab } = await openTestLab()
    const { run } = await trained(lab, [ENGLISH], { batch: 5 })
    const folder = join(temporaryDirectory(), 'out')
    await lab.carry.handOff(run, { folder, overwrite: false, best: false })
    const words = ['--steps', '40', '--force']
    const one = runPython(python, folder, ['train.py', ...words])
    // Debian's torchrun of PyTorch 1.13 needs its streams named on Python 3.11 (README of the hand-off).
    const launcher = ['-m', 'torch.distributed.run', '--nproc_per_node', '2', '--redirects', '1', '--tee', '1']
    const address = ['--master_addr', '127.0.0.1', '--master_port', String(20_000 + (process.pid % 20_000))]
    const two = runPython(python, folder, [...launcher, ...address, 'train.py', ...words], {
      GLOO_SOCKET_IFNAME: 'lo',
    })
    expect(Math.abs(two.loss - one.loss)).toBeLessThan(1e-4) // gradients are added in another order
    expect(existsSync(join(folder, 'trained.safetensors'))).toBe(true)
  })

  it('keeps the exact bytes, and writes into no folder that holds anything unless it may', async () => {
    const { lab } = await openTestLab()
    const file = cp949File()
    const { run } = await trained(lab, [file], { tokens: 'jamo' })
    const folder = join(temporaryDirectory(), 'out')
    mkdirSync(folder)
    await lab.carry.handOff(run, { folder, overwrite: false, best: true })
    const names = ['README.md', 'configuration.json', 'corpus', 'model.safetensors', 'tokens.bin', 'train.py']
    expect(readdirSync(folder).sort()).toEqual(names)
    expect(readFileSync(join(folder, 'corpus', '동요.txt')).equals(readFileSync(file))).toBe(true)
    expect(readFileSync(join(folder, 'README.md'), 'utf8')).toContain(`--parent ${run}`)
    const again = { folder, overwrite: false, best: false }
    await expect(lab.carry.handOff(run, again)).rejects.toEqual(errorOf('E_FOLDER_NOT_EMPTY', { folder: 'out' }))
    writeFileSync(join(folder, 'mine.txt'), 'mine')
    await lab.carry.handOff(run, { ...again, overwrite: true })
    expect(readdirSync(folder).sort()).toEqual([...names, 'mine.txt'].sort())
    await expect(lab.carry.handOff('none', again)).rejects.toEqual(errorOf('E_RUN_UNKNOWN'))
  })
})

describe('a model of a person’s own', () => {
  it('is refused where it is none, and leaves nothing', async () => {
    const { lab, directory } = await openTestLab()
    await expect(lab.carry.importModel(ENGLISH, { parent: null, name: '' })).rejects.toEqual(errorOf('E_MODEL'))
    await expect(lab.carry.importModel('/nowhere/m', { parent: null, name: '' })).rejects.toEqual(
      errorOf('E_FILE_MISSING'),
    )
    await expect(lab.carry.importModel(ENGLISH, { parent: 'x', name: '' })).rejects.toEqual(errorOf('E_RUN_UNKNOWN'))
    expect(readdirSync(join(directory, 'models'))).toEqual([])
    expect(await lab.runs.list()).toEqual([])
  })
})

/** A window of 2 tokens over 3 symbols, 2 units, one layer; parameters and text small enough to be followed by hand. */
const WINDOW = { k: 2, V: 3, H: 2, ids: Array.from({ length: 200 }, (_, i) => (i * i + (i % 5)) % 3) }
const weight = (i: number): number => Math.fround(((i * 7) % 11) / 10 - 0.5)
const PARAMETERS = {
  'decoder.bias': { shape: [3], values: [0, 1, 2].map((i) => weight(i + 40)) },
  'decoder.weight': { shape: [3, 2], values: [0, 1, 2, 3, 4, 5].map((i) => weight(i + 30)) },
  'hidden.0.bias': { shape: [2], values: [0, 1].map((i) => weight(i + 20)) },
  'hidden.0.weight': { shape: [2, 6], values: Array.from({ length: 12 }, (_, i) => weight(i)) },
}

function writeWindow(): string {
  const folder = temporaryDirectory()
  const header: Record<string, unknown> = { __metadata__: { format: 'pt', engram: '{}' } }
  let at = 0
  for (const [name, { shape, values }] of Object.entries(PARAMETERS)) {
    header[name] = { dtype: 'F32', shape, data_offsets: [at, (at += values.length * 4)] }
  }
  const json = Buffer.from(JSON.stringify(header))
  const length = Buffer.alloc(8)
  length.writeBigUInt64LE(BigInt(json.length))
  const floats = Float32Array.from(Object.values(PARAMETERS).flatMap(({ values }) => values))
  writeFileSync(join(folder, 'model.safetensors'), Buffer.concat([length, json, Buffer.from(floats.buffer)]))
  writeFileSync(join(folder, 'tokens.bin'), Uint8Array.from(WINDOW.ids))
  writeFileSync(join(folder, 'train.py'), readFileSync(join(RESOURCES, 'handoff', 'train.py')))
  const model = {
    cell: 'window',
    layers: 1,
    hidden: WINDOW.H,
    embedding: 0,
    window: WINDOW.k,
    vocabularySize: WINDOW.V,
  }
  const text = { file: 'tokens.bin', type: 'uint8', count: WINDOW.ids.length, trainTokens: WINDOW.ids.length }
  const training = { ...DEFAULT_CONFIGURATION, batch: 3, sequence: 5, learningRate: 0.01 }
  const configuration = { step: 0, scheduleSteps: 100, model, text, training }
  writeFileSync(join(folder, 'configuration.json'), JSON.stringify(configuration))
  return folder
}

function windowLoss(): number {
  const { k, V, H, ids } = WINDOW
  let total = 0
  for (let t = 0; t + 1 < ids.length; t++) {
    const hidden = Array.from({ length: H }, (_, j) => {
      let sum = PARAMETERS['hidden.0.bias'].values[j]
      for (let i = 0; i < k; i++) {
        const id = ids[t - k + 1 + i]
        if (id !== undefined) sum += PARAMETERS['hidden.0.weight'].values[j * k * V + i * V + id]
      }
      return Math.tanh(sum)
    })
    const logits = PARAMETERS['decoder.bias'].values.map((bias, v) =>
      hidden.reduce((sum, unit, j) => sum + unit * PARAMETERS['decoder.weight'].values[v * H + j], bias),
    )
    total += Math.log(logits.reduce((sum, logit) => sum + Math.exp(logit), 0)) - logits[ids[t + 1]]
  }
  return total / (ids.length - 1)
}
