/** A pointer that is written, and whose writing fails after that: what it names is the data by then. */
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, vi } from 'vitest'
import { moveData } from '../../../src/lab/carry/move-data'
import { readPointer } from '../../../src/lab/data-pointer'
import type * as Pointer from '../../../src/lab/data-pointer'
import { temporaryDirectory } from '../support/temporary'

vi.mock('../../../src/lab/data-pointer', async (importOriginal) => {
  const real = await importOriginal<typeof Pointer>()
  return {
    ...real,
    writePointer: (usual: string, pointer: Pointer.DataPointer) => {
      real.writePointer(usual, pointer)
      throw new Error('the folder cannot be synced')
    },
  }
})

it('a move that fails after its pointer leaves the data where the pointer says', async () => {
  const folder = temporaryDirectory()
  const [usual, target] = [join(folder, 'usual'), join(folder, 'target')]
  mkdirSync(join(usual, 'models', 'run'), { recursive: true })
  writeFileSync(join(usual, 'models', 'run', '0.safetensors'), 'x')
  const moved = moveData({ directory: usual, target, usual, previous: [], nativeBinding: null })
  await expect(moved).rejects.toThrow('the folder cannot be synced')
  expect(readPointer(usual)?.dataDirectory).toBe(target)
  expect(readdirSync(join(target, 'models', 'run'))).toEqual(['0.safetensors'])
})
