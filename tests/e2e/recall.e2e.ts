/** Patterns are drawn and stored, one is spoilt, and the network brings it back, neuron by neuron. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from './support/lab-test'
import { goTo } from './support/rooms'

test('a half-erased letter comes back, and can be wound back', async ({ openShared }) => {
  const lab = await openShared()
  const { page } = lab
  await goTo(lab, 'Recall')
  await page.getByRole('main').getByRole('button', { name: 'Recall', exact: true }).click()
  const verdict = page.getByRole('status').filter({ hasText: 'nothing changes any more' })
  await expect(verdict).toContainText('Closest to “A”')
  await expect(verdict).toContainText('Overlap 1.00')
  await expect(page.getByRole('img', { name: /energy/i }).first()).toBeVisible()
  const scrubber = page.getByRole('slider', { name: 'Place in the recall' })
  await scrubber.focus()
  await page.keyboard.press('Home')
  await expect(verdict).toHaveCount(0)
})

test('what is drawn by the keyboard is stored, and what is not stored survives closing', async ({ open }) => {
  const dataDirectory = await mkdtemp(join(tmpdir(), 'engram-recall-'))
  try {
    const lab = await open({ dataDirectory })
    const { page } = lab
    await goTo(lab, 'Recall')
    const grid = page.getByRole('grid').first()
    await grid.focus()
    await page.keyboard.press('Control+Home')
    await page.keyboard.press('Space')
    await page.getByPlaceholder('Name').fill('corner')
    await page.getByRole('button', { name: 'Store' }).click()
    await expect(page.getByRole('list', { name: 'Stored patterns' })).toContainText('corner')
    // Right after: what was changed is written before the lab closes.
    await lab.app.close()

    const again = await open({ dataDirectory })
    await goTo(again, 'Recall')
    await expect(again.page.getByRole('list', { name: 'Stored patterns' })).toContainText('corner')
  } finally {
    await rm(dataDirectory, { recursive: true, force: true })
  }
})
