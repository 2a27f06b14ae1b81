/** The same rooms in dark and in Korean. */
import type { TourStep } from '../tour-step.ts'

const ROOMS = ['recall', 'train', 'inspect', 'runs', 'settings'] as const

export const otherLooksStep: TourStep = {
  title: 'Dark, and in Korean',
  walk: async (tour) => {
    const { page } = tour
    for (const [theme, language] of [
      ['dark', 'en'],
      ['light', 'ko'],
      ['dark', 'ko'],
    ] as const) {
      for (const room of ROOMS) {
        await page.evaluate((patch) => window.lab.settings.change(patch), { theme, language, room })
        await page.locator(`html[data-theme="${theme}"][lang="${language}"]`).waitFor()
        await page.getByRole('heading', { level: 1 }).waitFor()
        // Transitions end and pictures are drawn before one is taken.
        await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 400)))
        await tour.picture(`${room}-${theme}-${language}`)
      }
    }
  },
}
