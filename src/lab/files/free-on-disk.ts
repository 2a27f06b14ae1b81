/** How much this user may still write on the disk of a folder. */
import { statfs } from 'node:fs/promises'

export async function freeOnDisk(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder)
  return bavail * bsize
}
