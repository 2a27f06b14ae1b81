/**
 * A folder in which PyTorch goes on with a model: the parameters, the text as the numbers the network reads (so that
 * decoding, composition and tokens need not be done again elsewhere), its exact bytes, the settings, and `train.py`.
 */
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { Tokeniser } from '../../engine'
import type { TokenIds } from '../../engine'
import { LabError } from '../../shared'
import { temporaryName, writeError } from '../files/atomic-write'
import { readModel } from '../models/model-file'
import type { Model } from '../models/model-file'
import type { HandoffRequest } from './carry-api'

/** @throws LabError E_FOLDER_NOT_EMPTY, E_FILE_EXISTS, E_SYMBOLS_UNKNOWN, E_TEXT_TOO_SHORT, E_DISK_FULL, E_FILE_WRITE */
export function handOff(request: HandoffRequest): void {
  const { folder, overwrite } = request
  assertFolder(folder, overwrite)
  const temporary = temporaryName(folder)
  try {
    mkdirSync(dirname(folder), { recursive: true })
    mkdirSync(temporary)
    fill(temporary, request)
    if (!existsSync(folder)) renameSync(temporary, folder)
    else {
      // Each of ours takes the place of its namesake; what else lies there (a trained model) stays.
      for (const name of readdirSync(temporary)) {
        rmSync(join(folder, name), { recursive: true, force: true })
        renameSync(join(temporary, name), join(folder, name))
      }
    }
  } catch (error) {
    throw writeError(folder, error)
  } finally {
    rmSync(temporary, { recursive: true, force: true })
  }
}

function assertFolder(folder: string, overwrite: boolean): void {
  const found = statSync(folder, { throwIfNoEntry: false })
  if (!found) return
  if (!found.isDirectory()) throw new LabError('E_FILE_EXISTS', { file: basename(folder) })
  if (!overwrite && readdirSync(folder).length > 0) {
    throw new LabError('E_FOLDER_NOT_EMPTY', { folder: basename(folder) })
  }
}

function fill(folder: string, request: HandoffRequest): void {
  const { model: path, resources, run, text, corpora, step } = request
  const own = join(folder, 'model.safetensors')
  copyFileSync(path, own) // first of all: the run may train on, and thin its models out
  const model = readModel(own)
  const ids = new Tokeniser(model.tokens, model.vocabulary).translate(text.ids, text.vocabulary, false)
  if (ids.length < 2) throw new LabError('E_TEXT_TOO_SHORT', { name: corpora.map(({ name }) => name).join(' + ') })
  const { type, bytes } = packIds(ids, model.vocabulary.length)
  writeFileSync(join(folder, 'tokens.bin'), bytes)
  mkdirSync(join(folder, 'corpus'))
  const files = corpora.map(({ name, sha256, path: kept }, i) => {
    const file = `corpus/${corpora.length > 1 ? `${i + 1}-` : ''}${safeName(name)}`
    copyFileSync(kept, join(folder, file))
    return { name, sha256, file }
  })
  const described = describe(model, request, { file: 'tokens.bin', type, count: ids.length, files })
  writeFileSync(join(folder, 'configuration.json'), `${JSON.stringify({ run, ...described }, null, 2)}\n`)
  copyFileSync(join(resources, 'train.py'), join(folder, 'train.py'))
  const readme = readFileSync(join(resources, 'README.md'), 'utf8')
  const filled = readme.replaceAll('{run}', run).replaceAll('{step}', String(step))
  writeFileSync(join(folder, 'README.md'), filled)
}

interface DescribedText {
  readonly file: string
  readonly type: 'uint8' | 'uint16'
  readonly count: number
  readonly files: readonly { readonly name: string; readonly sha256: string; readonly file: string }[]
}

function describe(model: Model, { training, step, scheduleSteps }: HandoffRequest, text: DescribedText) {
  const { vocabulary: _size, ...shape } = model.shape
  return {
    step,
    scheduleSteps,
    model: {
      window: training.window,
      ...shape,
      vocabularySize: model.vocabulary.length,
      tokens: model.tokens,
      reverse: model.reverse,
    },
    text: { ...text, trainTokens: text.count - Math.floor(text.count * training.validation) },
    training,
  }
}

/** Little-endian, whatever this machine is. */
function packIds(ids: TokenIds, vocabularySize: number): { type: DescribedText['type']; bytes: Uint8Array } {
  if (vocabularySize <= 256) return { type: 'uint8', bytes: Uint8Array.from(ids) }
  const bytes = new Uint8Array(ids.length * 2)
  for (let i = 0; i < ids.length; i++) {
    bytes[2 * i] = ids[i] & 0xff
    bytes[2 * i + 1] = ids[i] >>> 8
  }
  return { type: 'uint16', bytes }
}

/** A name that came with a run, as a file's name on any system. */
function safeName(name: string): string {
  const plain = name.replace(/[/\\:*?"<>|\p{Cc}]/gu, '_').replace(/^\.+/, '_')
  return plain.trim() === '' ? 'text' : plain.slice(0, 100)
}
