/** Bundled models, kept models, a changed text and single tensors, through the real worker. */
import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createLayout } from '../../../src/engine'
import type { ModelShape } from '../../../src/engine'
import { blockMeans, readTensor } from '../../../src/lab/interactive/read-tensor'
import { digestOf, readModel } from '../../../src/lab/models/model-file'
import { DEFAULT_CONFIGURATION } from '../../../src/shared'
import type { Trace } from '../../../src/shared'
import { errorOf, failureOf } from '../support/errors'
import { fileOf } from '../support/models'
import { temporaryDirectory } from '../support/temporary'
import { openTestLab, RESOURCES } from '../support/test-lab'

const READ = { top: 5, skipUnknown: false }
const FOLDER = join(RESOURCES, 'models')
/** 241 symbols and 64 units. */
const MOST_BYTES = 320_000

interface IndexEntry {
  readonly id: string
  readonly file: string
  readonly text: string
  readonly trained: { readonly digest: string }
}
const INDEX = JSON.parse(readFileSync(join(FOLDER, 'index.json'), 'utf8')) as readonly IndexEntry[]

/** The most probable symbols after the last step, most probable first. */
function expected({ tokens, top, topTokens, topProbabilities, vocabulary }: Trace) {
  const at = (tokens.length - 1) * top
  return Array.from({ length: top }, (_, k) => ({
    symbol: vocabulary[topTokens[at + k]],
    probability: topProbabilities[at + k],
  }))
}

describe('models that come with the lab', () => {
  it('are small, have the parameters their index names, and read their own text', async () => {
    const { lab } = await openTestLab()
    const models = await lab.analysis.bundled()
    expect(models.map(({ id }) => id)).toEqual(INDEX.map(({ id }) => id))
    for (const { id, file, text, trained } of INDEX) {
      expect(statSync(join(FOLDER, file)).size).toBeLessThan(MOST_BYTES)
      const { shape, parameters } = readModel(join(FOLDER, file))
      expect(digestOf(shape, parameters)).toBe(trained.digest)
      const trace = await lab.analysis.trace({ model: id }, { text, ...READ })
      expect(trace.tokens.join('')).toBe(text)
    }
    await expect(lab.analysis.trace({ model: '../secret' }, { text: 'a', ...READ })).rejects.toEqual(
      errorOf('E_MODEL_UNKNOWN', { model: '../secret' }),
    )
  })

  it.each([
    ['나는 배가 고파서 얼른 사과를 ', ['먹']],
    ['배가 고파서 오늘 아침에 동생과 사과를 ', ['먹']],
    ['잘못했으니 사과를 ', ['했', '하']],
    ['내가 크게 잘못해서 오늘 학교에서 친구에게 사과를 ', ['했', '하']],
    ['네가 잘못했으니 오늘 나는 사과를 ', ['받']],
    ['네가 거짓말을 해서 사과를 ', ['받']],
  ])('after “%s” expect %j above all', async (text, symbols) => {
    const { lab } = await openTestLab()
    const found = expected(await lab.analysis.trace({ model: 'apple-ko' }, { text, ...READ }))
    expect(symbols).toContain(found[0].symbol)
    const share = found
      .filter(({ symbol }) => symbols.includes(symbol))
      .reduce((sum, next) => sum + next.probability, 0)
    expect(share).toBeGreaterThan(0.6)
  })

  it('leave it open what follows where nothing stands before', async () => {
    const { lab } = await openTestLab()
    const found = expected(await lab.analysis.trace({ model: 'apple-ko' }, { text: '나는 사과를 ', ...READ }))
    expect(found[0].probability).toBeLessThan(0.5)
    expect(found.map(({ symbol }) => symbol)).toEqual(expect.arrayContaining(['받', '했']))
  })
})

