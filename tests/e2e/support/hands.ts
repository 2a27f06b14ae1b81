/** The two ways to work the window: by the mouse, or by the keyboard alone (Tab, arrows, Enter, typing; never a click). */
import type { Locator, Page } from 'playwright/test'
import { expect } from './lab-test'

export interface Hand {
  readonly press: (target: Locator) => Promise<void>
  /** One of a group of radio buttons. */
  readonly pick: (option: Locator) => Promise<void>
  /** In the place of what a field holds. */
  readonly write: (field: Locator, text: string) => Promise<void>
}

/** More than any room has. */
const MOST_STOPS = 150
const MOST_OPTIONS = 12

const hasFocus = (target: Locator): Promise<boolean> =>
  target.evaluate((element) => element === document.activeElement || element.contains(document.activeElement))

/** Goes on by Tab until the target, or something in it, has the focus; it must be in the order of Tab. */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  await expect(target).toBeVisible()
  for (let stop = 0; stop < MOST_STOPS; stop++) {
    if (await hasFocus(target)) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`Tab never comes to ${String(target)}`)
}

export function mouseHand(page: Page): Hand {
  return {
    press: (target) => target.click(),
    pick: (option) => option.click(),
    write: async (field, text) => {
      await field.click()
      await page.keyboard.press('Control+A')
      await page.keyboard.insertText(text)
    },
  }
}

export function keyboardHand(page: Page): Hand {
  return {
    press: async (target) => {
      await expect(target).toBeEnabled()
      await tabTo(page, target)
      await page.keyboard.press('Enter')
    },
    pick: async (option) => {
      await expect(option).toBeVisible()
      await tabTo(page, option.locator('xpath=ancestor::*[@role="radiogroup"]'))
      for (let i = 0; i < MOST_OPTIONS && !(await hasFocus(option)); i++) await page.keyboard.press('ArrowRight')
      // An arrow key that is let go at once moves the focus alone.
      await page.keyboard.press('Space')
      await expect(option).toBeChecked()
    },
    write: async (field, text) => {
      await tabTo(page, field)
      await page.keyboard.press('Control+A')
      await page.keyboard.insertText(text)
    },
  }
}
