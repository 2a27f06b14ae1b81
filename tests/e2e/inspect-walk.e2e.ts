/**
 * From a Korean file to a trained LSTM and through what it remembers, and back: once by the mouse, once by the keyboard
 * alone. What the window shows is what the command line says of the same run and text.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import iconv from 'iconv-lite'
import type { Locator, Page } from 'playwright/test'
import type { LaunchedApp } from '../../scripts/tour/launch-app.ts'
import { lengthText } from '../../src/renderer/rooms/inspect/gradient/gradient-curves'
import { askCommandLine } from './support/command-line'
import { dropFiles } from './support/drop-files'
import { keyboardHand, mouseHand, tabTo } from './support/hands'
import type { Hand } from './support/hands'
import { expect, test } from './support/lab-test'
import { answerDialogs } from './support/rooms'

let folder = ''
test.beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'engram-walk-'))
})
test.afterEach(() => rm(folder, { recursive: true, force: true }))

const VERSE = '밀물이 들고 썰물이 나고\n등대는 돌고 배는 온다\n'
/** What is read: words of the text, in an order of their own. */
const READ = '썰물이 들고 배는 나고'
/** In place of its first character. */
const INSTEAD = '밀'
const SETTING = { 'Hidden units': '16', Sequence: '16', Batch: '4', Epochs: '8' }

interface Next {
  readonly token: string
  readonly probability: number
}
interface Traced {
  readonly steps: readonly {
    readonly hidden: readonly (readonly number[])[]
    readonly next: readonly Next[]
    readonly probability: number | null
  }[]
  readonly loss: number
}

const visible = (symbol: string): string => ({ ' ': '·', '\n': '↵' })[symbol] ?? symbol
const percent = (share: number): string => `${(share * 100).toFixed(1)}\u202f%`
const signed = (value: number): string => value.toFixed(3).replace('-', '−')

async function koreanFile(encoding: 'utf-8' | 'cp949'): Promise<string> {
  const file = join(folder, `바다-${encoding}.txt`)
  await writeFile(file, iconv.encode(VERSE.repeat(80), encoding))
  return file
}

/** In the Train room, with a text chosen: an LSTM learns it. @returns its run */
async function train({ page }: LaunchedApp, hand: Hand): Promise<string> {
  await hand.pick(page.getByRole('radiogroup', { name: 'Cell' }).getByRole('radio', { name: 'LSTM' }))
  for (const [label, value] of Object.entries(SETTING)) {
    const field = page.getByLabel(label, { exact: true })
    if (await field.isHidden()) await hand.press(page.locator('details', { has: field }).locator('summary'))
    await hand.write(field, value)
  }
  await hand.press(page.getByRole('main').getByRole('button', { name: 'Train', exact: true }))
  await expect(page.getByRole('main').getByText('finished')).toBeVisible({ timeout: 20_000 })
  const run = await page.evaluate(async () => {
    const answer = await window.lab.runs.list({})
    return answer.ok ? answer.value[0].run : null
  })
  if (run === null) throw new Error('there is no run')
  return run
}

const view = (page: Page, name: string): Locator =>
  page.getByRole('radiogroup', { name: 'View' }).getByRole('radio', { name, exact: true })

/** Each candidate of a step, in the list beside its heading. */
async function expectCandidates(list: Locator, next: readonly Next[]): Promise<void> {
  const items = list.getByRole('listitem')
  await expect(items).toHaveCount(next.length)
  for (const [i, { token, probability }] of next.entries()) {
    await expect(items.nth(i)).toContainText(visible(token))
    // What is below a thousandth is told in another way.
    if (probability >= 0.001) await expect(items.nth(i)).toContainText(percent(probability))
  }
}

