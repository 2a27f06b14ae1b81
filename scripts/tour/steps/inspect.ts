/** The trained network reads a sentence, and each step's state and expectations are seen. */
import { goTo } from '../tour-step.ts'
import type { TourStep } from '../tour-step.ts'

export const inspectStep: TourStep = {
  title: 'Inspect',
  walk: async (tour) => {
    const { page } = tour
    await goTo(tour, 'Inspect')
    await page.getByRole('textbox', { name: 'Text' }).fill('The lamp was lit before the storm came.')
    await page.getByRole('img', { name: /^Hidden states/ }).waitFor()
    const next = page.getByRole('list', { name: 'Most probable next characters' }).getByRole('listitem')
    await next.nth(4).waitFor()
    await tour.picture('inspect')
    tour.note(`expected next: ${(await next.allInnerTexts()).map((text) => text.replace(/\s+/g, ' ')).join(', ')}`)
  },
}
