/** Letters typed as the cue: composed by an input method, of other scripts, and those that no typeface has. */
import { expect, test } from './support/lab-test'
import { goTo } from './support/rooms'

test('a syllable is composed, then drawn; what no typeface has is told and not drawn', async ({ openShared }) => {
  const lab = await openShared()
  const { page } = lab
  await goTo(lab, 'Recall')
  const openDialog = async (): Promise<void> => {
    await page.getByRole('toolbar', { name: 'Drawing tools' }).getByRole('button', { name: 'More' }).click()
    await page.getByRole('menuitem', { name: 'Type a letter…' }).click()
  }
  const dialog = page.getByRole('dialog', { name: 'A letter as the cue' })
  const input = dialog.getByRole('textbox', { name: 'Letter' })
  const draw = dialog.getByRole('button', { name: 'Draw it' })
  const name = page.getByRole('textbox', { name: 'Name' })

  await openDialog()
  await input.focus()
  const keyboard = await page.context().newCDPSession(page)
  for (const text of ['ㅎ', '하', '한']) {
    await keyboard.send('Input.imeSetComposition', { text, selectionStart: 1, selectionEnd: 1 })
  }
  await keyboard.send('Input.insertText', { text: '한' })
  await expect(input).toHaveValue('한')
  await expect(draw).toBeEnabled()
  await page.keyboard.press('Enter')
  await expect(dialog).toHaveCount(0)
  await expect(name).toHaveAttribute('placeholder', '한')

  await openDialog()
  await input.fill('A\u{10FFF0}')
  await expect(dialog.getByRole('status')).toContainText('No typeface on this machine has')
  await expect(draw).toBeDisabled()
  await input.fill('Ж')
  await expect(dialog.getByRole('status')).toHaveCount(0)
  await draw.click()
  await expect(name).toHaveAttribute('placeholder', 'Ж')
})