async function walk(lab: LaunchedApp, hand: Hand, run: string, byKeys: boolean): Promise<void> {
  const { page, dataDirectory } = lab
  const ask = <Document>(...words: string[]): Promise<Document> => askCommandLine(dataDirectory, words)
  await hand.press(page.getByRole('main').getByRole('button', { name: 'Inspect', exact: true }))
  await hand.write(page.getByRole('textbox', { name: 'Text' }), READ)
  const symbols = [...READ]
  const last = symbols.length
  await expect(page.getByText(`Time step ${last} of ${last}`)).toBeVisible()
  const traced = await ask<Traced>('trace', '--run', run, '--text', READ)

  const file = join(folder, 'read.txt')
  await writeFile(file, READ)
  const told = await ask<{ loss: number; bitsPerCharacter: number; perplexity: number }>(
    'eval',
    '--run',
    run,
    '--corpus',
    file,
  )
  const losses = page.getByRole('region', { name: 'Loss of this text' })
  await expect(losses).toContainText(`Nats per token${told.loss.toFixed(3)}`)
  await expect(losses).toContainText(`Bits per character${told.bitsPerCharacter.toFixed(3)}`)
  await expect(losses).toContainText(`Perplexity${told.perplexity.toFixed(2)}`)

  await hand.pick(view(page, 'Hidden states'))
  await expect(page.getByRole('img', { name: /^Hidden state h, layer 1, 16 units/ })).toBeVisible()
  const states = page.getByRole('listbox', { name: /^Unit 1 over the text/ })
  for (const [t, symbol] of symbols.entries()) {
    const name = `Unit 1, step ${t + 1} “${visible(symbol)}”: ${signed(traced.steps[t].hidden[0][0])}`
    await expect(states.getByRole('option', { name, exact: true })).toHaveCount(1)
  }
  if (byKeys) {
    await tabTo(page, states)
    await page.keyboard.press('Home')
    await page.keyboard.press('ArrowRight')
  } else await states.getByRole('option').nth(1).click()
  await expect(states.getByRole('option', { selected: true })).toHaveAccessibleName(/^Unit 1, step 2 /)

  await hand.pick(view(page, 'Expectation'))
  await expect(page.getByText(`Time step 2 of ${last}`)).toBeVisible()
  const candidates = page.getByRole('list', { name: 'Most probable next characters' })
  await expectCandidates(candidates.first(), traced.steps[1].next)
  await expect(page.getByText(`Whole text: ${(traced.loss / Math.LN2).toFixed(3)} bits per character`)).toBeVisible()

  // What if the first character were another?
  const text = page.getByRole('listbox', { name: /^Characters, and what is expected/ })
  if (byKeys) {
    await tabTo(page, text)
    await page.keyboard.press('Home')
    await page.keyboard.press('Enter')
  } else await text.getByRole('option').first().dblclick()
  await page.keyboard.insertText(INSTEAD)
  await expect(page.getByText(`${last} of ${last} expectations from here on moved, and 0 before it.`)).toBeVisible()
  const changed = await ask<Traced>('trace', '--run', run, '--text', INSTEAD + READ.slice(1))
  await expectCandidates(candidates.first(), traced.steps[0].next)
  await expectCandidates(candidates.nth(1), changed.steps[0].next)
  await hand.press(page.getByRole('button', { name: 'Back to the original' }))
  await expect(candidates).toHaveCount(1)

  await hand.pick(view(page, 'Gradient'))
  const light = page.getByRole('listbox', { name: 'How strongly each earlier step acts on this prediction' })
  if (byKeys) {
    await tabTo(page, light)
    await page.keyboard.press('End')
  } else await light.getByRole('option').last().click()
  const { norms } = await ask<{ norms: readonly number[] }>('gradients', '--run', run, '--text', READ)
  for (const [lag, norm] of norms.entries()) {
    const step = norms.length - lag
    const name = `Step ${step} “${visible(symbols[step - 1])}”: ‖∂L/∂h‖ = ${lengthText(norm)}`
    await expect(light.getByRole('option', { name, exact: true })).toHaveCount(1)
  }

  await hand.press(page.getByRole('navigation').getByRole('button', { name: 'Train' }))
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/바다/)
  await expect(page.getByRole('main').getByText('finished')).toBeVisible()
}

test('by the mouse, from a dropped text in CP949', async ({ open }) => {
  // A locale that is there on every Linux: without one, Chromium takes no name that isn't ASCII from what is dropped.
  const lab = await open({ environment: { LANG: 'C.UTF-8' } })
  const { page } = lab
  const hand = mouseHand(page)
  await hand.press(page.getByRole('navigation').getByRole('button', { name: 'Train' }))
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Train')
  const encoding = page.getByRole('main').locator('dl.facts')
  await dropFiles(lab, 'main', [await koreanFile('utf-8')])
  await expect(encoding).toContainText('UTF-8')
  await hand.press(page.getByRole('button', { name: /^Remove 바다-utf-8/ }))
  await dropFiles(lab, 'main', [await koreanFile('cp949')])
  await expect(encoding).toContainText('CP949')
  await walk(lab, hand, await train(lab, hand), false)
})

test('by the keyboard alone, from a text in UTF-8', async ({ open }) => {
  const lab = await open()
  const { page } = lab
  const hand = keyboardHand(page)
  await answerDialogs(lab, [await koreanFile('utf-8')])
  await hand.press(page.getByRole('navigation').getByRole('button', { name: 'Train' }))
  await hand.press(page.getByRole('button', { name: 'Choose a text…' }))
  await expect(page.getByRole('main').locator('dl.facts')).toContainText('UTF-8')
  await walk(lab, hand, await train(lab, hand), true)
})
