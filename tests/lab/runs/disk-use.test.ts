/** How much of the disk the lab takes: files of every depth counted, the sums looked up again only after a while. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { LabContext } from '../../../src/lab/context'
import { createDiskUse } from '../../../src/lab/runs/disk-use'
import { temporaryDirectory } from '../support/temporary'

describe('the use of the disk', () => {
  it('is the sum of all files, and of the chosen run its own at once', async () => {
    const directory = temporaryDirectory()
    const paths = { directory, models: join(directory, 'models'), corpora: join(directory, 'corpora') }
    const write = (run: string, name: string, bytes: number): void => {
      mkdirSync(join(paths.models, run), { recursive: true })
      writeFileSync(join(paths.models, run, name), Buffer.alloc(bytes))
    }
    for (let i = 0; i < 30; i++) write(`run${i}`, 'a', 10)
    let now = 0
    let inBin = ''
    const context = {
      paths,
      database: { browseRuns: async () => ({ runs: inBin }) },
      host: { clock: { now: () => now } },
    } as unknown as LabContext
    const disk = createDiskUse(context)
    expect(await disk.use('run3')).toMatchObject({ models: 300, corpora: 0, run: 10, canBeFreed: 0, database: 0 })
    write('run3', 'b', 5)
    expect(await disk.use('run3')).toMatchObject({ models: 300, run: 15 })
    disk.forget()
    expect(await disk.use('run3')).toMatchObject({ models: 305 })
    write('run3', 'c', 2)
    now = 10_000
    expect(await disk.use('run3')).toMatchObject({ models: 307 })
    write('run4', 'b', 7)
    inBin = 'run3 run4'
    expect(await disk.use(null)).toMatchObject({ models: 314, run: null, canBeFreed: 34 })
  })
})
