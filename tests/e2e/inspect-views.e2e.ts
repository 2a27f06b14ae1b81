/** The room's views of one text: units and where they are active, how far a gradient reaches, a window beside a memory. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { lengthText } from '../../src/renderer/rooms/inspect/gradient/gradient-curves'
import { askCommandLine, trainByCommandLine } from './support/command-line'
import { expect, test } from './support/lab-test'
import { goTo, writeText } from './support/rooms'

let folder = ''
test.beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'engram-views-'))
})
test.afterEach(() => rm(folder, { recursive: true, force: true }))

const SMALL = ['--batch', '4', '--sequence', '24', '--steps', '120', '--workers', '1']

test('units are found, gradients are the command line’s, a window can’t tell what a memory can', async ({
  openShared,
}) => {
  let data = join(folder, 'data')
  const text = await writeText(folder)
  const lstm = await trainByCommandLine(data, text, ['--cell', 'lstm', '--hidden', '12', '--name', 'memory', ...SMALL])
  const window = ['--cell', 'window', '--window', '3', '--hidden', '12', '--name', 'window', ...SMALL]
  await trainByCommandLine(data, text, window)
  const lab = await openShared(data)
  data = lab.dataDirectory
  const { page } = lab
  await goTo(lab, 'Inspect')
  await page.getByRole('combobox', { name: 'Network' }).selectOption({ label: 'memory' })
  const typed = 'The tide comes in, the tide goes out.'
  await page.getByRole('textbox', { name: 'Text' }).fill(typed)
  await expect(page.getByText(`Time step ${typed.length} of ${typed.length}`)).toBeVisible()

  // Hidden states, by keys: a step, a stretch, a unit, an order.
  await page.getByRole('radio', { name: 'Hidden states' }).click()
  const { steps } = await askCommandLine<{ steps: { hidden: number[][] }[] }>(data, [
    'trace',
    '--run',
    lstm.run,
    '--text',
    typed,
  ])
  const units = page.getByRole('listbox', { name: /^Unit 1 over the text/ })
  await units.focus()
  await page.keyboard.press('Home')
  await page.keyboard.press('ArrowRight')
  const chosen = units.getByRole('option', { selected: true })
  const shown = steps[1].hidden[0][0].toFixed(3).replace('-', '−')
  await expect(chosen).toHaveAccessibleName(`Unit 1, step 2 “h”: ${shown}`)
  await page.keyboard.press('Shift+ArrowRight')
  await expect(units.getByRole('option', { selected: true })).toHaveCount(2)
  await expect(page.getByRole('status').filter({ hasText: 'In “he”' })).toBeVisible()
  await page.getByRole('combobox', { name: 'Order of the units' }).selectOption({ label: 'by hand' })
  await page.getByRole('img', { name: /^Hidden state h, layer 1/ }).focus()
  await page.keyboard.press('Alt+ArrowDown')
  await page.keyboard.press('ArrowUp')
  await expect(page.getByRole('listbox', { name: /^Unit 2 over the text/ })).toBeVisible()
  await page.getByRole('radio', { name: 'Following the text' }).click()
  await page.getByRole('radio', { name: 'position in the word' }).click()
  const best = page.getByRole('status').filter({ hasText: /^Unit \d+ follows “position in the word” best/ })
  await expect(best).toBeVisible()
  const [, unit] = /^Unit (\d+)/.exec((await best.textContent()) ?? '') ?? []
  await page
    .getByRole('button', { name: `Unit ${unit}` })
    .first()
    .click()
  await expect(page.getByRole('listbox', { name: new RegExp(`^Unit ${unit} over the text`) })).toBeVisible()
  await page.getByRole('radio', { name: 'Gate saturation' }).click()
  await expect(page.getByRole('img', { name: /^Forget gate f: shut at/ })).toBeVisible()
  await page.getByRole('radio', { name: 'Spectrum of W_hh' }).click()
  const spectra = await askCommandLine<{ spectralRadius: Record<string, number>[] }>(data, [
    'gradients',
    '--run',
    lstm.run,
    '--text',
    'The',
  ])
  const radius = spectra.spectralRadius[0].f.toFixed(3)
  await expect(page.getByRole('img', { name: `f: spectral radius ${radius}`, exact: false })).toBeVisible()

  // The gradient of the last prediction.
  await page.getByRole('radio', { name: 'Gradient' }).click()
  const light = page.getByRole('listbox', { name: 'How strongly each earlier step acts on this prediction' })
  await light.focus()
  await page.keyboard.press('End')
  const told = await askCommandLine<{ norms: number[] }>(data, ['gradients', '--run', lstm.run, '--text', typed])
  for (const lag of [0, 7, 20]) {
    const step = typed.length - 1 - lag
    const name = `Step ${step} “${typed[step - 1].replace(' ', '·')}”: ‖∂L/∂h‖ = ${lengthText(told.norms[lag])}`
    await expect(light.getByRole('option', { name, exact: true })).toHaveCount(1)
  }
  await page.getByRole('radio', { name: 'h and c' }).click()
  await expect(page.getByText('c, through cell states alone')).toBeVisible()

  // A window of three and a memory.
  await page.getByRole('radio', { name: 'Window', exact: true }).click()
  await page.getByRole('textbox', { name: 'First history: before' }).fill('The tide comes')
  await page.getByRole('textbox', { name: 'Second history: before' }).fill('out. in, goes')
  await page.getByRole('textbox', { name: 'What both end with' }).fill(' the')
  await expect(page.getByRole('region', { name: 'Feed-forward window' }).getByRole('status')).toHaveText(
    'Its two answers are equal to the last digit: it cannot tell the histories apart.',
  )
  await expect(page.getByRole('region', { name: 'Recurrent network' }).getByRole('status')).toContainText(
    'percentage points',
  )
})
