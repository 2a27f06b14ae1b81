/** The app's lab closed for an exchange of its data, and opened again whatever came of it. */
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { Lab } from '../../src/lab'
import { dataPlaceOf } from '../../src/lab/data-directory'
import { DataKeeper } from '../../src/main/life/data-keeper'
import { LabHolder } from '../../src/main/life/lab-holder'
import type { DataProgress } from '../../src/shared'
import { hostOn, startSmall } from '../lab/support/carried'
import { errorOf } from '../lab/support/errors'
import { temporaryDirectory } from '../lab/support/temporary'

/** A keeper as the shell makes one, on the usual folder of a home of the test's own; `did` is what was asked of the shell. */
async function opened(given: string | null = null) {
  const folder = temporaryDirectory()
  const place = () =>
    dataPlaceOf({ option: given, env: { XDG_CONFIG_HOME: folder }, platform: 'linux', home: '/home/ann' })
  const did: string[] = []
  const told: DataProgress[] = []
  const holder = new LabHolder(hostOn(place().directory), {
    adopt: () => void did.push('adopt'),
    release: () => void did.push('release'),
    fail: (error) => void did.push(`fail ${String(error)}`),
  })
  const keeper: DataKeeper = new DataKeeper({
    holder,
    place,
    tell: (progress) => void told.push(progress),
    letPageWrite: async () => void did.push('written'),
    reloadPage: () => void did.push('reload'),
    startAgain: () => void did.push('start again'),
  })
  const first = await holder.lab
  onTestFinished(async () => {
    await holder.settled()
    await holder.opened?.close()
  })
  return { folder, place, did, told, holder, keeper, first, directory: place().directory }
}

async function withRunAndBackup() {
  const app = await opened()
  const { first: lab, folder } = app
  const run = await startSmall(lab, 20)
  await lab.training.settled(run)
  const file = join(folder, 'b.zip')
  await lab.carry.backUp(file, false)
  await lab.training.settled(await startSmall(lab, 20, { seed: 2 }))
  app.did.length = 0
  return { ...app, run, file }
}

describe('a restore in the app', () => {
  it('writes, closes, exchanges, opens and loads the page again, and tells what came of it once', async () => {
    const { keeper, holder, did, file, run, first, told, directory } = await withRunAndBackup()
    expect(await keeper.look(file)).toMatchObject({ name: 'b.zip', runs: 1, present: 2 })
    const restored = keeper.restore(file)
    await expect(keeper.restore(file)).rejects.toEqual(errorOf('E_BUSY'))
    await restored
    expect(did).toEqual(['written', 'release', 'adopt', 'reload'])
    const lab = await holder.lab
    expect(lab).not.toBe(first)
    expect((await lab.runs.list()).map((row) => row.run)).toEqual([run])
    expect(told.map(({ stage }) => stage)).toEqual(expect.arrayContaining(['unpack', 'check', 'settle']))
    const news = keeper.takeNews()
    expect(news).toMatchObject({ runs: 1 })
    expect(readdirSync(directory)).toContain(news?.keptAs)
    expect(keeper.takeNews()).toBeNull()
  })

  it('while a run goes on is refused before anything is closed', async () => {
    const { keeper, did, file, first } = await withRunAndBackup()
    const going = await startSmall(first, 10_000_000)
    await expect(keeper.restore(file)).rejects.toEqual(errorOf('E_DATA_BUSY'))
    expect(did).toEqual([])
    await first.training.stop(going)
    await first.training.settled(going)
  })

  it('with another process on the data opens the old again', async () => {
    const { keeper, holder, did, file, directory } = await withRunAndBackup()
    const other = new LabHolder(hostOn(directory), {
      adopt: () => undefined,
      release: () => undefined,
      fail: () => undefined,
    })
    await other.lab
    await expect(keeper.restore(file)).rejects.toEqual(errorOf('E_DATA_IN_USE'))
    expect(did).toEqual(['written', 'release', 'adopt'])
    expect(await (await holder.lab).runs.list()).toHaveLength(2)
    expect(keeper.takeNews()).toBeNull()
    expect(readdirSync(directory).filter((name) => /^[.]|^replaced/.test(name))).toEqual([])
    await other.opened?.close()
  })

  it('of a file that is none changes nothing', async () => {
    const { keeper, did, folder } = await withRunAndBackup()
    const file = join(folder, 'story.txt')
    writeFileSync(file, 'once upon a time')
    await expect(keeper.look(file)).rejects.toEqual(errorOf('E_ZIP'))
    await expect(keeper.restore(file)).rejects.toEqual(errorOf('E_ZIP'))
    expect(did).toEqual([])
  })
})

describe('a move in the app', () => {
  it('stays closed and starts again on the new folder', async () => {
    const { keeper, holder, did, place, folder, directory } = await withRunAndBackup()
    const target = join(folder, 'new')
    const { directory: found } = await keeper.examine(target)
    await keeper.move(found)
    expect(did).toEqual(['written', 'release', 'start again'])
    expect(holder.opened).toBeNull()
    expect(place()).toMatchObject({ directory: target, by: 'moved', previous: [directory] })
    const [old] = (await keeper.where()).previous
    expect(old.name).toBe(directory)
    await keeper.removeOld(0)
    expect((await keeper.where()).previous).toEqual([])
    await expect(keeper.removeOld(0)).rejects.toEqual(errorOf('E_INPUT'))
  })

  it('that fails opens the old again', async () => {
    const { keeper, holder, did, place, folder, directory } = await withRunAndBackup()
    const target = join(folder, 'new')
    mkdirSync(target)
    writeFileSync(join(target, 'mine'), 'x')
    await expect(keeper.move(target)).rejects.toEqual(errorOf('E_TARGET_NOT_EMPTY'))
    expect(did).toEqual(['written', 'release', 'adopt'])
    expect(await (await holder.lab).runs.list()).toHaveLength(2)
    expect(place()).toMatchObject({ directory, by: 'usual' })
  })

  it('is refused where the folder was named at the start', async () => {
    const { keeper, did } = await opened(temporaryDirectory())
    await expect(keeper.examine(temporaryDirectory())).rejects.toEqual(errorOf('E_DATA_GIVEN'))
    await expect(keeper.move(temporaryDirectory())).rejects.toEqual(errorOf('E_DATA_GIVEN'))
    expect(await keeper.where()).toMatchObject({ isGiven: true, previous: [] })
    expect(did).toEqual(['adopt'])
  })
})

describe('a holder of the lab', () => {
  it('lets whoever asks meanwhile wait for the next', async () => {
    const labs: string[] = []
    const open = async (): Promise<Lab> => {
      labs.push(`lab ${labs.length + 1}`)
      return { name: labs.at(-1), close: async () => void labs.push('closed') } as unknown as Lab
    }
    const quiet = { adopt: () => undefined, release: () => undefined, fail: () => undefined }
    const holder = new LabHolder(hostOn('/nowhere'), quiet, open)
    const first = await holder.lab
    let asked: Promise<Lab> = Promise.reject(new Error('nobody asked'))
    asked.catch(() => undefined)
    const value = await holder.whileClosed(async () => {
      asked = holder.lab
      expect(holder.opened).toBeNull()
      return 5
    })
    expect(value).toBe(5)
    expect(await asked).toBe(holder.opened)
    expect(await asked).not.toBe(first)
    expect(labs).toEqual(['lab 1', 'closed', 'lab 3'])
  })
})
