/** Experiments among the runs: begun by the page's own call, seen as they are found, listed with what they found. */
import type { ExperimentRequest } from '../../src/shared'
import { expect, test } from './support/lab-test'
import { goTo } from './support/rooms'

const settings = {
  rule: 'hebbian',
  update: 'asynchronous',
  bias: 'none',
  degree: 3,
  beta: 1,
  temperature: 0,
  maxSweeps: 100,
  seed: 1,
} as const
const set = {
  width: 4,
  height: 3,
  patterns: [
    { name: 'A', rows: ['####', '#..#', '#..#'] },
    { name: 'B', rows: ['#...', '.##.', '####'] },
    { name: 'C', rows: ['.##.', '#...', '.#.#'] },
  ],
}
const network = { set, settings }
const { update, bias, degree, beta, maxSweeps, seed } = settings
const REQUESTS: readonly (readonly [ExperimentRequest, RegExp])[] = [
  [
    {
      kind: 'capacity',
      neurons: 100,
      loads: [0.05, 0.2],
      rule: 'hebbian',
      update,
      bias,
      degree,
      beta,
      maxSweeps,
      seed,
      corrupt: 0,
      trials: 4,
      cues: 5,
    },
    /still a fixed point/,
  ],
  [{ kind: 'basin', ...network, from: 'A', flips: [0, 0.25], trials: 10 }, /95 % from/],
  [{ kind: 'attractors', ...network, starts: 50 }, /stored/],
  [
    { kind: 'landscape', ...network, plane: ['A', 'B', 'C'], resolution: 8, cue: { from: 'A', corrupt: 0.25 } },
    /Lowest energy/,
  ],
  [{ kind: 'recall', ...network, cue: { from: 'A', corrupt: 0 } }, /Energy at the end/],
]

test('each kind stands in the list, with what it found in place of a curve', async ({ openShared }) => {
  const { page, ...lab } = await openShared()
  await goTo({ page, ...lab }, 'Runs')
  for (const [request, found] of REQUESTS) {
    const answer = await page.evaluate(
      (asked) => window.lab.experiments.start({ request: asked, name: asked.kind }),
      request,
    )
    expect(answer.ok).toBe(true)
    const row = page.getByRole('row', { name: new RegExp(`${request.kind} .*finished`) })
    await row.click()
    await expect(page.getByRole('main')).toContainText(found)
    await expect(page.getByRole('button', { name: 'Open in Train' })).toHaveCount(0)
  }
})
