/** Several runs changed at once: what was done is told whatever became of the rest, so that it can be undone. */
import { describe, expect, it } from 'vitest'
import { runHandlers } from '../../src/main/ipc/run-handlers'
import type { Lab } from '../../src/lab'
import { LabError } from '../../src/shared'
import type { RunId, RunRow } from '../../src/shared'

function handlersWith(change: (run: RunId) => void) {
  const work = async (run: RunId): Promise<RunRow> => {
    change(run)
    return { run } as RunRow
  }
  const lab = { runs: { delete: work, restore: work } } as unknown as Lab
  return runHandlers({ lab: Promise.resolve(lab) })
}

const isState = (run: RunId, status: string, action: string) => new LabError('E_RUN_STATE', { run, status, action })

describe('several runs', () => {
  it('are deleted though one is trained, one lies in the bin already and one is gone for good', async () => {
    const { delete: remove } = handlersWith((run) => {
      if (run === 'live') throw isState(run, 'running', 'be deleted')
      if (run === 'binned') throw new LabError('E_RUN_DELETED', { run })
      if (run === 'gone') throw new LabError('E_RUN_UNKNOWN', { run })
    })
    expect(await remove({ runs: ['a', 'live', 'binned', 'gone', 'b', 'a'] })).toEqual({
      done: ['a', 'b'],
      refused: { run: 'live', status: 'running' },
      failed: expect.objectContaining({ code: 'E_RUN_UNKNOWN', details: { run: 'gone' } }),
    })
  })

  it('come back though one is back already', async () => {
    const { restore } = handlersWith((run) => {
      if (run === 'back') throw isState(run, 'not in the bin', 'be restored')
    })
    expect(await restore({ runs: ['back', 'a'] })).toEqual({ done: ['a'], refused: null, failed: null })
  })

  it('are left alone after a disk that is full, and those before are told', async () => {
    const asked: RunId[] = []
    const { delete: remove } = handlersWith((run) => {
      asked.push(run)
      if (run === 'b') throw new LabError('E_DISK_FULL', { directory: 'data' })
    })
    expect(await remove({ runs: ['a', 'b', 'c'] })).toEqual({
      done: ['a'],
      refused: null,
      failed: expect.objectContaining({ code: 'E_DISK_FULL' }),
    })
    expect(asked).toEqual(['a', 'b'])
  })
})
