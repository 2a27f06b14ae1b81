/** Every way a recall can end, each reached in the room by a few presses, with its why one press away. */
import type { LaunchedApp } from '../../scripts/tour/launch-app.ts'
import { expect, test } from './support/lab-test'
import { goTo } from './support/rooms'

const button = ({ page }: LaunchedApp, name: string) =>
  page.getByRole('main').getByRole('button', { name, exact: true })

/** The network holds these alone, and the first is the cue. */
async function layOut(lab: LaunchedApp, stored: readonly string[], cue: string): Promise<void> {
  const { page } = lab
  await button(lab, 'All off').click()
  for (const name of stored) await page.getByRole('checkbox', { name: `Store ${name} in the network` }).check()
  await button(lab, `Use ${cue} as the cue`).click()
}

async function choose({ page }: LaunchedApp, deed: string): Promise<void> {
  await page.getByRole('toolbar', { name: 'Drawing tools' }).getByRole('button', { name: 'More' }).click()
  await page.getByRole('menuitem', { name: deed }).click()
}

async function expectVerdict(lab: LaunchedApp, words: RegExp, why: RegExp): Promise<void> {
  const { page } = lab
  await button(lab, 'Recall').click()
  await button(lab, 'To the end').click()
  await expect(page.getByRole('status').filter({ hasText: words })).toBeVisible()
  await button(lab, 'Why?').click()
  const dialog = page.getByRole('dialog', { name: 'Why this verdict' })
  await expect(dialog).toContainText(why)
  await page.keyboard.press('Escape')
  await expect(dialog).toHaveCount(0)
}

test('a pattern, its inverse, mixtures of three and five, a cycle of two, and what nobody stored', async ({
  openShared,
}) => {
  const lab = await openShared()
  const { page } = lab
  await goTo(lab, 'Recall')
  await layOut(lab, ['A', 'N', 'V'], 'A')
  await button(lab, 'Blank the lower half').click()
  await expectVerdict(lab, /^Closest to “A”\./, /no neuron differs/)

  await layOut(lab, ['A', 'N', 'V'], 'A')
  await choose(lab, 'Invert')
  await expectVerdict(lab, /^The inverse of “A”\./, /Inverses come for free/)

  await layOut(lab, ['A', 'N', 'V'], 'B')
  await button(lab, 'Blank the upper half').click()
  await expectVerdict(lab, /^A mixture of three: /, /sign of the sum of these patterns/)

  await layOut(lab, ['A', 'B', 'C', 'D', 'E'], 'A')
  await button(lab, 'Blank the lower half').click()
  await expectVerdict(lab, /^A mixture of five: /, /sign of the sum of these patterns/)

  await button(lab, 'All on').click()
  await expectVerdict(lab, /^None of the stored patterns\./, /a valley that nobody dug/)

  await layOut(lab, ['A'], 'A')
  await page.getByRole('slider', { name: 'Share of cells to flip' }).focus()
  await page.keyboard.press('End')
  await button(lab, 'Flip').click()
  await page.getByRole('radio', { name: 'Synchronous', exact: true }).click()
  await expectVerdict(lab, /^A cycle of two states\./, /All neurons change at once/)
})
