/** Two labs on one data directory in one process: what they write at the same time has names of its own. */
import { expect, it } from 'vitest'
import { startSmall } from './support/carried'
import { temporaryDirectory } from './support/temporary'
import { openTestLab } from './support/test-lab'

const ROUNDS = 8

it('keep the texts of runs that begin at the same time', async () => {
  const directory = temporaryDirectory()
  const labs = [(await openTestLab({ directory })).lab, (await openTestLab({ directory })).lab]
  for (let round = 0; round < ROUNDS; round++) {
    const runs = await Promise.all(labs.map((lab, at) => startSmall(lab, 1, { seed: 2 * round + at })))
    await Promise.all(labs.map((lab, at) => lab.training.settled(runs[at])))
  }
  const rows = await labs[0].runs.list()
  expect(rows.map(({ status }) => status)).toEqual(Array.from({ length: 2 * ROUNDS }, () => 'finished'))
})