describe('a changed text', () => {
  it('moves what is expected from the change on, and nothing before it', async () => {
    const { lab } = await openTestLab()
    const text = '배가 고파서 사과를 먹었다. 내가 잘못했으니 사과를 '
    const changed = '배가 고파서 사과를 먹었다. 네가 잘못했으니 사과를 '
    const answer = await lab.analysis.compare({ model: 'apple-ko' }, { text, changed, ...READ })
    const at = text.indexOf('내')
    expect(Array.from(answer.difference.subarray(0, at))).toEqual(new Array(at).fill(0))
    for (const difference of answer.difference.subarray(at)) expect(difference).toBeGreaterThan(0)
    expect(answer.difference.at(-1)).toBeGreaterThan(0.5)
    const alone = await lab.analysis.trace({ model: 'apple-ko' }, { text: changed, ...READ })
    expect(answer.changed.topProbabilities).toEqual(alone.topProbabilities)
    expect(answer.changed.hidden).toEqual(alone.hidden)
  })

  it('that the model can’t read is refused', async () => {
    const { lab } = await openTestLab()
    const request = { text: '사과', changed: '사☃', ...READ }
    await expect(lab.analysis.compare({ model: 'apple-ko' }, request)).rejects.toEqual(errorOf('E_SYMBOLS_UNKNOWN'))
  })
})

describe('the models a run kept', () => {
  it('are opened by their step', async () => {
    const { lab } = await openTestLab()
    const file = join(temporaryDirectory(), 'text.txt')
    writeFileSync(file, 'the tide comes in and goes out again. '.repeat(60))
    const configuration = { ...DEFAULT_CONFIGURATION, hidden: 8, batch: 4, sequence: 8, steps: 12, workers: 1 }
    const started = await lab.training.start({ files: [file], encoding: 'auto', configuration, name: '', probe: '' })
    const { run, modelStep } = await lab.training.settled(started.run)
    const kept = await lab.analysis.kept(run)
    expect([kept[0].step, kept.at(-1)?.step]).toEqual([0, modelStep])
    const request = { text: 'the tide', ...READ }
    const first = await lab.analysis.trace({ run, step: 0 }, request)
    const newest = await lab.analysis.trace({ run, step: null }, request)
    expect([first.model.step, newest.model.step]).toEqual([0, 12])
    expect(newest.loss).toBeLessThan(first.loss ?? 0)
    await expect(lab.analysis.trace({ run, step: 7 }, request)).rejects.toEqual(
      errorOf('E_RUN_NO_MODEL_AT', { run, step: 7 }),
    )
    await expect(lab.analysis.kept('nothing')).rejects.toEqual(errorOf('E_RUN_UNKNOWN'))
  })
})

describe('a tensor', () => {
  const shape: ModelShape = { cell: 'gru', layers: 1, hidden: 3, vocabulary: 600, embedding: 0 }
  const parameters = Float32Array.from({ length: createLayout(shape).size }, (_, i) => Math.fround(((i % 7) - 3) / 4))

  it('comes whole and row by row', () => {
    const { rows, columns, shownRows, shownColumns, values, greatest } = readTensor(
      { shape, parameters },
      'rnn.weight_hh_l0',
    )
    expect([rows, columns, shownRows, shownColumns]).toEqual([9, 3, 9, 3])
    const { offset } = createLayout(shape).byName.get('rnn.weight_hh_l0')!
    expect(values).toEqual(parameters.slice(offset, offset + 27))
    expect(greatest).toBe(0.75)
  })

  it('of many columns comes as means of blocks', () => {
    const found = readTensor({ shape, parameters }, 'rnn.weight_ih_l0')
    expect([found.rows, found.columns, found.shownRows, found.shownColumns]).toEqual([9, 600, 9, 512])
    expect(found.values).toHaveLength(9 * 512)
    const blocks = blockMeans(Float32Array.of(1, 3, 5, 7, 9, 11), {
      rows: 2,
      columns: 3,
      shownRows: 1,
      shownColumns: 2,
    })
    expect(Array.from(blocks)).toEqual([(1 + 3 + 7 + 9) / 4, (5 + 11) / 2])
  })

  it('that a model has not is named', async () => {
    expect(failureOf(() => readTensor({ shape, parameters }, 'rnn.weight_hh_l1'))).toEqual(
      errorOf('E_TENSOR_UNKNOWN', { name: 'rnn.weight_hh_l1' }),
    )
    const { lab } = await openTestLab()
    const vocabulary = Array.from({ length: 600 }, (_, i) => String.fromCodePoint(0xac00 + i))
    const file = fileOf({ shape, parameters, vocabulary, tokens: 'character', reverse: false })
    expect(await lab.analysis.tensor({ file }, 'decoder.bias')).toMatchObject({ rows: 600, columns: 1, shownRows: 512 })
    await expect(lab.analysis.tensor({ file }, 'nothing')).rejects.toEqual(errorOf('E_TENSOR_UNKNOWN'))
  })
})
