/** What a network expects, what if, and the network unrolled, in the window; its numbers are the command line's. */
import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import type { Page } from 'playwright/test'
import { trainByCommandLine } from './support/command-line'
import { expect, test } from './support/lab-test'
import { goTo, writeText } from './support/rooms'

interface TracedStep {
  readonly token: string
  readonly hidden: readonly (readonly number[])[]
  readonly next: readonly { readonly token: string; readonly probability: number }[]
}
interface Traced {
  readonly steps: readonly TracedStep[]
  readonly loss: number
}

let folder = ''
test.beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'engram-expectation-'))
})
test.afterEach(() => rm(folder, { recursive: true, force: true }))

async function lab(words: readonly string[]): Promise<unknown> {
  const { stdout } = await promisify(execFile)(process.execPath, [resolve('out/main/cli.cjs'), ...words, '--json'])
  return JSON.parse(stdout) as unknown
}

const percent = (share: number): string => `${(share * 100).toFixed(1)}\u202f%`
const candidates = (page: Page) => page.getByRole('list', { name: 'Most probable next characters' }).first()
const shown = (symbol: string): string => (symbol === ' ' ? '·' : symbol)

test('the ready example shows context, and what if, by the keyboard alone', async ({ open }) => {
  const { page } = await open().then(async (opened) => {
    await goTo(opened, 'Inspect')
    return opened
  })
  await page.getByRole('button', { name: /Open the example/ }).focus()
  await page.keyboard.press('Enter')
  const views = page.getByRole('radiogroup', { name: 'View' })
  await views.getByRole('radio', { name: 'Reading' }).focus()
  for (const name of ['Hidden states', 'Expectation']) {
    await page.keyboard.press('ArrowRight')
    await expect(views.getByRole('radio', { name })).toBeChecked()
  }
  const text = page.getByRole('listbox')
  await text.focus()

  const traced = (await lab([
    'trace',
    '--model',
    resolve('resources/models/date.en.safetensors'),
    '--text',
    await page.getByRole('textbox', { name: 'Text' }).inputValue(),
  ])) as Traced
  const last = traced.steps.length
  // It opens where the verb is expected, and the verb tells which date was meant.
  const beforeVerb = 'I have a date to '.length
  await expect(page.getByText(`Time step ${beforeVerb} of ${last}`)).toBeVisible()
  for (const { token, probability } of traced.steps[beforeVerb - 1].next) {
    await expect(
      candidates(page)
        .getByRole('listitem')
        .filter({ hasText: new RegExp(`^\\s*${shown(token)}`) }),
    ).toContainText(percent(probability))
  }
  const bits = (traced.loss / Math.LN2).toFixed(3)
  await expect(page.getByText(`Whole text: ${bits} bits per character`)).toBeVisible()

  await page.keyboard.press('Home')
  await page.keyboard.press('Enter')
  await page.keyboard.insertText('W')
  await expect(page.getByText(`${last} of ${last} expectations from here on moved, and 0 before it.`)).toBeVisible()
  await expect(page.getByText('the network reads one way')).toBeVisible()
  await page.keyboard.press('Escape')
  await text.focus()
  await page.keyboard.press('ArrowRight')
  await expect(page.getByText(`Time step 2 of ${last}`)).toBeVisible()
  await expect(page.getByText(/From the end, before/)).toBeVisible()
})

test('the network unrolls over the text, and the room’s address brings it back', async ({ open }) => {
  const dataDirectory = join(folder, 'data')
  const options = [
    '--cell',
    'gru',
    '--hidden',
    '12',
    '--layers',
    '2',
    '--batch',
    '4',
    '--sequence',
    '8',
    '--steps',
    '200',
  ]
  const { run } = await trainByCommandLine(dataDirectory, await writeText(folder), options)
  const opened = await open({ dataDirectory })
  const { page, app } = opened
  await goTo(opened, 'Inspect')
  await page.getByRole('textbox', { name: 'Text' }).fill('The tide comes')
  await page.getByRole('radio', { name: 'Unrolled' }).click()
  await page.getByRole('button', { name: 'Unroll' }).click()
  const diagram = page.getByRole('slider', { name: /The network unrolled/ })
  await expect(diagram).toHaveAttribute('aria-valuenow', '14')
  await expect(page.getByText('14 of 14')).toBeVisible()
  await expect(page.getByText('gradient cut')).toBeVisible()

  const map = page.getByRole('img', { name: /^W_hh¹, 36 × 12/ })
  await expect(map).toBeVisible()
  await page.getByRole('radio', { name: 'W_hy' }).click()
  await expect(page.getByRole('img', { name: /^W_hy, \d+ × 12/ })).toBeVisible()
  await diagram.focus()
  await page.keyboard.press('Home')
  await expect(page.getByRole('button', { name: 'Bracket of step 1' })).toHaveAttribute('aria-pressed', 'true')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowRight')

  await page.getByRole('combobox', { name: 'Checkpoint' }).selectOption('0')
  await expect
    .poll(() => page.evaluate(() => location.hash))
    .toMatch(
      new RegExp(
        `^#/inspect\\?run=${run}&at=0&view=unrolled&text=The\\+tide\\+comes&step=3&layer=1&unrolled=\\d+&lit=hy$`,
      ),
    )

  const file = join(folder, 'states.csv')
  await app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath })
  }, file)
  await page.getByRole('combobox', { name: 'Checkpoint' }).selectOption('newest')
  const traced = (await lab(['trace', '--run', run, '--text', 'The tide comes', '--data-dir', dataDirectory])) as Traced
  const rows = async (): Promise<string[][]> => {
    await page.getByRole('region', { name: 'Unrolled over the text' }).getByRole('button', { name: /table/i }).click()
    await expect(page.getByText(/states\.csv/).first()).toBeVisible()
    return (await readFile(file, 'utf8'))
      .trim()
      .split(/\r?\n/)
      .slice(1)
      .map((line) => line.split(','))
  }
  const saved = await rows()
  traced.steps.forEach(({ hidden }, t) =>
    hidden.forEach((vector, layer) => {
      expect(saved[2 * t + layer].slice(3).map(Number)).toEqual(vector)
    }),
  )

  await page.evaluate(() => (location.hash = '#/recall'))
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Recall')
  await page.evaluate((of) => (location.hash = `#/inspect?run=${of}&view=expectation&text=tide&step=2`), run)
  await expect(page.getByText('Time step 2 of 4')).toBeVisible()
  await opened.close()

  const again = await open({ dataDirectory })
  await expect(again.page.getByText('Time step 2 of 4')).toBeVisible()
})
