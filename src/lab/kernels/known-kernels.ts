/**
 * What this process has found out about its machine: the kernel that a wish comes to is the same in every lab that is
 * opened here, so it is checked and timed once, in whichever lab needs it first.
 */
import type { Kernel } from '../../shared'
import type { KernelWish } from './choose-kernel'

const known = new Map<string, Promise<Kernel>>()

/**
 * @param directory of the compiled kernels
 * @param find checks and times them, away from this thread; asked again after it failed
 */
export function knownKernel(directory: string, wish: KernelWish, find: () => Promise<Kernel>): Promise<Kernel> {
  if (wish === 'scalar') return Promise.resolve(wish)
  const key = `${wish} ${directory}`
  const found = known.get(key)
  if (found !== undefined) return found
  const finding = find()
  known.set(key, finding)
  finding.catch(() => known.delete(key))
  return finding
}
