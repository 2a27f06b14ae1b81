/** The data directory exchanged or moved while the window is open: what must hold before, and what follows after. */
import {
  assertIdle,
  examineTarget,
  forgetUnpacked,
  lookAtBackup,
  moveData,
  oldDataOf,
  putInPlace,
  removeOldData,
  unpackBackup,
} from '../../lab'
import type { DataPlace, DataTask } from '../../lab'
import { LabError } from '../../shared'
import type { ChosenBackup, ChosenPlace, DataProgress, DataWhere, RestoreNews } from '../../shared'
import type { LabHolder } from './lab-holder'

export interface DataSurroundings {
  readonly holder: LabHolder
  /** Where the data lie, read anew: what a move left behind may be gone. */
  readonly place: () => DataPlace
  readonly tell: (progress: DataProgress) => void
  /** Lets the page write what waits. */
  readonly letPageWrite: () => Promise<void>
  readonly reloadPage: () => void
  /** Ends the app and starts it again. */
  readonly startAgain: () => void
}

export class DataKeeper {
  readonly #around: DataSurroundings
  #task: Pick<DataTask<unknown>, 'cancel'> | null = null
  #isBusy = false
  #restored: RestoreNews | null = null

  constructor(around: DataSurroundings) {
    this.#around = around
  }

  /** Of the last restore, once. */
  takeNews(): RestoreNews | null {
    const news = this.#restored
    this.#restored = null
    return news
  }

  cancel(): void {
    this.#task?.cancel()
  }

  /** @throws LabError E_ZIP…, E_BACKUP_…, E_DATABASE_NEWER, and those of the file */
  async look(file: string): Promise<Omit<ChosenBackup, 'token'>> {
    const { holder } = this.#around
    const { runs } = await holder.lab
    const [summary, here, binned, { free }] = await Promise.all([
      lookAtBackup(holder.host, file),
      runs.list({ filter: '', deleted: false, archived: true }),
      runs.list({ filter: '', deleted: true, archived: true }),
      runs.diskUse(null),
    ])
    return { ...summary, present: here.length + binned.length, freeBytes: free }
  }

  /** @throws LabError E_DATA_BUSY, E_DATA_IN_USE, E_CANCELLED, and those of unpacking */
  restore(file: string): Promise<void> {
    return this.#alone(async () => {
      const { holder, letPageWrite, reloadPage, tell } = this.#around
      const lab = await holder.lab
      await assertIdle(lab)
      const unpacked = await this.#wait(unpackBackup(holder.host, file, tell))
      try {
        await letPageWrite()
        await assertIdle(lab) // one may have begun meanwhile
        tell({ stage: 'settle', share: 1 })
        this.#restored = await holder.whileClosed(() => putInPlace(holder.host, unpacked))
      } finally {
        await forgetUnpacked(unpacked)
      }
      reloadPage()
    })
  }

  /** @throws LabError E_DATA_GIVEN, E_TARGET_INSIDE, E_TARGET_NOT_EMPTY, E_DATA_DIRECTORY, E_NO_ROOM */
  async examine(target: string): Promise<Omit<ChosenPlace, 'token'>> {
    this.#assertMovable()
    return examineTarget(this.#around.holder.host.dataDirectory, target)
  }

  /** @throws LabError E_DATA_GIVEN, E_DATA_BUSY, E_DATA_IN_USE, E_CANCELLED, and those of copying */
  move(target: string): Promise<void> {
    return this.#alone(async () => {
      this.#assertMovable()
      const { holder, place, letPageWrite, tell, startAgain } = this.#around
      await assertIdle(await holder.lab)
      await letPageWrite()
      await holder.whileClosed(() => this.#wait(moveData(holder.host, place(), target, tell)), true)
      startAgain()
    })
  }

  async where(): Promise<DataWhere> {
    const place = this.#around.place()
    const { dataDirectory } = this.#around.holder.host
    return { directory: dataDirectory, isGiven: place.by === 'given', previous: await oldDataOf(place) }
  }

  /** @param at its place in the list that `where` tells */
  async removeOld(at: number): Promise<void> {
    const place = this.#around.place()
    const old = (await oldDataOf(place))[at]
    if (!old) throw new LabError('E_INPUT', { what: 'place' })
    await removeOldData(this.#around.holder.host, place, old.name)
  }

  #assertMovable(): void {
    if (this.#around.place().by === 'given') throw new LabError('E_DATA_GIVEN')
  }

  async #wait<Value>(task: DataTask<Value>): Promise<Value> {
    this.#task = task
    try {
      return await task.done
    } finally {
      this.#task = null
    }
  }

  async #alone(work: () => Promise<void>): Promise<void> {
    if (this.#isBusy) throw new LabError('E_BUSY')
    this.#isBusy = true
    try {
      await work()
    } finally {
      this.#isBusy = false
    }
  }
}
