/** Whether a repetition came to the same model: written with its last checkpoint, whoever trains it, and kept. */
import { describe, expect, it } from 'vitest'
import { newLease, newRun, openTestDatabase, progress } from '../support/database'

const checkpointAt = (step: number, digest: string) => ({
  step,
  model: `${step}.safetensors`,
  state: null,
  validationLoss: null,
  digest,
})

function openRepeat() {
  const { api, db } = openTestDatabase(() => false)
  const lease = newLease()
  api.createRun(newRun('again', { parent: 'first', repeats: { digest: 'd', step: 50 } }), 'running', lease)
  const save = (step: number, digest: string, token = lease.token) =>
    api.recordCheckpoint('again', token, checkpointAt(step, digest), progress(step))
  return { api, db, lease, save }
}

describe('a repetition', () => {
  it('has no verdict before the step of the first one’s model, and keeps it from there on', () => {
    const { api, lease, save } = openRepeat()
    expect(save(0, 'd').verdict).toBeNull()
    expect(save(40, 'x').verdict).toBeNull()
    expect(save(50, 'd').verdict).toBe('equal')
    api.setRunStatus('again', lease.token, 'finished', null)
    expect(api.showRun('again').verdict).toBe('equal')
    const longer = newLease()
    api.resumeRun('again', { step: 50, totalSteps: 60, kernel: 'scalar' }, longer)
    expect(save(60, 'y', longer.token).verdict).toBe('equal')
  })

  it('is judged by another process that brings it to its end', () => {
    const { api, save } = openRepeat()
    save(40, 'x')
    api.interruptLostRuns()
    const other = newLease()
    api.resumeRun('again', { step: 40, totalSteps: 50, kernel: 'scalar' }, other)
    expect(save(50, 'e', other.token).verdict).toBe('different')
    expect(
      api.browseRuns({
        filter: '',
        place: 'kept',
        sort: { key: 'created', descending: true },
        group: null,
        atStep: null,
      }).runs,
    ).toBe('again')
    expect(api.readBrowsedRows(['again'], null)[0].verdict).toBe('different')
  })

  it('is judged by the digest there was when it began, whatever became of the first', () => {
    const { api, save } = openRepeat()
    expect(() => api.showRun('first')).toThrow()
    expect(save(50, 'd').verdict).toBe('equal')
  })
})

describe('any other run', () => {
  it('has no verdict', () => {
    const { api } = openTestDatabase()
    const lease = newLease()
    api.createRun(newRun('fork', { parent: 'first' }), 'running', lease)
    const row = api.recordCheckpoint('fork', lease.token, checkpointAt(50, 'd'), progress(50))
    expect(row.verdict).toBeNull()
  })
})
