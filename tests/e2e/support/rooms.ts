/** Where things are in the window, by role and name. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Locator } from 'playwright'
import type { LaunchedApp } from '../../../scripts/tour/launch-app.ts'
import { expect } from './lab-test'

export type RoomName = 'Recall' | 'Train' | 'Inspect' | 'Runs' | 'Settings'

export async function goTo({ page }: LaunchedApp, room: RoomName): Promise<void> {
  await page.getByRole('navigation').getByRole('button', { name: room }).click()
  await expect(page.getByRole('navigation').getByRole('button', { name: room })).toHaveAttribute('aria-current', 'page')
}

/** Answers the next file dialogs with these files. */
export async function answerDialogs({ app }: LaunchedApp, filePaths: readonly string[]): Promise<void> {
  await app.evaluate(({ dialog }, paths) => {
    dialog.showOpenDialog = async () => ({ canceled: paths.length === 0, filePaths: [...paths] })
  }, filePaths)
}

/** Answers the next dialogs that ask where to save with this file. */
export async function answerSaveDialog({ app }: LaunchedApp, filePath: string): Promise<void> {
  await app.evaluate(({ dialog }, path) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath: path })
  }, filePath)
}

/** A small text with much repetition, learnt quickly. */
export async function writeText(folder: string, name = 'refrain.txt', lines = 400): Promise<string> {
  const file = join(folder, name)
  const verse = 'The tide comes in, the tide goes out,\nand still the lamp turns round about.\n'
  await writeFile(file, verse.repeat(lines / 2))
  return file
}

/** Unfolds the settings of the Train room that are seldom touched. */
export async function openFolds({ page }: LaunchedApp): Promise<void> {
  await page.locator('details').evaluateAll((folds) => {
    for (const fold of folds as HTMLDetailsElement[]) fold.open = true
  })
}

/** Chooses a file in the Train room and begins. */
export async function startTraining(lab: LaunchedApp, file: string, fields: Readonly<Record<string, string>> = {}) {
  const { page } = lab
  await goTo(lab, 'Train')
  await answerDialogs(lab, [file])
  await page.getByRole('button', { name: 'Choose a text' }).click()
  // What is suggested for a text is there before anything is typed.
  await expect(page.getByRole('button', { name: /^Remove / })).toBeVisible()
  await openFolds(lab)
  // What is suggested for a short text ends a run by itself: here it is to have the length that the test gives it.
  const typed = { Patience: '0', ...fields }
  for (const [label, value] of Object.entries(typed)) await page.getByLabel(label, { exact: true }).fill(value)
  await page.getByRole('main').getByRole('button', { name: 'Train', exact: true }).click()
}

/** Tab by Tab, as a person without a mouse gets there. */
export async function tabTo({ page }: LaunchedApp, target: Locator, most = 80): Promise<void> {
  await expect(target).toBeVisible()
  for (let pressed = 0; pressed <= most; pressed++) {
    if (await target.evaluate((element) => element === document.activeElement)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`${target} is not among the next ${most} stops of Tab`)
}

/** Opens the menu of the focused button and walks to one of its deeds. */
export async function chooseByKeys({ page }: LaunchedApp, deed: string): Promise<void> {
  await page.keyboard.press('Enter')
  const item = page.getByRole('menuitem', { name: deed, exact: true })
  await expect(item).toBeVisible()
  for (let pressed = 0; pressed < 30; pressed++) {
    if (await item.evaluate((element) => element === document.activeElement)) break
    await page.keyboard.press('ArrowDown')
  }
  await page.keyboard.press('Enter')
}
