/** Half-written files of processes that are gone are removed, those of living ones and everything else stay. */
import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { sweepTemporary } from '../../../src/lab/files/sweep-temporary'
import { temporaryDirectory } from '../support/temporary'

it('takes what a dead process left, in folders too, and nothing else', async () => {
  const folder = temporaryDirectory()
  mkdirSync(join(folder, 'run'))
  const dead = spawnSync(process.execPath, ['-e', '']).pid
  const files = [
    `copy.${dead}-1.tmp`,
    `copy.${dead}-3-1.tmp`,
    `run/10.state.${dead}-2.tmp`,
    `copy.${process.pid}-1.tmp`,
    'run/10.state',
    'a.tmp',
  ]
  for (const file of files) writeFileSync(join(folder, file), 'x')
  expect(await sweepTemporary(folder)).toBe(3)
  expect(readdirSync(folder).sort()).toEqual(['a.tmp', `copy.${process.pid}-1.tmp`, 'run'].sort())
  expect(readdirSync(join(folder, 'run'))).toEqual(['10.state'])
})
