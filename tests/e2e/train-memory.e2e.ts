/** Accuracy against distance: one action makes the texts and trains the networks, and the picture is found again. */
import { expect, test } from './support/lab-test'
import { goTo } from './support/rooms'

test('networks are asked how far back they remember, and the picture is found again', async ({ openShared }) => {
  const lab = await openShared()
  const { page } = lab
  await goTo(lab, 'Train')
  await page.getByRole('button', { name: 'Accuracy against distance' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Task').selectOption('delay')
  await dialog.getByLabel('Distances').fill('1, 3')
  await dialog.getByLabel('Steps').fill('300')
  await dialog.getByLabel('GRU', { exact: true }).uncheck()
  await dialog.getByLabel('LSTM', { exact: true }).uncheck()
  await dialog.getByLabel('LSTM, forget bias 3').uncheck()
  await expect(dialog.getByRole('status')).toContainText('4 runs')
  await dialog.getByRole('button', { name: 'Train them all' }).click()

  const ended = () =>
    page.evaluate(async () => {
      const listed = await window.lab.runs.list({})
      return listed.ok ? listed.value.map(({ status, tags }) => `${status} ${tags.join()}`) : []
    })
  await expect.poll(ended).toEqual(Array.from({ length: 4 }, () => 'finished memory:1'))
  await expect(page.getByRole('img', { name: /^Delay: share of right answers.*4 of 4/ })).toBeVisible()
  const shares = page.getByRole('table').filter({ hasText: 'at distance 3' })
  await expect(shares.getByRole('row')).toHaveCount(3)
  const vanilla = shares.getByRole('button', { name: /^Vanilla at distance 1:.*watch this run$/ })
  await expect(vanilla).toHaveText(/\d\s%/)

  const asked = await page.evaluate(async () => {
    const listed = await window.lab.runs.list({})
    const run = listed.ok ? listed.value.find(({ name }) => name === 'Vanilla · Delay 1')?.run : undefined
    const seed = (1 ^ 0x5bd1e995) >>> 0
    const answers = await window.lab.inspect.answers({ run: run ?? '', task: 'delay', distance: 1, seed })
    return answers.ok ? answers.value : null
  })
  expect(asked?.answers).toBe(200)
  expect(await vanilla.innerText()).toContain(String(Math.round((100 * (asked?.right ?? 0)) / 200)))

  await vanilla.click()
  await expect(page.getByRole('heading', { level: 1, name: 'Vanilla · Delay 1' })).toBeVisible()
  await page.getByRole('button', { name: 'The group' }).click()
  await expect(shares).toBeVisible()
})
