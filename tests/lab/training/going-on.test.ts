/** Runs that go on: after a pause, a closed lab, a crash or a damaged checkpoint, on another kernel, with their text gone. */
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { errorOf } from '../support/errors'
import { becomes, ENDLESS, firstPoints, LONG, losses, request, runToEnd } from '../support/small-runs'
import { temporaryDirectory } from '../support/temporary'
import { openTestLab } from '../support/test-lab'
import type { TestLab } from '../support/test-lab'

describe('going on', () => {
  it('in another lab gives the bits of a run that was never interrupted', async () => {
    const whole = await openTestLab()
    const expected = await runToEnd(whole.lab, LONG)
    const first = await openTestLab()
    const { run } = await first.lab.training.start(request(LONG))
    await firstPoints(first.lab)
    await first.lab.training.pause(run)
    expect((await first.lab.runs.show(run)).status).toBe('paused')
    await first.lab.close()
    const second = await openTestLab({ directory: first.directory })
    expect(await second.lab.runs.list()).toMatchObject([{ run, status: 'paused', pid: null }])
    await second.lab.training.resume(run)
    const row = await second.lab.training.settled(run)
    expect(row).toMatchObject({ status: 'finished', digest: expected.digest, validationLoss: expected.validationLoss })
    expect(await losses(second.lab, run)).toEqual(await losses(whole.lab, expected.run))
  })

  it('after the lab was closed in the middle', async () => {
    const first = await openTestLab({ shell: 'app' })
    const { run } = await first.lab.training.start(request(ENDLESS))
    await firstPoints(first.lab)
    await first.lab.close()
    const { lab } = await openTestLab({ directory: first.directory })
    const [row] = await lab.runs.list()
    expect(row).toMatchObject({ run, status: 'paused', reason: 'person', pid: null })
    expect(row.steps).toBeGreaterThan(0)
    expect(row.modelStep).toBe(row.steps)
    await lab.training.resume(run, { configuration: { steps: row.steps + 5 } })
    expect(await lab.training.settled(run)).toMatchObject({ status: 'finished', steps: row.steps + 5 })
    const steps = (await lab.runs.points(run)).map(({ step }) => step)
    expect(new Set(steps).size).toBe(steps.length)
    expect(steps.at(-1)).toBe(row.steps + 5)
  })

  it('to more steps is what a longer run would have been', async () => {
    const { lab } = await openTestLab()
    const longer = await runToEnd(lab, { steps: 150 })
    const { run } = await runToEnd(lab, { steps: 120 })
    await lab.training.resume(run, { configuration: { steps: 150 } })
    expect(await lab.training.settled(run)).toMatchObject({ steps: 150, digest: longer.digest })
  })

  it('from a run whose worker died', async () => {
    const { lab, workers, log } = await openTestLab()
    const { run } = await lab.training.start(request({ ...ENDLESS, checkpointEvery: 0.05 }))
    await firstPoints(lab)
    const crashed = becomes(lab, 'crashed')
    await workers.find(({ name }) => name === 'training')?.worker.terminate()
    expect(await crashed).toMatchObject({ run, reason: expect.stringContaining('training') as string, pid: null })
    expect(await lab.training.settled(run)).toMatchObject({ status: 'crashed' })
    expect(log.join()).not.toMatch(/unhandled/i)
    const { modelStep } = await lab.runs.show(run)
    await lab.training.resume(run, { configuration: { steps: (modelStep ?? 0) + 3 } })
    expect(await lab.training.settled(run)).toMatchObject({ status: 'finished', steps: (modelStep ?? 0) + 3 })
  })

  it('passes over a checkpoint that is damaged, and keeps it for whoever asks why', async () => {
    const { lab, directory, log } = await openTestLab()
    const { run, digest } = await runToEnd(lab)
    const folder = join(directory, 'models', run)
    const state = join(folder, '120.state')
    const bytes = readFileSync(state)
    bytes[bytes.length - 40] ^= 1
    writeFileSync(state, bytes)
    await lab.training.resume(run, { configuration: { steps: 120 } })
    expect(await lab.training.settled(run)).toMatchObject({ status: 'finished', steps: 120, digest })
    expect(readFileSync(`${state}.damaged`).equals(bytes)).toBe(true)
    expect(log.join()).toMatch(/step 120 is damaged/)
  })

  it.each(['scalar', 'simd'] as const)('where it began with %s, on the other, to the same bits', async (began) => {
    const none = temporaryDirectory() // no kernel compiles there
    const [here, there] = began === 'scalar' ? [none, undefined] : [undefined, none]
    const whole = await openTestLab()
    const expected = await runToEnd(whole.lab, { steps: 150, kernel: 'simd' })
    const first = await openTestLab({ kernels: here })
    const { run } = await runToEnd(first.lab, { kernel: began === 'scalar' ? 'auto' : began })
    expect(await first.lab.runs.show(run)).toMatchObject({ kernel: began })
    await first.lab.close()
    const second = await openTestLab({ directory: first.directory, kernels: there })
    await second.lab.training.resume(run, { configuration: { steps: 150 } })
    const row = await second.lab.training.settled(run)
    const { digest, validationLoss } = expected
    expect(row).toMatchObject({ kernel: began === 'scalar' ? 'simd' : 'scalar', steps: 150, digest, validationLoss })
  })

  it('with another rounding than it began with is refused', async () => {
    const first = await openTestLab()
    const { run, kernel } = await runToEnd(first.lab, { kernel: 'relaxed-simd' })
    await first.lab.close()
    const { lab } = await openTestLab({ directory: first.directory, kernels: temporaryDirectory() })
    const more = lab.training.resume(run, { configuration: { steps: 150 } })
    await expect(more).rejects.toEqual(errorOf('E_NOT_AVAILABLE'))
    expect(await lab.runs.show(run)).toMatchObject({ status: 'finished', kernel })
  })

  it('from nothing at all is refused', async () => {
    const { lab, directory } = await openTestLab()
    const { run } = await runToEnd(lab)
    const folder = join(directory, 'models', run)
    for (const name of readdirSync(folder)) writeFileSync(join(folder, name), 'x')
    await expect(lab.training.resume(run, { configuration: { steps: 200 } })).rejects.toEqual(errorOf('E_RUN_NO_MODEL'))
    expect((await lab.runs.show(run)).status).toBe('finished')
  })
})

describe('the text of a run', () => {
  async function stopped(): Promise<{ opened: TestLab; run: string; copy: string; sha256: string }> {
    const opened = await openTestLab()
    const { run } = await runToEnd(opened.lab)
    const { sha256 } = (await opened.lab.runs.show(run)).corpora[0]
    return { opened, run, sha256, copy: join(opened.directory, 'corpora', sha256) }
  }
  const more = { configuration: { steps: 140 } }

  it('that was changed in the lab’s own copy is told, with both sums', async () => {
    const { opened, run, copy, sha256 } = await stopped()
    writeFileSync(copy, `${readFileSync(copy, 'utf8')}!`)
    await expect(opened.lab.training.resume(run, more)).rejects.toEqual(
      errorOf('E_CORPUS_CHANGED', { expected: sha256 }),
    )
    expect((await opened.lab.runs.show(run)).status).toBe('finished')
  })

  it('that is gone is told too', async () => {
    const { opened, run, copy } = await stopped()
    rmSync(copy)
    await expect(opened.lab.training.resume(run, more)).rejects.toEqual(
      errorOf('E_CORPUS_GONE', { run, name: 'rhymes.en.txt' }),
    )
    expect((await opened.lab.runs.show(run)).status).toBe('finished')
  })
})
