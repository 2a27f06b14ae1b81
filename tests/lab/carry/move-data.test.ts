/** The data directory moved: copied, compared, named as the one in use; whatever fails, it is where it was. */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { examineTarget, moveData, oldDataOf, removeOldData } from '../../../src/lab'
import type { DataPlace, Lab } from '../../../src/lab'
import type { MoveRequest } from '../../../src/lab/carry/carry-api'
import { listMoved } from '../../../src/lab/carry/data-contents'
import { moveData as moveHere } from '../../../src/lab/carry/move-data'
import { dataPlaceOf } from '../../../src/lab/data-directory'
import { POINTER } from '../../../src/lab/data-pointer'
import type { DataProgress } from '../../../src/shared'
import { CLI } from '../../cli/support/command-line'
import { hostOn, startSmall } from '../support/carried'
import { errorOf } from '../support/errors'
import { temporaryDirectory } from '../support/temporary'
import { openTestLab } from '../support/test-lab'

const nothing = (): void => undefined
const find = (folder: string): DataPlace =>
  dataPlaceOf({ option: null, env: { XDG_CONFIG_HOME: folder }, platform: 'linux', home: '/home/ann' })

/** A closed lab with two runs in the usual folder, and a place to move to. */
async function settled() {
  const folder = temporaryDirectory()
  const usual = join(folder, 'Engram Lab')
  const { lab } = await openTestLab({ directory: usual })
  for (const seed of [1, 2]) await lab.training.settled(await startSmall(lab, 20, { seed }))
  mkdirSync(join(usual, 'electron'))
  writeFileSync(join(usual, 'electron', 'window.json'), '{"width":1}')
  writeFileSync(join(usual, 'electron', 'Cookies'), 'of the browser')
  const digests = await digestsOf(lab)
  await lab.close()
  return { folder, usual, host: hostOn(usual), target: join(folder, 'disk', 'data'), digests }
}

async function digestsOf(lab: Lab): Promise<unknown> {
  const rows = await lab.runs.list()
  return Promise.all(rows.map(async ({ run, digest }) => ({ run, digest, points: await lab.runs.points(run) })))
}

