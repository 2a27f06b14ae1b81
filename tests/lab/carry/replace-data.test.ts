/** Contents exchanged while a process that had looked before begins a lab of its own in their place. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import type * as FileSystem from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { replaceData } from '../../../src/lab/carry/replace-data'
import { errorOf, failureOf } from '../support/errors'
import { temporaryDirectory } from '../support/temporary'

/** What happens once all of the old is aside. */
let meanwhile = (): void => undefined

vi.mock('node:fs', async (importOriginal) => {
  const real = await importOriginal<typeof FileSystem>()
  return {
    ...real,
    writeFileSync: (file: string, text: string) => {
      real.writeFileSync(file, text)
      if (file.endsWith('complete')) meanwhile()
    },
  }
})

afterEach(() => {
  meanwhile = () => undefined
})

function prepare() {
  const directory = temporaryDirectory()
  const staging = join(directory, '.staging-1-1')
  for (const [folder, text] of [
    [directory, 'old'],
    [staging, 'new'],
  ]) {
    mkdirSync(join(folder, 'models'), { recursive: true })
    writeFileSync(join(folder, 'models', 'a'), text)
  }
  const replace = (): string | null =>
    replaceData({ staging, directory, nativeBinding: null, replace: true, keepAs: 'replaced-now' })
  const models = (): string => readFileSync(join(directory, 'models', 'a'), 'utf8')
  return { directory, replace, models }
}

describe('contents that are replaced', () => {
  it('stay under the name that is asked for', () => {
    const { directory, replace, models } = prepare()
    expect(replace()).toBe('replaced-now')
    expect(models()).toBe('new')
    expect(readFileSync(join(directory, 'replaced-now', 'models', 'a'), 'utf8')).toBe('old')
    expect(readdirSync(directory).sort()).toEqual(['.staging-1-1', 'models', 'replaced-now'])
  })

  it('are put back where somebody begins a lab in their place', () => {
    const { directory, replace, models } = prepare()
    meanwhile = () => writeFileSync(join(directory, 'lab.sqlite'), 'of a stranger')
    expect(failureOf(replace)).toEqual(errorOf('E_DATA_IN_USE'))
    expect(models()).toBe('old')
    expect(readdirSync(directory).sort()).toEqual(['.staging-1-1', 'models'])
  })
})
