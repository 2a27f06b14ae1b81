/** What a data directory holds, as the next process to open it finds. */
import { expect } from 'vitest'
import type { Lab } from '../../../src/lab'
import { openTestLab } from './test-lab'

export async function runsOf(lab: Lab): Promise<unknown> {
  const rows = await lab.runs.list()
  return Promise.all(rows.map(async ({ run, digest }) => ({ run, digest, points: await lab.runs.points(run) })))
}

/** Opens it, checks every file and row, and closes it: what was to be swept is. */
export async function nextFinds(directory: string): Promise<unknown> {
  const { lab } = await openTestLab({ directory })
  expect(await lab.doctor(true)).toMatchObject({ database: 'ok', orphans: [] })
  const runs = await runsOf(lab)
  await lab.close()
  return runs
}