/** Every byte of the lab's own, by its name. */
function contentsOf(directory: string): Record<string, string> {
  const names = readdirSync(directory, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  return Object.fromEntries(
    names.map((entry) => {
      const path = join(entry.parentPath, entry.name)
      return [path.slice(directory.length + 1), readFileSync(path, 'latin1')]
    }),
  )
}

describe('a move', () => {
  it('takes everything along, and the old stay until a person removes them', async () => {
    const { folder, usual, host, target, digests } = await settled()
    const told: DataProgress[] = []
    const before = contentsOf(usual)
    const { directory, neededBytes } = await examineTarget(usual, target)
    expect(directory).toBe(target)
    await moveData(host, find(folder), target, (progress) => void told.push(progress)).done
    expect([...new Set(told.map(({ stage }) => stage))]).toEqual(['copy', 'check', 'settle'])
    expect(find(folder)).toEqual({ directory: target, by: 'moved', usual, previous: [usual] })
    expect(readdirSync(target).sort()).toEqual(['corpora', 'electron', 'lab.sqlite', 'models'])
    expect(readdirSync(join(target, 'electron'))).toEqual(['window.json'])
    const moved = (await listMoved(target)).reduce((sum, { bytes }) => sum + bytes, 0)
    expect(moved).toBe(neededBytes)
    const { [POINTER]: pointer, ...old } = contentsOf(usual)
    expect(pointer).toContain(target)
    expect({ ...old, 'lab.sqlite': '' }).toEqual({ ...before, 'lab.sqlite': '' })
    const opened = await openTestLab({ directory: target })
    expect(await opened.lab.doctor(true)).toMatchObject({ database: 'ok', orphans: [] })
    expect(await digestsOf(opened.lab)).toEqual(digests)

    const [left] = await oldDataOf(find(folder))
    expect(left.name).toBe(usual)
    expect(left.bytes).toBeGreaterThan(neededBytes)
    writeFileSync(join(usual, 'mine.txt'), 'a person’s own')
    await removeOldData(hostOn(target), find(folder), usual)
    expect(readdirSync(usual).sort()).toEqual([POINTER, 'mine.txt'])
    expect(find(folder)).toMatchObject({ directory: target, previous: [] })
    await expect(removeOldData(hostOn(target), find(folder), target)).rejects.toEqual(errorOf('E_INPUT'))
  })

  it('goes back to the usual folder once that is empty', async () => {
    const { folder, usual, host, target, digests } = await settled()
    await moveData(host, find(folder), target, nothing).done
    await expect(examineTarget(target, usual)).rejects.toEqual(errorOf('E_TARGET_NOT_EMPTY'))
    await removeOldData(hostOn(target), find(folder), usual)
    await moveData(hostOn(target), find(folder), usual, nothing).done
    expect(find(folder)).toEqual({ directory: usual, by: 'moved', usual, previous: [target] })
    expect(await digestsOf((await openTestLab({ directory: usual })).lab)).toEqual(digests)
    await removeOldData(hostOn(usual), find(folder), target)
    expect(existsSync(target)).toBe(false)
  })

  it.each(['copy', 'check'] as const)('that is cancelled at its %s changes nothing', async (stage) => {
    const { folder, usual, host, target } = await settled()
    const before = contentsOf(usual)
    const task = moveData(host, find(folder), target, (progress) => {
      if (progress.stage === stage) task.cancel()
    })
    // The copy of so little may be quicker than the word; then it is whole.
    const outcome = await task.done.then(
      () => 'moved',
      (error: unknown) => error,
    )
    if (outcome === 'moved') return expect(find(folder).directory).toBe(target)
    expect(outcome).toEqual(errorOf('E_CANCELLED'))
    expect(existsSync(target)).toBe(false)
    expect({ ...contentsOf(usual), 'lab.sqlite': '' }).toEqual({ ...before, 'lab.sqlite': '' })
    expect(find(folder)).toMatchObject({ directory: usual, by: 'usual' })
  })

  const request = (usual: string, target: string): MoveRequest => ({
    directory: usual,
    target,
    usual,
    previous: [],
    nativeBinding: null,
  })

  it.each(['copy', 'check'])('ended within its %s leaves no trace', async (stage) => {
    const { folder, usual, target } = await settled()
    const ending = new AbortController()
    const onProgress = (progress: DataProgress): void => {
      if (progress.stage === stage && progress.share > 0.5) ending.abort()
    }
    await expect(moveHere(request(usual, target), { signal: ending.signal, onProgress })).rejects.toThrow()
    expect(ending.signal.aborted).toBe(true)
    expect(existsSync(target)).toBe(false)
    expect(find(folder)).toMatchObject({ directory: usual, by: 'usual' })
  })

  it('lets nobody write until it is done, not even after the database has been read', async () => {
    const { usual, target } = await settled()
    let refusal = ''
    const onProgress = ({ stage, share }: DataProgress): void => {
      if (stage !== 'settle' || refusal !== '' || share < 1) return
      try {
        execFileSync(process.execPath, [CLI, 'runs', 'list', '--data-dir', usual], { stdio: 'pipe' })
        refusal = 'it could'
      } catch (error) {
        refusal = String((error as { stderr: Buffer }).stderr)
      }
    }
    await moveHere(request(usual, target), { onProgress })
    expect(refusal).toMatch(/^error: The database is in use by another program/)
  })

  it('of a damaged database is refused', async () => {
    const { folder, usual, host, target } = await settled()
    const bytes = readFileSync(join(usual, 'lab.sqlite'))
    writeFileSync(join(usual, 'lab.sqlite'), bytes.fill(0x5a, 4096 * 4, 4096 * 7))
    await expect(moveData(host, find(folder), target, nothing).done).rejects.toEqual(errorOf('E_DATABASE_CORRUPT'))
    expect(existsSync(target)).toBe(false)
    expect(find(folder).directory).toBe(usual)
  })

  it('while somebody has the data open is refused', async () => {
    const { folder, usual, host, target } = await settled()
    await openTestLab({ directory: usual })
    await expect(moveData(host, find(folder), target, nothing).done).rejects.toEqual(errorOf('E_DATA_IN_USE'))
    expect(existsSync(target)).toBe(false)
    expect(find(folder).directory).toBe(usual)
  })
})

describe('a folder to move to', () => {
  it('lies beside the data, is empty, can be written and has room', async () => {
    const { folder, usual } = await settled()
    const full = join(folder, 'full')
    mkdirSync(full)
    writeFileSync(join(full, 'x'), 'x')
    symlinkSync(usual, join(folder, 'link'))
    await expect(examineTarget(usual, usual)).rejects.toEqual(errorOf('E_TARGET_INSIDE'))
    await expect(examineTarget(usual, join(usual, 'models'))).rejects.toEqual(errorOf('E_TARGET_INSIDE'))
    await expect(examineTarget(usual, join(usual, 'new', 'one'))).rejects.toEqual(errorOf('E_TARGET_INSIDE'))
    await expect(examineTarget(usual, join(folder, 'link', 'new'))).rejects.toEqual(errorOf('E_TARGET_INSIDE'))
    await expect(examineTarget(usual, folder)).rejects.toEqual(errorOf('E_TARGET_INSIDE'))
    await expect(examineTarget(usual, full)).rejects.toEqual(errorOf('E_TARGET_NOT_EMPTY', { folder: 'full' }))
    await expect(examineTarget(usual, join(full, 'x'))).rejects.toEqual(errorOf('E_DATA_DIRECTORY'))
    await expect(examineTarget(usual, '/proc/engram')).rejects.toEqual(errorOf('E_DATA_DIRECTORY'))
    const free = async () => 1000
    await expect(examineTarget(usual, join(folder, 'new'), free)).rejects.toEqual(errorOf('E_NO_ROOM'))
    const fit = await examineTarget(usual, join(folder, 'Engram Lab 2'))
    expect(fit.freeBytes).toBeGreaterThan(fit.neededBytes)
    expect(existsSync(join(folder, 'Engram Lab 2'))).toBe(false)
  })
})
