/** Accuracy against distance: one action makes the texts and trains the networks, and the picture is found again. */
import { expect, test } from './support/lab-test'
import { goTo } from './support/rooms'

/** Several runs one after the other, on a machine that many share. */
const TRAINED = { timeout: 90_000 }
test.describe.configure({ timeout: 300_000 })

test('networks are asked how far back they remember, and the picture is found again', async ({ openShared }) => {
  const lab = await openShared()
  const { page } = lab
  await goTo(lab, 'Train')
  await page.getByRole('button', { name: 'Accuracy against distance' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Task').selectOption('delay')
  await dialog.getByRole('radio', { name: 'A text for each distance' }).click()
  await expect(dialog.getByRole('note')).toContainText('only counts time')
  await dialog.getByLabel('Distances', { exact: true }).fill('1, 3')
  await dialog.getByLabel('Steps').fill('100')
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
  await expect.poll(ended, TRAINED).toEqual(Array.from({ length: 4 }, () => 'finished memory:1'))
  await expect(page.getByRole('img', { name: /^Delay: share of right answers.*4 of 4/ })).toBeVisible()
  await expect(page.getByRole('note')).toContainText('only counts time')
  const shares = page.getByRole('table').filter({ hasText: 'at distance 3' })
  await expect(shares.getByRole('row')).toHaveCount(3)
  const vanilla = shares.getByRole('button', { name: /^Vanilla at distance 1:.*watch this run$/ })
  await expect(vanilla).toHaveText(/\d\s%/)

  const asked = await page.evaluate(async () => {
    const listed = await window.lab.runs.list({})
    const run = listed.ok ? listed.value.find(({ name }) => name === 'Vanilla · Delay 1')?.run : undefined
    const seed = (1 ^ 0x5bd1e995) >>> 0
    const answers = await window.lab.inspect.answers({ run: run ?? '', task: 'delay', distances: [1], seed })
    return answers.ok ? answers.value : null
  })
  expect(asked?.answers).toBe(200)
  expect(await vanilla.innerText()).toContain(String(Math.round((100 * (asked?.right ?? 0)) / 200)))

  await vanilla.click()
  await expect(page.getByRole('heading', { level: 1, name: 'Vanilla · Delay 1' })).toBeVisible()
  await page.getByRole('button', { name: 'The group' }).click()
  await expect(shares).toBeVisible()
})

test('networks that learn a range of distances are drawn within it and beyond it', async ({ open }) => {
  const lab = await open()
  const { page } = lab
  await goTo(lab, 'Train')
  await page.getByRole('button', { name: 'Accuracy against distance' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('Task').selectOption('delay')
  const start = dialog.getByRole('button', { name: 'Train them all' })
  await dialog.getByLabel('Longest distance').fill('3')
  await expect(dialog.getByRole('alert')).toHaveText('The longest distance must not be less than the shortest.')
  await expect(start).toBeDisabled()
  await dialog.getByLabel('Shortest distance').fill('0')
  await expect(dialog.getByRole('alert')).toHaveText('A distance is a whole number from 1 to 300.')
  await dialog.getByLabel('Shortest distance').fill('3')
  await expect(dialog.getByRole('note')).toContainText('only counts time')
  await dialog.getByLabel('Shortest distance').fill('1')
  await expect(dialog.getByRole('note')).toBeHidden()
  await dialog.getByLabel('Steps').fill('100')
  for (const name of ['GRU', 'LSTM', 'LSTM, forget bias 3']) {
    await dialog.getByLabel(name, { exact: true }).uncheck()
  }
  await expect(dialog.getByRole('status')).toContainText('2 runs')
  await start.click()

  await expect(page.getByRole('img', { name: /^Delay: share of right answers.*2 of 2/ })).toBeVisible(TRAINED)
  const shares = page.getByRole('table').filter({ hasText: 'within 1-3' })
  await expect(shares.getByRole('row')).toHaveCount(3)
  const gated = shares.getByRole('button', { name: /^GRU, gate bias 2 within its range:.*watch this run$/ })
  await expect(gated).toHaveText(/\d\s%/)
  await expect(page.getByRole('note')).toHaveCount(0)

  await gated.click()
  await expect(page.getByRole('heading', { level: 1, name: 'GRU, gate bias 2 · Delay 1-3' })).toBeVisible()
  const curve = page.getByRole('img', { name: /^Delay: right answers by distance\. trained on 1-3\. 1: \d/ })
  await expect(curve).toBeVisible()
  const told = (await curve.getAttribute('aria-label')) ?? ''
  const asked = await page.evaluate(async () => {
    const listed = await window.lab.runs.list({})
    const run = listed.ok ? listed.value.find(({ name }) => name.startsWith('GRU'))?.run : undefined
    const seed = (1 ^ 0x5bd1e995) >>> 0
    const distances = [1, 2, 3, 4, 5]
    const answers = await window.lab.inspect.answers({ run: run ?? '', task: 'delay', distances, seed })
    return answers.ok ? answers.value.distances : []
  })
  expect(asked.map(({ distance }) => distance)).toEqual([1, 2, 3, 4, 5])
  const drawn = [...told.matchAll(/(\d+): (\d+)/g)].map(([, distance, percent]) => [Number(distance), Number(percent)])
  expect(drawn.map(([distance]) => distance)).toEqual([1, 2, 3, 4, 5])
  // Rounded to whole percents.
  for (const [place, [, percent]] of drawn.entries()) {
    expect(Math.abs(percent - 100 * asked[place].share)).toBeLessThanOrEqual(0.51)
  }
})

test('a text of one distance says what it cannot tell, in both languages', async ({ open }) => {
  const lab = await open()
  const { page } = lab
  await goTo(lab, 'Train')
  await page.getByLabel('Shortest distance').fill('2')
  await page.getByLabel('Longest distance').fill('2')
  await expect(page.getByRole('note')).toContainText('only counts time')
  await page.getByLabel('Characters').fill('5000')
  await page.getByRole('button', { name: 'Make the text' }).click()
  await expect(page.getByRole('heading', { name: 'delay-2-5000-1.txt' })).toBeVisible()
  await page.getByRole('textbox', { name: 'Steps', exact: true }).fill('60')
  await page.getByRole('main').getByRole('button', { name: 'Train', exact: true }).click()
  await expect(page.getByText('finished', { exact: true })).toBeVisible()
  await expect(
    page.getByRole('img', { name: /^Delay: right answers by distance\. trained on 2\. 1: \d/ }),
  ).toBeVisible()
  await expect(page.getByRole('note')).toContainText('only counts time')
  await page.evaluate(() => window.lab.settings.change({ language: 'ko' }))
  await expect(page.getByRole('note')).toContainText('시간만 세는 신경망')
})
