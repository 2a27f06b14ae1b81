/** A host on a directory of the test's own, and a small run to be carried. */
import { join } from 'node:path'
import { createNodeHost } from '../../../src/lab'
import type { Lab, LabHost } from '../../../src/lab'
import { DEFAULT_CONFIGURATION } from '../../../src/shared'
import type { RunConfiguration } from '../../../src/shared'
import { BUILT, RESOURCES, TEXT } from './test-lab'

export { TEXT }

export function hostOn(dataDirectory: string): LabHost {
  const directories = {
    workersDirectory: BUILT,
    kernelsDirectory: join(BUILT, '../kernels'),
    resourcesDirectory: RESOURCES,
  }
  const log = (): void => undefined
  return createNodeHost({ ...directories, dataDirectory, shell: 'test', version: '0.0.0', sqliteBinding: null, log })
}

export async function startSmall(lab: Lab, steps: number, changes: Partial<RunConfiguration> = {}): Promise<string> {
  const small = { hidden: 6, batch: 3, sequence: 5, steps, checkpointEvery: 0.05 }
  const configuration = { ...DEFAULT_CONFIGURATION, ...small, ...changes }
  return (await lab.training.start({ files: [TEXT], encoding: 'auto', configuration, name: '', probe: '' })).run
}
