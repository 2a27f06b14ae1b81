/** Several runs at once: turns in the app, none on the command line, and another lab on the same folder. */
import { describe, expect, it } from 'vitest'
import { errorOf } from '../support/errors'
import { becomes, ENDLESS, request } from '../support/small-runs'
import { openTestLab, when } from '../support/test-lab'

describe('several runs', () => {
  it('take turns in the app', async () => {
    const { lab } = await openTestLab({ shell: 'app' })
    const first = await lab.training.start(request(ENDLESS))
    const second = await lab.training.start(request())
    const third = await lab.training.start(request())
    expect([first, second, third].map(({ status }) => status)).toEqual(['running', 'queued', 'queued'])
    const goes = becomes(lab, 'running', second.run)
    const thirdGoes = becomes(lab, 'running', third.run)
    await lab.training.stop(first.run)
    await goes
    await thirdGoes
    expect((await lab.runs.show(second.run)).status).toBe('finished')
    expect(await lab.training.settled(third.run)).toMatchObject({ status: 'finished' })
  })

  it('make room for the next when one is paused, and queue when it goes on', async () => {
    const { lab } = await openTestLab({ shell: 'app' })
    const first = await lab.training.start(request(ENDLESS))
    const second = await lab.training.start(request(ENDLESS))
    const goes = becomes(lab, 'running', second.run)
    await lab.training.pause(first.run)
    await goes
    expect(await lab.training.resume(first.run)).toMatchObject({ status: 'queued' })
    await lab.training.stop(first.run)
    await lab.training.stop(second.run)
    expect((await lab.runs.list()).map(({ status }) => status)).toEqual(['stopped', 'stopped'])
  })

  it('are all saved when the lab is closed, whether their turn had come or not', async () => {
    const { lab, directory } = await openTestLab({ shell: 'app' })
    for (let i = 0; i < 3; i++) await lab.training.start(request(ENDLESS))
    await lab.close()
    const again = await openTestLab({ directory })
    expect((await again.lab.runs.list()).map(({ status, pid }) => [status, pid])).toEqual(
      Array(3).fill(['paused', null]),
    )
  })

  it('wait for nobody on the command line', async () => {
    const { lab } = await openTestLab({ shell: 'cli' })
    const rows = [await lab.training.start(request(ENDLESS)), await lab.training.start(request(ENDLESS))]
    expect(rows.map(({ status }) => status)).toEqual(['running', 'running'])
  })

  it('of another lab on the same folder are seen, and left alone', async () => {
    const { lab, directory } = await openTestLab()
    const other = await openTestLab({ directory })
    const heard = when<true>(other.lab, (found) => ({ changedElsewhere: () => found(true) }))
    const { run } = await lab.training.start(request(ENDLESS))
    expect(await heard).toBe(true)
    expect(await other.lab.runs.list()).toMatchObject([{ run, status: 'running', here: false, pid: process.pid }])
    await expect(other.lab.training.resume(run)).rejects.toEqual(errorOf('E_RUN_BUSY', { pid: process.pid }))
    await lab.training.stop(run)
  })
})
