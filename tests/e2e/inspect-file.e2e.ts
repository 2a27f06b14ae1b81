/** A model file that PyTorch wrote by hand opens in the Inspect room: dropped, chosen, its alphabet given, its states shown. */
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright/test'
import type { LaunchedApp } from '../../scripts/tour/launch-app.ts'
import { alphabetOf, referenceCases, tensorFile, textOf, writeFileOf } from '../lab/support/pytorch-file'
import type { ReferenceCase } from '../lab/support/pytorch-file'
import { dropFiles } from './support/drop-files'
import { expect, test } from './support/lab-test'
import { expectNoFaults } from './support/no-faults'
import { answerDialogs, goTo } from './support/rooms'

let folder = ''
test.beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'engram-file-'))
})
test.afterEach(() => rm(folder, { recursive: true, force: true }))

const LSTM = referenceCases().find(({ cell, L }) => cell === 'lstm' && L === 1) as ReferenceCase
const shown = (value: number): string => value.toFixed(3).replace('-', '−')
const visible = (symbol: string): string => (symbol === '\n' ? '↵' : symbol === ' ' ? '·' : symbol)

/** Each unit's row over the text holds what PyTorch computed for the batch's row `b`. */
async function expectStatesOf(page: Page, reference: ReferenceCase, b: number): Promise<void> {
  const symbols = [...textOf(reference, b)]
  for (let unit = 0; unit < reference.H; unit++) {
    const row = page.getByRole('listbox', { name: new RegExp(`^Unit ${unit + 1} over the text`) })
    await expect(row).toBeVisible()
    for (const [t, symbol] of symbols.entries()) {
      const value = shown(reference.top_hidden_TBH[t][b][unit])
      const name = `Unit ${unit + 1}, step ${t + 1} “${visible(symbol)}”: ${value}`
      await expect(row.getByRole('option', { name, exact: true })).toHaveCount(1)
    }
    await page.getByRole('img', { name: /^Hidden state h, layer 1/ }).focus()
    await page.keyboard.press('ArrowDown')
  }
}

test('tensors alone are dropped, their symbols typed, and their hidden states are PyTorch’s', async ({
  openShared,
}) => {
  const lab = await openShared()
  const { page } = lab
  const file = writeFileOf(tensorFile(LSTM), 'by-hand.safetensors', folder)
  await goTo(lab, 'Inspect')
  await dropFiles(lab, 'main', [file])
  const dialog = page.getByRole('dialog', { name: 'Which symbols does this model read?' })
  await expect(dialog).toContainText(`by-hand.safetensors holds the tensors of a network (LSTM, ${LSTM.H} units)`)
  const take = dialog.getByRole('button', { name: 'Open the model' })
  const symbols = dialog.getByRole('textbox', { name: 'Symbols in the order of the rows' })
  await symbols.fill('a')
  await expect(dialog.getByText(`${LSTM.V - 1} symbols are missing.`)).toBeVisible()
  await expect(take).toBeDisabled()
  await symbols.fill('aa')
  await expectNoFaults(lab, 'the alphabet')
  await expect(dialog.getByRole('alert')).toHaveText('“a” stands there twice: each symbol has one row.')
  await symbols.fill(alphabetOf(LSTM))
  await take.click()
  await expect(dialog).toHaveCount(0)
  await expect(page.getByText('by-hand.safetensors · from a file')).toBeVisible()
  await page.getByRole('textbox', { name: 'Text' }).fill(textOf(LSTM, 1))
  await page.getByRole('radio', { name: 'Hidden states' }).click()
  await expectStatesOf(page, LSTM, 1)
})

test('a file that names its alphabet is chosen by keys; one without takes it from a text', async ({ openShared }) => {
  const lab = await openShared()
  const { page } = lab
  await goTo(lab, 'Inspect')
  const { cell, H: hidden, L: layers } = LSTM
  const described = { version: 1, cell, hidden, layers, tokens: 'character', vocabulary: [...alphabetOf(LSTM)] }
  const whole = tensorFile(LSTM, { metadata: { format: 'pt', engram: JSON.stringify(described) } })
  await answerDialogs(lab, [writeFileOf(whole, 'whole.safetensors', folder)])
  await page.getByRole('button', { name: 'Open a model file…' }).focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('combobox', { name: 'Network' }).locator('option:checked')).toHaveText(
    'whole.safetensors',
  )
  // It has no text of its own: it reads what it writes.
  await expect(page.getByRole('textbox', { name: 'Text' })).not.toHaveValue('')
  await expect(page.getByText(/^Time step \d+ of \d+$/)).toBeVisible()
  await expect(page).toHaveURL(/#\/inspect\?run=/)

  const text = join(folder, 'learnt.txt')
  const sorted = [...alphabetOf(LSTM)].sort()
  await writeFile(text, sorted.join('').repeat(2))
  await answerDialogs(lab, [writeFileOf(tensorFile(LSTM), 'bare.safetensors', folder)])
  await page.getByRole('button', { name: 'Open a model file…' }).press('Enter')
  const dialog = page.getByRole('dialog')
  await expect(dialog).toBeVisible()
  await answerDialogs(lab, [text])
  await dialog.getByRole('button', { name: 'Take them from the text it learnt…' }).press('Enter')
  await expect(dialog.getByText(`“learnt.txt” has ${LSTM.V} different symbols.`)).toBeVisible()
  await expect(dialog.getByRole('textbox')).toHaveValue(sorted.join(''))
  await dialog.getByRole('button', { name: 'Open the model' }).press('Enter')
  await expect(page.getByRole('combobox', { name: 'Network' }).locator('option:checked')).toHaveText('bare.safetensors')
})

test('a bad file is told in one Korean sentence, and leaves nothing', async ({ openShared }) => {
  const lab = await openShared()
  const { page, dataDirectory } = lab
  await page.evaluate(() => window.lab.settings.change({ language: 'ko' }))
  await page.getByRole('navigation').getByRole('button', { name: '관찰' }).click()
  const bad: readonly (readonly [string, Buffer, string])[] = [
    ['long.safetensors', Buffer.alloc(32, 0xff), '헤더가 너무 깁니다. safetensors 파일이 아닌 듯합니다'],
    ['torch.pt', Buffer.from('PK\x03\x04zipped'), 'torch.save가 쓰는 압축 파일입니다'],
    ['less.safetensors', tensorFile(LSTM, { tensors: { 'decoder.bias': null } }), 'decoder.bias 텐서가 없습니다'],
    ['shape.safetensors', tensorFile(LSTM, { tensors: { 'decoder.bias': [1] } }), '모양이 (1)입니다'],
    [
      'nan.safetensors',
      tensorFile(LSTM, { tensors: { 'decoder.bias': Array(LSTM.V).fill(NaN) as number[] } }),
      'decoder.bias 텐서에 유한하지 않은 수',
    ],
  ]
  for (const [name, content, sentence] of bad) {
    await dropFiles(lab, 'main', [writeFileOf(content, name, folder)])
    const told = page.getByRole('alert').filter({ hasText: name })
    await expect(told).toContainText(sentence)
    await told.getByRole('button', { name: '닫기' }).click()
  }
  await expectNothingKept(lab)
  expect(await readdir(join(dataDirectory, 'models'))).toEqual([])
})

async function expectNothingKept({ page }: LaunchedApp): Promise<void> {
  const runs = await page.evaluate(() => window.lab.runs.list({}))
  expect(runs).toEqual({ ok: true, value: [] })
}
