/** Experiments in the window: started, watched, kept; and their numbers are the command line's. */
import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import type { LaunchedApp } from '../../scripts/tour/launch-app.ts'
import { expect, test } from './support/lab-test'
import { goTo } from './support/rooms'

/** The command line's document, on a data directory of its own. */
async function ask(directory: string, ...words: string[]): Promise<Record<string, unknown>> {
  const all = [resolve('out/main/cli.cjs'), ...words, '--json', '--data-dir', directory]
  const { stdout } = await promisify(execFile)(process.execPath, all, { maxBuffer: 2 ** 26 })
  return JSON.parse(stdout) as Record<string, unknown>
}

/** Carries the chosen experiment out and answers what its run keeps. */
async function carryOut({ page, dataDirectory }: LaunchedApp, name: string): Promise<Record<string, unknown>> {
  await page.getByRole('radio', { name }).click()
  await page.getByRole('main').getByRole('button', { name: 'Start', exact: true }).click()
  await expect(page.getByRole('status').filter({ hasText: 'Kept in Runs' })).toBeVisible({ timeout: 60_000 })
  const [newest] = (await ask(dataDirectory, 'runs', 'list')) as unknown as { run: string }[]
  const { result } = await ask(dataDirectory, 'runs', 'show', newest.run)
  return result as Record<string, unknown>
}

/** The three letters that are stored at first, in their order, and the cue on the table, as files. */
async function filesOfTable({ page }: LaunchedApp, folder: string): Promise<{ patterns: string; cue: string }> {
  const text = await readFile('resources/patterns/letters-16.txt', 'utf8')
  const blocks = ['A', 'N', 'V'].map((name) => new RegExp(`# ${name}\\r?\\n(?:[#.]+\\r?\\n?)+`).exec(text)?.[0] ?? '')
  const patterns = join(folder, 'patterns.txt')
  await writeFile(patterns, blocks.join('\n'))
  const draft = await page.evaluate(() => window.lab.drafts.read({ key: 'recall' }))
  const { boards, set } = JSON.parse((draft as { value: string }).value) as {
    set: string
    boards: Record<string, { cue: string[] }>
  }
  const cue = join(folder, 'cue.txt')
  await writeFile(cue, `# cue\n${boards[set].cue.join('\n')}\n`)
  return { patterns, cue }
}

test('experiments are carried out, kept, and give the command line’s numbers', async ({ open }) => {
  const folder = await mkdtemp(join(tmpdir(), 'engram-experiments-'))
  try {
    const lab = await open()
    const { page } = lab
    await goTo(lab, 'Recall')
    await page.getByRole('grid').first().focus()
    await page.keyboard.press('Control+Home')
    await page.keyboard.press('Space') // so that there is a draft to read the cue from
    await page.getByRole('radio', { name: 'Experiments' }).click()

    await page.getByLabel('1,000', { exact: true }).uncheck()
    await page.getByLabel('Loads', { exact: true }).fill('3')
    const capacity = await carryOut(lab, 'Capacity')
    const words = ['--neurons', '200', '--loads', '0.02,0.11,0.2', '--no-save']
    expect(capacity).toEqual({ points: (await ask(folder, 'capacity', ...words)).points })
    await expect(page.getByRole('img', { name: /mean-field curve/ })).toBeVisible()

    const { patterns, cue } = await filesOfTable(lab, folder)
    await page.getByRole('radio', { name: 'Basin' }).click()
    await page.getByLabel('Shares', { exact: true }).fill('3')
    const basin = await carryOut(lab, 'Basin')
    const flips = ['--flips', '0,0.25,0.5', '--trials', '100', '--no-save']
    expect(basin).toEqual({ points: (await ask(folder, 'basin', '--patterns', patterns, ...flips)).points })

    await page.getByRole('radio', { name: 'Spurious states' }).click()
    await page.getByLabel('Starts', { exact: true }).fill('200')
    const ends = (await carryOut(lab, 'Spurious states')).attractors as { share: number; kind: string }[]
    const asked = ['attractors', '--patterns', patterns, '--starts', '200', '--no-save']
    const { attractors } = (await ask(folder, ...asked)) as { attractors: { share: number; kind: string }[] }
    const brief = (list: typeof ends) => list.map(({ share, kind }) => [share, kind])
    expect(brief(ends)).toEqual(brief(attractors))
    await expect(page.getByText('Where random starts end')).toBeVisible()

    await page.getByRole('radio', { name: 'Landscape' }).click()
    await page.getByLabel('Points a side', { exact: true }).fill('12')
    const landscape = await carryOut(lab, 'Landscape')
    const plane = ['--plane', 'A,N,V', '--resolution', '12', '--cue', cue, '--no-save']
    const told = await ask(folder, 'landscape', '--patterns', patterns, ...plane)
    expect(landscape).toMatchObject({ energy: told.energy, bipolar: told.bipolar, path: told.path })
    await page.getByRole('img', { name: /Energy over a plane/ }).focus()
    await page.keyboard.press('ArrowUp')
    await expect(page.getByText(/x −?\d.*: E = −/)).toBeVisible()
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})

test('an experiment is stopped at once, keeps what it found, and is there again after a restart', async ({ open }) => {
  const dataDirectory = await mkdtemp(join(tmpdir(), 'engram-experiments-'))
  try {
    const lab = await open({ dataDirectory })
    const { page } = lab
    await goTo(lab, 'Recall')
    await page.getByRole('radio', { name: 'Experiments' }).click()
    await page.getByLabel('4,000', { exact: true }).check()
    await page.getByLabel('Networks a load', { exact: true }).fill('500')
    await page.getByRole('main').getByRole('button', { name: 'Start', exact: true }).click()
    await expect(page.getByRole('img', { name: /mean-field curve/ })).toBeVisible()
    await page.getByRole('button', { name: 'Stop', exact: true }).click()
    await expect(page.getByRole('status').filter({ hasText: 'Stopped after' })).toBeVisible()
    await lab.app.close()

    const again = await open({ dataDirectory })
    await goTo(again, 'Recall')
    await expect(again.page.getByRole('radio', { name: 'Experiments' })).toBeChecked()
    await expect(again.page.getByRole('img', { name: /mean-field curve/ })).toBeVisible()
    await expect(again.page.getByRole('status').filter({ hasText: 'Stopped after' })).toBeVisible()
  } finally {
    await rm(dataDirectory, { recursive: true, force: true })
  }
})
