/** A trained model comes back in the Runs room: of tensors alone the room asks, there and then, which symbols it reads. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { LaunchedApp } from '../../scripts/tour/launch-app.ts'
import type { RunDetail } from '../../src/shared'
import { alphabetOf, referenceCases, tensorFile, writeFileOf } from '../lab/support/pytorch-file'
import type { ReferenceCase } from '../lab/support/pytorch-file'
import { trainByCommandLine } from './support/command-line'
import { expect, test } from './support/lab-test'
import { expectNoFaults } from './support/no-faults'
import { answerDialogs, goTo, writeText } from './support/rooms'

let folder = ''
test.beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'engram-model-'))
})
test.afterEach(() => rm(folder, { recursive: true, force: true }))

const GRU = referenceCases().find(({ cell, L }) => cell === 'gru' && L === 1) as ReferenceCase

async function newest({ page }: LaunchedApp): Promise<RunDetail> {
  const answer = await page.evaluate(async () => {
    const listed = await window.lab.runs.list({})
    return listed.ok ? window.lab.runs.show({ run: listed.value[0].run }) : listed
  })
  if (!answer.ok) throw new Error(answer.error.message)
  return answer.value
}

test('tensors alone become a run with the chosen parent, in either language', async ({ openShared }) => {
  const dataDirectory = join(folder, 'data')
  const text = await writeText(folder, 'refrain.txt', 60)
  const small = ['--batch', '4', '--sequence', '12', '--steps', '5', '--hidden', '4']
  const { run: parent, model } = await trainByCommandLine(dataDirectory, text, small)
  const lab = await openShared(dataDirectory)
  const { page } = lab
  const bare = writeFileOf(tensorFile(GRU), 'trained.safetensors', folder)
  await answerDialogs(lab, [bare])
  await goTo(lab, 'Runs')
  await page.getByRole('grid', { name: 'All runs' }).locator('tr[data-run]').first().click()
  await page.getByRole('button', { name: 'More' }).click()
  await page.getByRole('menuitem', { name: 'Bring its trained model back…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Which symbols does this model read?' })
  await expect(dialog).toContainText(`trained.safetensors holds the tensors of a network (GRU, ${GRU.H} units)`)
  await expectNoFaults(lab, 'the alphabet in the Runs room')
  const take = dialog.getByRole('button', { name: 'Bring the model in' })
  await expect(take).toBeDisabled()
  await dialog.getByRole('textbox').fill(alphabetOf(GRU))
  await take.click()
  await expect(page.getByRole('status').filter({ hasText: 'Brought back as a run: trained.safetensors' })).toBeVisible()
  await expect(dialog).toHaveCount(0)
  expect(page.url()).toContain('#/runs')
  expect(await newest(lab)).toMatchObject({ parent, cell: 'gru', name: 'trained.safetensors', vocabularySize: GRU.V })

  await page.evaluate(() => window.lab.settings.change({ language: 'ko' }))
  const learnt = join(folder, 'learnt.txt')
  await writeFile(learnt, alphabetOf(GRU).repeat(2))
  await page.locator(`tr[data-run="${parent}"]`).click()
  await page.getByRole('button', { name: '더 보기' }).click()
  await page.getByRole('menuitem', { name: '학습한 모델 되가져오기…' }).click()
  const korean = page.getByRole('dialog', { name: '이 모델이 읽는 문자를 알려 주십시오' })
  await expect(korean).toBeVisible()
  await answerDialogs(lab, [learnt])
  await korean.getByRole('button', { name: '학습한 텍스트에서 가져오기…' }).click()
  await expect(korean.getByText(`‘learnt.txt’에는 서로 다른 문자가 ${GRU.V}개 있습니다.`)).toBeVisible()
  await korean.getByRole('button', { name: '모델 가져오기' }).click()
  await expect(page.getByRole('status').filter({ hasText: '되가져와 기록에 남겼습니다: trained' })).toBeVisible()
  const second = await newest(lab)
  expect(second).toMatchObject({ parent, vocabularySize: GRU.V })

  // One that says itself what it reads is not asked about.
  const whole = writeFileOf(await readFile(model), 'whole.safetensors', folder)
  await answerDialogs(lab, [whole])
  await page.locator(`tr[data-run="${parent}"]`).click()
  await page.getByRole('button', { name: '더 보기' }).click()
  await page.getByRole('menuitem', { name: '학습한 모델 되가져오기…' }).click()
  await expect(page.getByRole('status').filter({ hasText: '남겼습니다: whole.safetensors' })).toBeVisible()
  await expect(korean).toHaveCount(0)
  expect(await newest(lab)).toMatchObject({ parent, cell: 'vanilla', name: 'whole.safetensors' })
})
