/** The experiment pool: the same answer from any number of threads, told on the way, stopped at once. */
import { describe, expect, it } from 'vitest'
import type { CapacitySettings } from '../../src/engine'
import { errorOf } from './support/errors'
import { openTestLab } from './support/test-lab'

const SETTINGS: CapacitySettings = {
  kind: 'capacity',
  neurons: 100,
  loads: [0.05, 0.2],
  memory: { rule: 'hebbian', bias: 'none', degree: 3, beta: 1 },
  update: 'asynchronous',
  maxSweeps: 100,
  corrupt: 0.1,
  trials: 4,
  cues: 5,
  seed: 1,
}

describe('an experiment', () => {
  it('gives the same with one thread, with three, and with more than there are trials', async () => {
    const { lab, workers } = await openTestLab()
    const one = await lab.experiments.run(SETTINGS, { workers: 1 })
    const told: [number, number][] = []
    const three = await lab.experiments.run(SETTINGS, {
      workers: 3,
      onProgress: (done, total) => void told.push([done, total]),
    })
    expect(three).toEqual(one)
    expect(await lab.experiments.run(SETTINGS, { workers: 50 })).toEqual(one)
    expect(told).toEqual(Array.from({ length: 8 }, (_, k) => [k + 1, 8]))
    expect(workers.filter(({ name }) => name === 'experiment')).toHaveLength(1 + 3 + 8)
    expect(one.map(({ patterns }) => patterns)).toEqual([5, 20])
  })

  it('ends at once when it is no longer wanted', async () => {
    const { lab, workers } = await openTestLab()
    const stop = new AbortController()
    const long = { ...SETTINGS, neurons: 2000, trials: 100_000 }
    const running = lab.experiments.run(long, { signal: stop.signal, workers: 2 })
    workers.at(-1)?.worker.once('online', () => stop.abort())
    await expect(running).rejects.toEqual(errorOf('E_CANCELLED'))
    await expect(lab.experiments.run(SETTINGS, { signal: stop.signal })).rejects.toEqual(errorOf('E_CANCELLED'))
  })

  it('tells what the engine refuses', async () => {
    const { lab } = await openTestLab()
    const storkey = { ...SETTINGS, neurons: 5000, memory: { ...SETTINGS.memory, rule: 'storkey' as const } }
    await expect(lab.experiments.run(storkey)).rejects.toEqual(
      errorOf('E_NETWORK_TOO_LARGE', { neurons: 5000, limit: 4096, rule: 'storkey' }),
    )
  })
})
