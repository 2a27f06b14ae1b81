/** What a person has written goes anywhere but onto the lab's own data: one word (`--force`) would end all of it. */
import { existsSync, realpathSync } from 'node:fs'
import { basename, dirname, isAbsolute, join, relative, resolve } from 'node:path'
import { LabError } from '../../shared'
import { POINTER } from '../data-pointer'
import { isOwn } from './data-contents'

/** @param directory of the data. @throws LabError E_OWN_DATA */
export function assertNotOwnData(directory: string, target: string): void {
  const way = relative(resolved(directory), resolved(target))
  if (isAbsolute(way)) return // on another disk
  const name = way.split(/[\\/]/)[0].toLowerCase() // as some file systems see it
  if (name === '' || name === POINTER || isOwn(name)) throw new LabError('E_OWN_DATA', { file: basename(target) })
}

/** With the links of as much of it as is there. */
function resolved(path: string): string {
  const whole = resolve(path)
  let there = whole
  while (!existsSync(there) && dirname(there) !== there) there = dirname(there)
  return join(realpathSync(there), relative(there, whole))
}
