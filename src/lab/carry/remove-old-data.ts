/** The lab's own removed from a folder that the data have left for another. What isn't the lab's stays. */
import { readdirSync, rmdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { readPointer, writePointer } from '../data-pointer'
import type { RemoveRequest } from './carry-api'
import { isOwn } from './data-contents'
import { claimData } from './replace-data'

/** @throws LabError E_DATA_IN_USE where somebody works on them even so, by naming their folder */
export function removeOldData({ directory, usual, nativeBinding }: RemoveRequest): void {
  const pointer = readPointer(usual)
  if (pointer === null || pointer.dataDirectory === directory) return
  claimData(directory, nativeBinding, true)()
  for (const name of readdirSync(directory).filter(isOwn))
    rmSync(join(directory, name), { recursive: true, force: true })
  try {
    if (directory !== usual) rmdirSync(directory)
  } catch {
    // It holds something of a person's own.
  }
  writePointer(usual, { ...pointer, previous: pointer.previous.filter((other) => other !== directory) })
}
